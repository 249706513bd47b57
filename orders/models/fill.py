"""Fills (체결): what was bought and sold, each share counted once."""

from django.db import models

from kiwoomweb.broker.domain import Side, Venue
from orders.models.fact import Fact, current_once

__all__ = ["AGGREGATE", "CREDIT", "Fill", "credit_of"]

#: The fill number of the one synthetic fill an order may have. It stands for the shares its order's total
#: knows of and no single execution has told yet; real executions take its place share by share.
AGGREGATE = "agg"
#: What the broker puts into an order's label when it trades on a loan.
CREDIT = "신용"


def credit_of(label: str) -> str:
    """The fill's ``credit`` by its order's label: ``credit_of("+매수신용")`` is ``"신용"``."""
    return CREDIT if CREDIT in label else ""


class Fill(Fact):
    """One execution (realtime 00, FID 909), or the not yet itemised rest of an order (``AGGREGATE``).

    ``amount`` is quantity times price in won; for an aggregate it is what the order's average leaves after
    the single executions. A symbol we have never heard of is stored with its code and name as given.
    """

    natural = ("order_no", "fill_no")
    order_no = models.CharField(max_length=10)
    fill_no = models.CharField(max_length=16)
    symbol = models.CharField(max_length=20)
    name = models.CharField(max_length=80, blank=True)
    side = models.CharField(max_length=4, choices=[(side.value, side.name) for side in Side])
    #: Blank when bought with one's own money, else the broker's word for it (신용).
    credit = models.CharField(max_length=8, blank=True)
    quantity = models.PositiveBigIntegerField()
    price = models.DecimalField(max_digits=18, decimal_places=4)
    amount = models.BigIntegerField()
    #: When it was executed; for an aggregate when its order was placed, the only time the TRs give.
    filled_at = models.DateTimeField(null=True)
    venue = models.CharField(max_length=3, choices=[(venue.value, venue.name) for venue in Venue])

    class Meta:
        constraints = (current_once("fill_current_once", "order_no", "fill_no"),)
        indexes = (
            models.Index(fields=["account", "-day", "-filled_at"], name="fill_by_day"),
            models.Index(fields=["account", "symbol", "day"], name="fill_by_symbol"),
            models.Index(fields=["account", "recorded_at"], name="fill_by_recording"),
            models.Index(
                fields=["account", "superseded_at"],
                condition=models.Q(superseded_at__isnull=False),
                name="fill_by_correction",
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.order_no}/{self.fill_no} {self.side} {self.name} {self.quantity}"

    @property
    def is_aggregate(self) -> bool:
        """Whether single executions are still unknown."""
        return self.fill_no == AGGREGATE
