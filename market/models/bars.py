"""KeptBars: bars that outlive the broker's memory, one row for each block of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["KeptBars"]


class KeptBars(models.Model):
    """The bars of one symbol (``005930``, or ``index:001``) in one block, unadjusted, as the broker told them.

    A block of ticks or minutes is the day ``starts``, a block of days the month that begins then. ``rows`` are
    packed (``market.analytics.bars``). A complete block is never asked for again; of the others ``trouble``
    says why they are not, and ``next_try`` (the broker's clock) when they are.
    """

    class Span(models.TextChoices):
        TICK = "tick", _("틱")
        MINUTE = "minute", _("1분")
        DAY = "day", _("일")

    class State(models.TextChoices):
        """PARTIAL more is to come, GONE the broker no longer tells, FAILED it could not be asked."""

        COMPLETE = "complete"
        PARTIAL = "partial"
        GONE = "gone"
        FAILED = "failed"

    environment = models.CharField(max_length=12)
    symbol = models.CharField(max_length=20)
    span = models.CharField(max_length=6, choices=Span)
    starts = models.DateField()
    venue = models.CharField(max_length=3, default="KRX")
    source = models.CharField(max_length=10)
    rows = models.BinaryField(default=bytes)
    count = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.PARTIAL)
    trouble = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("environment", "symbol", "span", "starts"), name="bars_kept_once_a_block"
            ),
        )

    def __str__(self) -> str:
        return f"{self.symbol} {self.span} {self.starts} {self.state}"
