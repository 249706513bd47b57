"""A halt may be for one member or one symbol; each lane knows which of those it has taken back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0008_parts"),
        ("orders", "0011_gold_standing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="halt",
            name="member",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="halted_by",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="halt",
            name="symbol",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="lane",
            name="cleared_narrow",
            field=models.JSONField(default=list),
        ),
        migrations.AddConstraint(
            model_name="halt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("member__isnull", True), ("symbol", "")), ("level", "halted"), _connector="OR"
                ),
                name="halt_narrow_stops_all",
            ),
        ),
    ]
