"""Halt: somebody or something said stop. Its number is the epoch; a claim that saw an older one fails."""

from django.conf import settings
from django.db import models
from django.db.models import Q

__all__ = ["Halt"]


class Halt(models.Model):
    """In force until released. Without an account it is for all of them.

    HALTED lets nothing new out; REDUCING only what makes a position smaller. Cancelling is never stopped. One
    that names a ``member`` or a ``symbol`` is narrow: it holds for the orders of that person or that share.
    """

    class Level(models.TextChoices):
        """How much is stopped."""

        REDUCING = "reducing", "REDUCING"
        HALTED = "halted", "HALTED"

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="halts")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="halted_by"
    )
    symbol = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.HALTED)
    #: ``person``, ``command``, ``file`` or the trigger that fired (``unknowns``, ``refusals``, ``keys`` …).
    cause = models.CharField(max_length=24)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    #: Whether open orders are to be taken back.
    cancels = models.BooleanField(default=True)
    #: Who asked for the release first; another person confirms it.
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes = (
            models.Index(fields=["account"], condition=Q(released_at__isnull=True), name="halt_in_force"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(member__isnull=True, symbol="") | Q(level="halted"), name="halt_narrow_stops_all"
            ),
        )

    @property
    def is_narrow(self) -> bool:
        """Whether it stops one person or one share only."""
        return self.member_id is not None or bool(self.symbol)

    def __str__(self) -> str:
        return f"#{self.pk} {self.level} {self.cause}: {self.reason}"
