"""What the broker's books say of executions: single ones (kt00009), and exact sums by symbol and side."""

from django.db import models

from kiwoomweb.broker.domain import Side, Venue
from orders.models.fact import Fact, current_once

__all__ = ["Execution", "Turnover"]

SIDES = [(side.value, side.name) for side in Side]


class Execution(Fact):
    """One execution listed by kt00009. It becomes a fill unless the socket has told the same number."""

    natural = ("order_no", "fill_no")
    order_no = models.CharField(max_length=10)
    fill_no = models.CharField(max_length=16)
    symbol = models.CharField(max_length=20)
    name = models.CharField(max_length=80, blank=True)
    side = models.CharField(max_length=4, choices=SIDES)
    credit = models.CharField(max_length=8, blank=True)
    quantity = models.PositiveBigIntegerField()
    price = models.DecimalField(max_digits=18, decimal_places=4)
    filled_at = models.DateTimeField(null=True)
    venue = models.CharField(max_length=3, choices=[(venue.value, venue.name) for venue in Venue])

    class Meta:
        constraints = (current_once("execution_current_once", "order_no", "fill_no"),)

    def __str__(self) -> str:
        return f"{self.day} {self.order_no}/{self.fill_no} {self.side} {self.name} {self.quantity}"


class Turnover(Fact):
    """What was traded of one symbol on one side of a day, exact to the won, in the words of one ``source``.

    Order lists tell averages cut to whole won; these sums say what the averages lost. ``booked_on`` is the day
    the source's own row stands under: the settlement in kt00015, else the trading day.
    """

    natural = ("source", "booked_on", "symbol", "side")
    source = models.CharField(max_length=10)
    booked_on = models.DateField()
    symbol = models.CharField(max_length=20)
    side = models.CharField(max_length=4, choices=SIDES)
    quantity = models.PositiveBigIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        constraints = (current_once("turnover_current_once", "source", "booked_on", "symbol", "side"),)
        indexes = (models.Index(fields=["account", "source", "booked_on"], name="turnover_by_booking"),)

    def __str__(self) -> str:
        return f"{self.day} {self.side} {self.symbol} {self.quantity} {self.amount:,}"
