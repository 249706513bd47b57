"""Trades (매매): round trips from flat to flat, derived from fills and derived again whenever facts change.

The rows here are no facts: fills, sales and holding events are. What people write hangs on a trade's row, so a
row keeps its number across derivations and is never removed once something refers to it.
"""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

__all__ = ["Book", "BookAssignment", "Trade", "TradeSlice", "TradesState"]


class Book(models.Model):
    """A strategy's own ledger (전략 장부) inside one account: its averages never mix with another book's."""

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="books")
    name = models.CharField(max_length=40)
    color = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "name"], name="one_book_of_a_name"),)

    def __str__(self) -> str:
        return self.name


class BookAssignment(models.Model):
    """Which book an order's fills belong to; without one they are in the account's default book."""

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    order_no = models.CharField(max_length=10)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="assignments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    assigned_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "day", "order_no"], name="one_book_for_an_order"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.order_no} -> {self.book_id}"


class Trades(models.QuerySet[Any]):
    """Trades of any state; ``present`` leaves out what was merged away or has lost its fills."""

    def present(self) -> Self:
        """Trades that still stand for fills."""
        return self.filter(merged_into__isnull=True, is_void=False)


class Trade(models.Model):
    """One round trip in (account, symbol, credit, book). Money in won, realised so far while it is open.

    ``net = gross - commission - tax - interest``. ``cost`` is what the sold shares had cost at the moving
    average, without costs. ``unsettled`` (미확정) sold more than was ever seen bought: ``adopted_quantity``
    shares came from before the journal; money is then the broker's or unknown (``None``), never zero.
    """

    class State(models.TextChoices):
        """OPEN shares are held, CLOSED flat again, UNSETTLED its beginning is unknown."""

        OPEN = "open"
        CLOSED = "closed"
        UNSETTLED = "unsettled"

    class Costs(models.TextChoices):
        """Who says what it cost: the BROKER's sales, or our ESTIMATE until they arrive."""

        BROKER = "broker"
        ESTIMATE = "estimate"

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="trades")
    symbol = models.CharField(max_length=20)
    name = models.CharField(max_length=80, blank=True)
    credit = models.CharField(max_length=8, blank=True)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, null=True, related_name="trades")
    state = models.CharField(max_length=9, choices=State.choices)
    opened_day = models.DateField()
    opened_at = models.DateTimeField(null=True)
    #: The order that opened it, and which of the trades opened by that order it is (0, 1, ...).
    opening_order = models.CharField(max_length=16)
    ordinal = models.PositiveSmallIntegerField(default=0)
    closed_day = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    #: The exchange of the first fill and of the closing one (``Venue``); empty: no fill, or not closed.
    entry_venue = models.CharField(max_length=3, blank=True)
    exit_venue = models.CharField(max_length=3, blank=True)
    is_day_trade = models.BooleanField(default=False)
    fills = models.PositiveIntegerField(default=0)
    #: Orders that bought and sold; ``adds_*`` are buys below and above the average then.
    entries = models.PositiveIntegerField(default=0)
    exits = models.PositiveIntegerField(default=0)
    adds_below = models.PositiveIntegerField(default=0)
    adds_above = models.PositiveIntegerField(default=0)
    max_quantity = models.PositiveBigIntegerField(default=0)
    open_quantity = models.PositiveBigIntegerField(default=0)
    bought_quantity = models.PositiveBigIntegerField(default=0)
    sold_quantity = models.PositiveBigIntegerField(default=0)
    bought = models.BigIntegerField(default=0)
    sold = models.BigIntegerField(default=0)
    cost = models.BigIntegerField(null=True)
    gross = models.BigIntegerField(null=True)
    commission = models.BigIntegerField(null=True)
    tax = models.BigIntegerField(null=True)
    interest = models.BigIntegerField(null=True)
    net = models.BigIntegerField(null=True)
    costs_from = models.CharField(max_length=8, choices=Costs.choices, default=Costs.ESTIMATE)
    adopted_quantity = models.PositiveBigIntegerField(default=0)
    #: Quantity-weighted time between buys and sells, in minutes of trading.
    held_minutes = models.PositiveIntegerField(null=True)
    derived_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="swallowed")
    is_void = models.BooleanField(default=False)

    objects = Trades.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["account", "-closed_day", "-id"], name="trade_by_close"),
            models.Index(fields=["account", "-opened_day", "-id"], name="trade_by_open"),
            models.Index(fields=["account", "symbol", "opened_day"], name="trade_by_symbol"),
            models.Index(fields=["account", "state", "-opened_day"], name="trade_by_state"),
            models.Index(fields=["account", "closed_day", "state", "net"], name="trade_results"),
            # The list: by the day it closed, an open trade by the day it opened.
            models.Index(
                "account",
                Coalesce("closed_day", "opened_day").desc(),
                models.F("id").desc(),
                name="trade_by_day",
            ),
            # What a filter's foot adds up, answered without touching the rows.
            models.Index(
                fields=["account", "is_void", "merged_into", "state", "closed_day", "net"], name="trade_sums"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.opened_day} {self.net if self.net is not None else '—'}"

    @property
    def present(self) -> "Trade":
        """The trade that stands for these fills now: this one, or the one it was merged into."""
        return self.merged_into.present if self.merged_into else self

    @property
    def costs(self) -> int | None:
        """Commission, tax and interest in won."""
        parts = (self.commission, self.tax, self.interest or 0)
        return None if None in parts else sum(part for part in parts if part is not None)


class TradeSlice(models.Model):
    """What one day's sales realised of a trade: profit belongs to the day of the sale. Won; unknown is null."""

    trade = models.ForeignKey(Trade, on_delete=models.CASCADE, related_name="slices")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    symbol = models.CharField(max_length=20)
    day = models.DateField()
    sold_quantity = models.PositiveBigIntegerField()
    sold = models.BigIntegerField()
    #: What the sold shares had cost: by moving average as the broker counts, and first in, first out.
    cost = models.BigIntegerField(null=True)
    cost_fifo = models.BigIntegerField(null=True)
    gross = models.BigIntegerField(null=True)
    commission = models.BigIntegerField(null=True)
    tax = models.BigIntegerField(null=True)
    net = models.BigIntegerField(null=True)
    costs_from = models.CharField(max_length=8, choices=Trade.Costs.choices, default=Trade.Costs.ESTIMATE)
    is_closing = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["trade", "day"], name="one_slice_a_day"),)
        indexes = (
            models.Index(fields=["account", "day", "symbol"], name="slice_by_day"),
            models.Index(fields=["account", "symbol", "day"], name="slice_by_symbol"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.symbol} {self.net}"


class TradesState(models.Model):
    """Up to which moment of recording an account's facts have become trades. Losing it costs one derivation."""

    account = models.OneToOneField("access.Account", on_delete=models.PROTECT, related_name="trades_state")
    seen_up_to = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"trades of {self.account_id} up to {self.seen_up_to}"
