"""The inside of a trade: which bars it has, how far it ran for and against, what the market was at entry.

Everything but the entry context can be computed again from kept bars and fills; that was asked at the moment of
the fill and is never asked again.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portfolio.models.trade import Trade

__all__ = ["EntryContext", "EntryLevels", "Excursion", "TradeBars"]


class TradeBars(models.Model):
    """How far the bars around a trade have been fetched. ``next_try`` is by the broker's clock; ``None`` means
    that all there is to have is there."""

    trade = models.OneToOneField(Trade, on_delete=models.CASCADE, related_name="bars")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    next_try = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (models.Index(fields=["account", "next_try"], name="trade_bars_due"),)

    def __str__(self) -> str:
        return f"bars of {self.trade_id}, next {self.next_try}"


class Excursion(models.Model):
    """How far a trade ran (metrics 3.2), in won before costs; unknown is null.

    ``mfe >= 0 >= mae`` of the position, ``price_*`` won a share from the average entry; prices count in the
    shares of the trade's end, so that a split in between is no move. ``best`` is the whole trade's result with
    the last exit at the best later price, ``efficiency`` actual / best. ``after`` holds price and move (ratio)
    at 10m, 60m, close, 1d, 5d after the exit.
    """

    class Resolution(models.TextChoices):
        TICK = "tick", _("틱")
        MINUTE = "minute", _("1분")
        DAY = "day", _("일")

    trade = models.OneToOneField(Trade, on_delete=models.CASCADE, related_name="excursion")
    resolution = models.CharField(max_length=6, choices=Resolution)
    bars = models.PositiveIntegerField()
    mfe = models.BigIntegerField()
    mfe_at = models.DateTimeField()
    mae = models.BigIntegerField()
    mae_at = models.DateTimeField()
    highest = models.DecimalField(max_digits=20, decimal_places=4)
    highest_at = models.DateTimeField()
    lowest = models.DecimalField(max_digits=20, decimal_places=4)
    lowest_at = models.DateTimeField()
    price_mfe = models.DecimalField(max_digits=20, decimal_places=4)
    price_mae = models.DecimalField(max_digits=20, decimal_places=4)
    atr = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    best = models.BigIntegerField(null=True)
    best_price = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    best_at = models.DateTimeField(null=True)
    efficiency = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    after = models.JSONField(default=dict)
    measured_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.trade_id} {self.mae}..{self.mfe}"


class EntryLevels(models.Model):
    """Where the price stood at the first fill, in percent, by the bars kept (``analytics.inside.entering``):
    ``gap``, ``change``, ``over_*`` the moving averages; ``market`` is what the index made of that day."""

    trade = models.OneToOneField(Trade, on_delete=models.CASCADE, related_name="entry_levels")
    gap = models.DecimalField(max_digits=10, decimal_places=4, null=True)
    change = models.DecimalField(max_digits=10, decimal_places=4, null=True)
    over_5 = models.DecimalField(max_digits=10, decimal_places=4, null=True)
    over_20 = models.DecimalField(max_digits=10, decimal_places=4, null=True)
    over_60 = models.DecimalField(max_digits=10, decimal_places=4, null=True)
    market = models.DecimalField(max_digits=10, decimal_places=4, null=True)

    def __str__(self) -> str:
        return f"{self.trade_id} gap {self.gap}"


class EntryContext(models.Model):
    """What the market said at the moment of the first fill: ``values`` by key, each ``{"value", "unit",
    "source", "at"}``. Asked once, while it was fresh; a TR that did not answer left no value."""

    trade = models.OneToOneField(Trade, on_delete=models.PROTECT, related_name="entry_context")
    values = models.JSONField(default=dict)
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.trade_id} {len(self.values)}"
