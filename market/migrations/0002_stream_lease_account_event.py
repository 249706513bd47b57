import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who holds an account's broker socket, and the numbered events its pages hear."""

    dependencies = [
        ("access", "0001_initial"),
        ("market", "0001_instruments_calendar_kept"),
    ]
    operations = [
        migrations.CreateModel(
            name="StreamLease",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="stream_lease",
                        serialize=False,
                        to="access.account",
                    ),
                ),
                ("holder", models.CharField(blank=True, max_length=60)),
                ("fence", models.BigIntegerField(default=0)),
                ("expires", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="AccountEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("body", models.JSONField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="live_events",
                        to="access.account",
                    ),
                ),
            ],
            options={
                "ordering": ("seq",),
                "indexes": [models.Index(fields=["at"], name="account_event_at")],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "seq"), name="one_event_per_number")
                ],
            },
        ),
    ]
