import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def person(related_name):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name=related_name, to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    """What the TR explorer remembers: stars and last questions of people, last successes of accounts."""

    dependencies = [
        ("access", "0001_initial"),
        ("market", "0002_stream_lease_account_event"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="FavouriteTR",
            fields=[
                ("id", ID.clone()),
                ("tr", models.CharField(max_length=10)),
                ("user", person("favourite_trs")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "tr"), name="one_star_per_tr")],
            },
        ),
        migrations.CreateModel(
            name="LastQuestion",
            fields=[
                ("id", ID.clone()),
                ("tr", models.CharField(max_length=10)),
                ("body", models.JSONField()),
                ("at", models.DateTimeField(auto_now=True)),
                ("user", person("last_questions")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "tr"), name="one_last_question_per_tr")
                ],
            },
        ),
        migrations.CreateModel(
            name="Answered",
            fields=[
                ("id", ID.clone()),
                ("tr", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answered",
                        to="access.account",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account", "tr"), name="one_success_per_tr")
                ],
            },
        ),
    ]
