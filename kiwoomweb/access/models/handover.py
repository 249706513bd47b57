"""A handover: one account offered to another team, which takes it or does not."""

from django.db import models
from django.db.models import Q

from kiwoomweb.access.models.account import Account
from kiwoomweb.access.models.team import Team
from kiwoomweb.access.models.user import User

__all__ = ["Handover"]


class Handover(models.Model):
    """Offered by an owner, to be decided by the person it was offered to. One open offer for an account."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="handovers")
    #: Kept for the record: the account's own team changes when it is taken.
    giver = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey(User, on_delete=models.CASCADE, related_name="handovers")
    offered_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    taker = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at__isnull=True), name="one_open_handover_an_account"
            ),
        )

    def __str__(self) -> str:
        return f"{self.account} → {self.to}"
