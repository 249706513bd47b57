"""Plans of several accounts that go as one mail, and tables as CSV."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0022_working_together")]

    operations = [
        migrations.AddField("reportplan", "with_csv", models.BooleanField(default=False)),
        migrations.AddField(
            "reportplan", "together", models.CharField(blank=True, db_index=True, default="", max_length=10)
        ),
    ]
