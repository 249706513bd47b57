"""Teams get a public name; roles a mentor and an approver; members a role of their own for each account."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from kiwoomweb.access import codes

ROLES = [(10, "조회"), (15, "멘토"), (20, "매매"), (25, "승인"), (30, "관리"), (40, "소유")]
KNOWN = [role for role, _label in ROLES]


def name_the_teams(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each team that is there a code of its own."""
    teams = apps.get_model("access.Team")
    for team in teams.objects.all():
        team.code = codes.new_code()
        team.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [("access", "0003_proofs")]

    operations = [
        migrations.AddField("team", "code", models.CharField(editable=False, max_length=10, null=True)),
        migrations.RunPython(name_the_teams, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "team",
            "code",
            models.CharField(default=codes.new_code, editable=False, max_length=10, unique=True),
        ),
        migrations.AddField("membership", "masked", models.BooleanField(default=False)),
        migrations.AddField("membership", "only_granted", models.BooleanField(default=False)),
        migrations.AddField("membership", "until", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField("membership", "role", models.PositiveSmallIntegerField(choices=ROLES)),
        migrations.RemoveConstraint("membership", "membership_role_known"),
        migrations.AddConstraint(
            "membership",
            models.CheckConstraint(condition=models.Q(role__in=KNOWN), name="membership_role_known"),
        ),
        migrations.AddConstraint(
            "membership",
            models.CheckConstraint(
                condition=models.Q(("role", 40), _negated=True)
                | models.Q(("masked", False), ("only_granted", False), ("until__isnull", True)),
                name="an_owner_sees_everything",
            ),
        ),
        migrations.CreateModel(
            "Grant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("masked", models.BooleanField(default=False)),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="access.account",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="access.membership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("membership", "account"), name="one_grant_per_member_and_account"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(role__isnull=True) | models.Q(role__in=(0, *KNOWN[:-1])),
                        name="grant_role_known",
                    ),
                ]
            },
        ),
    ]
