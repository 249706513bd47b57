"""A change of address: asked for by the person, confirmed from the new mailbox, undone from the old one."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from kiwoomweb.access.models.user import User

__all__ = ["CONFIRM_FOR", "UNDO_FOR", "AddressChange"]

#: A link that lies in a mailbox for days is a key under the mat.
CONFIRM_FOR = timedelta(minutes=60)
#: The link back opens nothing: it only puts the old address back and ends every session. It may wait.
UNDO_FOR = timedelta(days=7)


class AddressChange(models.Model):
    """``old`` to ``new``. Open while none of its ends is set; of the two links only the SHA-256 is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="address_changes")
    old = models.EmailField()
    new = models.EmailField()
    confirm_hash = models.CharField(max_length=64, unique=True)
    undo_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    #: Called off before it was confirmed, by the person, by the old mailbox or by a newer wish.
    dropped_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(confirmed_at=None, dropped_at=None),
                name="one_address_change_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.old} → {self.new}"
