"""Members may be without single parts of what their role gives, account by account."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0007_cautions_and_addresses")]

    operations = [
        migrations.AddField(
            model_name="grant",
            name="without",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
    ]
