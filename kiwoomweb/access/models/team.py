"""A team owns accounts; a membership gives one person one role in it."""

from django.db import models

from kiwoomweb.access.models.user import User
from kiwoomweb.access.roles import Role

__all__ = ["Membership", "Team"]


class Team(models.Model):
    """People who share accounts and a journal."""

    name = models.CharField(max_length=60)
    made_at = models.DateTimeField(auto_now_add=True)
    members: "models.ManyToManyField[User, Membership]" = models.ManyToManyField(
        User, through="Membership", related_name="teams"
    )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person's role in one team. It goes with the person; the team's journal stays."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.PositiveSmallIntegerField(choices=Role.choices)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["team", "user"], name="one_membership_per_person_and_team"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.team} · {Role(self.role).label}"
