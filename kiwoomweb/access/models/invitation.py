"""An invitation into a team: for one address, once, for an hour. Only the hash of its link is kept."""

from django.db import models
from django.db.models import Q

from kiwoomweb.access.models.team import Team
from kiwoomweb.access.models.user import User
from kiwoomweb.access.roles import Role

__all__ = ["Invitation"]


class Invitation(models.Model):
    """Who is invited as what. Open while it is neither accepted nor withdrawn and its hour is not over."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.PositiveSmallIntegerField(choices=Role.choices)
    masked = models.BooleanField(default=False)
    only_granted = models.BooleanField(default=False)
    #: SHA-256 of the token in the link; the token itself is shown once and never kept.
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    mailed = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),)

    def __str__(self) -> str:
        return f"{self.email} · {self.team} · {Role(self.role).label}"
