from django.db import migrations, models


class Migration(migrations.Migration):
    """Instruments, calendar corrections and last good answers."""

    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="CalendarOverride",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("closed", "휴장"), ("late", "10시 개장"), ("open", "정상 개장")], max_length=10
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=120)),
            ],
            options={"ordering": ("day",)},
        ),
        migrations.CreateModel(
            name="Instrument",
            fields=[
                ("symbol", models.CharField(max_length=12, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("name_en", models.CharField(blank=True, max_length=120)),
                ("initials", models.CharField(blank=True, db_index=True, max_length=80)),
                ("market", models.CharField(blank=True, max_length=20)),
                ("sector", models.CharField(blank=True, max_length=60)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("state", models.CharField(blank=True, max_length=60)),
                ("listed", models.DateField(null=True)),
                ("shares", models.BigIntegerField(null=True)),
                ("updated", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ("name",),
                "indexes": [models.Index(fields=["name"], name="instrument_name")],
            },
        ),
        migrations.CreateModel(
            name="Kept",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("environment", models.CharField(max_length=12)),
                ("what", models.CharField(max_length=80)),
                ("body", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("environment", "what"), name="one_answer_kept")
                ],
            },
        ),
    ]
