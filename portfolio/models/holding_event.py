"""Holding events (권리·대체): what changed a holding without a fill. Dated, told by somebody, never deleted."""

from django.conf import settings
from django.db import models

__all__ = ["HoldingEvent"]


class HoldingEvent(models.Model):
    """One event of one account and symbol, in force from the opening of ``day``. Fills stay as they are.

    ``numerator : denominator`` is new shares for old ones (5:1 a split, 1:10 a reverse split, 11:10 a bonus of
    ten percent). ``quantity`` and ``amount`` (won) belong to kinds that bring or take shares; ``cost_share``
    (percent) is what a spin-off takes of the cost. A withdrawn event counts no more and stays to be read.
    """

    class Kind(models.TextChoices):
        """The same words as ``portfolio.analytics.trades.changes.Kind``; a test holds the two together."""

        SPLIT = "split"
        BONUS = "bonus"
        RIGHTS = "rights"
        RENAME = "rename"
        MERGER = "merger"
        SPIN_OFF = "spin_off"
        DELISTING = "delisting"
        BROUGHT_IN = "brought_in"
        TAKEN_OUT = "taken_out"
        ADOPTED = "adopted"

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="holding_events")
    day = models.DateField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    symbol = models.CharField(max_length=20)
    new_symbol = models.CharField(max_length=20, blank=True)
    numerator = models.PositiveBigIntegerField(default=1)
    denominator = models.PositiveBigIntegerField(default=1)
    quantity = models.PositiveBigIntegerField(default=0)
    amount = models.BigIntegerField(default=0)
    cost_share = models.DecimalField(max_digits=7, decimal_places=4, default=0)
    #: Where it is known from: "person", "proposal" (quantities of the broker), or a name of a list.
    source = models.CharField(max_length=20)
    reason = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=["account", "symbol", "day"], name="holding_event_by_symbol"),)

    def __str__(self) -> str:
        return f"{self.day} {self.symbol} {self.kind}"
