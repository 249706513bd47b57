"""A grant: what one member may do with one account, where it differs from what the team gives them."""

from django.db import models

from kiwoomweb.access.models.account import Account
from kiwoomweb.access.models.team import Membership
from kiwoomweb.access.roles import Role

__all__ = ["NO_ACCESS", "Grant"]

#: ``Grant.role`` of whoever must not find the account at all.
NO_ACCESS = 0
#: Owning goes with the team: nobody owns a single account of it.
GRANTABLE = (NO_ACCESS, *(role for role in Role if role is not Role.OWNER))


class Grant(models.Model):
    """One member's own role on one account. It never binds an owner of the team.

    ``role`` empty: as in the team. ``without``: parts of it that the member does not get here, as the words of
    ``rights.PARTS``. ``until`` passed: as if there were no grant.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="grants")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.PositiveSmallIntegerField(null=True, blank=True)
    masked = models.BooleanField(default=False)
    without = models.CharField(max_length=120, blank=True, default="")
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["membership", "account"], name="one_grant_per_member_and_account"),
            models.CheckConstraint(
                condition=models.Q(role__isnull=True) | models.Q(role__in=GRANTABLE), name="grant_role_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.membership_id} · {self.account_id} · {self.role}"
