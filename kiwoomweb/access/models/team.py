"""A team owns accounts; a membership gives one person one role in it."""

from django.db import models

from kiwoomweb.access.codes import new_code
from kiwoomweb.access.models.user import User
from kiwoomweb.access.roles import Role

__all__ = ["Membership", "Team"]


class Team(models.Model):
    """People who share accounts and a journal. ``code`` is its public name: ``/t/<code>/``."""

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    name = models.CharField(max_length=60)
    made_at = models.DateTimeField(auto_now_add=True)
    members: "models.ManyToManyField[User, Membership]" = models.ManyToManyField(
        User, through="Membership", related_name="teams"
    )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person's role in one team. It goes with the person; the team's journal stays.

    Role, ``masked`` and ``only_granted`` hold for every account of the team that has no ``Grant`` of its own.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.PositiveSmallIntegerField(choices=Role.choices)
    #: Amounts and quantities are covered.
    masked = models.BooleanField(default=False)
    #: Sees no account but those granted: one that is connected tomorrow stays unseen.
    only_granted = models.BooleanField(default=False)
    #: From this moment on the membership gives nothing; empty for as long as it lasts.
    until = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["team", "user"], name="one_membership_per_person_and_team"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=~models.Q(role=Role.OWNER)
                | models.Q(masked=False, only_granted=False, until__isnull=True),
                name="an_owner_sees_everything",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.team} · {Role(self.role).label}"
