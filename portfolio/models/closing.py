"""What the account had at the close of a day, as the broker tells it of any past day (ka01690). Won."""

from django.db import models

from orders.models import Fact, current_once

__all__ = ["ClosingBalance", "ClosingHolding"]


class ClosingHolding(Fact):
    """One line of 일별잔고수익률. Lots of a symbol are rows of their own."""

    natural = ("symbol",)
    symbol = models.CharField(max_length=20)
    name = models.CharField(max_length=80, blank=True)
    quantity = models.PositiveBigIntegerField()
    average_cost = models.BigIntegerField()
    price = models.BigIntegerField()
    value = models.BigIntegerField()
    profit = models.BigIntegerField()

    class Meta:
        constraints = (current_once("closing_holding_current_once", "symbol"),)

    def __str__(self) -> str:
        return f"{self.day} {self.name} {self.quantity}"


class ClosingBalance(Fact):
    """The totals of 일별잔고수익률: ``cash`` is 예수금 as booked that evening."""

    cost = models.BigIntegerField()
    value = models.BigIntegerField()
    profit = models.BigIntegerField()
    cash = models.BigIntegerField()
    estimated_assets = models.BigIntegerField()

    class Meta:
        constraints = (current_once("closing_balance_current_once"),)

    def __str__(self) -> str:
        return f"{self.day} {self.value:,}"
