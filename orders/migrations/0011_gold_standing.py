"""What may be ordered of gold stands beside what may be ordered of shares: it is an account of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0010_keep_accounts_with_limits"),
    ]

    operations = [
        migrations.AddField(
            model_name="accountstanding",
            name="gold",
            field=models.JSONField(default=dict),
        ),
    ]
