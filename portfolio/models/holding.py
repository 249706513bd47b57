"""What the account has: holdings and totals (kt00018), positions with today's result (ka10085), cash (kt00001).

One current row a day for each; the last one of a day stays as that day's close. Prices, and what follows
from them, are readings: refreshed in place.
"""

from django.db import models

from orders.models import Fact, current_once

__all__ = ["Balance", "Deposit", "Holding", "Position"]


class Holding(Fact):
    """One line of 계좌평가잔고내역. ``lot`` (신용구분, 대출일) parts credit lots; cash is blank."""

    natural = ("symbol", "lot")
    readings = ("price", "value", "profit", "return_rate", "weight", "commission", "tax")
    symbol = models.CharField(max_length=20)
    lot = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=80, blank=True)
    quantity = models.PositiveBigIntegerField()
    sellable = models.PositiveBigIntegerField()
    average_cost = models.BigIntegerField()
    cost = models.BigIntegerField()
    previous_close = models.BigIntegerField()
    bought_today = models.PositiveBigIntegerField()
    sold_today = models.PositiveBigIntegerField()
    price = models.BigIntegerField()
    value = models.BigIntegerField()
    profit = models.BigIntegerField()
    return_rate = models.DecimalField(max_digits=14, decimal_places=4)
    weight = models.DecimalField(max_digits=14, decimal_places=4)
    commission = models.BigIntegerField()
    tax = models.BigIntegerField()

    class Meta:
        constraints = (current_once("holding_current_once", "symbol", "lot"),)

    def __str__(self) -> str:
        return f"{self.day} {self.name} {self.quantity}"


class Balance(Fact):
    """The totals of 계좌평가잔고내역. ``read_at`` (our clock) and ``told_at`` (the broker's, virtual in the
    simulator) are when the readings were taken last. ``loan`` is 총융자금액; older days never had it."""

    readings = ("value", "profit", "return_rate", "estimated_assets", "loan", "read_at", "told_at")
    cost = models.BigIntegerField()
    value = models.BigIntegerField()
    profit = models.BigIntegerField()
    return_rate = models.DecimalField(max_digits=14, decimal_places=4)
    estimated_assets = models.BigIntegerField()
    loan = models.BigIntegerField(null=True)
    read_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (current_once("balance_current_once"),)

    def __str__(self) -> str:
        return f"{self.day} {self.value:,}"


class Position(Fact):
    """One line of 계좌수익률: a holding, or one sold out today, with today's realised result."""

    natural = ("symbol", "lot")
    readings = ("price",)
    symbol = models.CharField(max_length=20)
    lot = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=80, blank=True)
    quantity = models.PositiveBigIntegerField()
    average_cost = models.BigIntegerField()
    cost = models.BigIntegerField()
    price = models.BigIntegerField()
    realised_today = models.BigIntegerField()
    commission_today = models.BigIntegerField()
    tax_today = models.BigIntegerField()

    class Meta:
        constraints = (current_once("position_current_once", "symbol", "lot"),)

    def __str__(self) -> str:
        return f"{self.day} {self.name} {self.quantity}"


class Deposit(Fact):
    """예수금 (kt00001), in won. ``d1`` and ``d2`` are the cash expected after the next two settlements;
    ``told_at`` (the broker's clock) is when they were told last."""

    readings = ("told_at",)
    cash = models.BigIntegerField()
    withdrawable = models.BigIntegerField()
    buying_power = models.BigIntegerField()
    d1 = models.BigIntegerField()
    d2 = models.BigIntegerField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (current_once("deposit_current_once"),)

    def __str__(self) -> str:
        return f"{self.day} {self.cash:,}"
