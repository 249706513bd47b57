"""A lost second factor: somebody asks to be let in without it, and waits."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from kiwoomweb.access.models.user import User

__all__ = ["WAIT", "LostFactor"]

#: Long enough for the person to read the letter and say that it was not them.
WAIT = timedelta(hours=24)


class LostFactor(models.Model):
    """Asked for with the right password, allowed by an owner of a team at least ``WAIT`` later, once.

    Signing in with the factor, or the person's own no, calls it off.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="lost_factors")
    asked_at = models.DateTimeField()
    asked_from = models.CharField(max_length=45)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    called_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(lifted_at=None, called_off_at=None),
                name="one_lost_factor_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.asked_at:%Y-%m-%d %H:%M}"
