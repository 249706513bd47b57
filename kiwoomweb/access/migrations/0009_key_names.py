"""The name of each key pair, for processes that cannot open it. Rows get theirs when they are sealed anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0008_parts")]

    operations = [
        migrations.AddField(
            model_name="credential",
            name="key_name",
            field=models.CharField(blank=True, default="", max_length=16),
        ),
    ]
