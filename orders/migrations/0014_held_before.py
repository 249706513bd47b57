"""What was held before an order left is kept with it: to be weighed against the lists should its answer be lost."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0013_what_a_change_was_sent_for"),
    ]

    operations = [
        migrations.AddField(
            model_name="command",
            name="held",
            field=models.BigIntegerField(null=True),
        ),
    ]
