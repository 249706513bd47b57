"""Orders as the broker lists them, one fact for each TR that lists them."""

from django.db import models

from kiwoomweb.broker.domain import Side, Venue
from orders.models.fact import Fact, current_once

__all__ = ["Order", "SplitOrder"]


class OrderLine(Fact):
    """The columns of one listed order, its fills summed up. ``fill_price`` is their average, if told."""

    progress = "filled"
    order_no = models.CharField(max_length=10)
    original_order_no = models.CharField(max_length=10, blank=True)
    symbol = models.CharField(max_length=20)
    name = models.CharField(max_length=80, blank=True)
    side = models.CharField(max_length=4, choices=[(side.value, side.name) for side in Side])
    label = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20, blank=True)
    quantity = models.PositiveBigIntegerField()
    price = models.BigIntegerField()
    filled = models.PositiveBigIntegerField()
    fill_price = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    remaining = models.PositiveBigIntegerField()
    commission = models.BigIntegerField(null=True)
    tax = models.BigIntegerField(null=True)
    placed_at = models.DateTimeField(null=True)
    venue = models.CharField(max_length=3, choices=[(venue.value, venue.name) for venue in Venue])
    routed = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.day} {self.order_no} {self.label} {self.name} {self.filled}/{self.quantity}"


class Order(OrderLine):
    """One order of one day in the words of one ``source``: ka10075, ka10076, kt00007 or 00 (realtime).

    The TRs word the same order differently and know different parts of it, so each keeps its own version;
    ``orders.selectors.blotter`` makes one order of them.
    """

    natural = ("source", "order_no")
    source = models.CharField(max_length=10)

    class Meta:
        constraints = (current_once("order_current_once", "source", "order_no"),)
        indexes = (
            models.Index(fields=["account", "-day", "order_no"], name="order_by_day"),
            models.Index(fields=["account", "symbol", "day"], name="order_by_symbol"),
        )


class SplitOrder(OrderLine):
    """One child of an order that 최선주문집행 (SOR) split over venues (ka10088)."""

    natural = ("parent_no", "venue", "order_no")
    parent_no = models.CharField(max_length=10)

    class Meta:
        constraints = (current_once("split_order_current_once", "parent_no", "venue", "order_no"),)
        indexes = (models.Index(fields=["account", "-day", "parent_no"], name="split_order_by_parent"),)
