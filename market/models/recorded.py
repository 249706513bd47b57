"""RecordedChunk: what an account's feed said of one share in a few minutes, in one packed row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["RecordedChunk"]


class RecordedChunk(models.Model):
    """Ticks or books of one place (``005930``, ``005930@NXT``; ``market.topics``), oldest first.

    ``begun`` and ``ended`` are the broker's moments of the first and the last row (epoch seconds), ``first``
    when we heard the first (epoch milliseconds). ``after_gap``: what came right before is not known, because
    the socket, the process or the interest began only then. ``grain`` seconds lie between two rows at least; 0
    is everything that was heard. ``data`` is packed by ``market.analytics.recorded``.
    """

    class Kind(models.TextChoices):
        TICK = "tick", _("틱")
        BOOK = "book", _("호가")

    account = models.ForeignKey("access.Account", on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=16)
    kind = models.CharField(max_length=4, choices=Kind)
    begun = models.BigIntegerField()
    ended = models.BigIntegerField()
    first = models.BigIntegerField()
    count = models.PositiveIntegerField()
    grain = models.PositiveSmallIntegerField(default=0)
    after_gap = models.BooleanField(default=False)
    data = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("account", "place", "kind", "first"), name="recorded_once"),
        )
        indexes = (models.Index(fields=("grain", "first"), name="recorded_since"),)

    def __str__(self) -> str:
        return f"{self.place} {self.kind} {self.begun}-{self.ended} ({self.count})"
