"""Realised results (실현손익) as the broker reckons them: by day and by sale."""

from django.db import models

from orders.models import Fact, current_once

__all__ = ["RealisedDay", "RealisedSpan", "Sale"]


class RealisedDay(Fact):
    """One day of 일자별실현손익 (ka10074), in won. A day with buys only has no row, and that is not a zero."""

    bought = models.BigIntegerField()
    sold = models.BigIntegerField()
    realised = models.BigIntegerField()
    commission = models.BigIntegerField()
    tax = models.BigIntegerField()

    class Meta:
        constraints = (current_once("realised_day_current_once"),)

    def __str__(self) -> str:
        return f"{self.day} {self.realised:+,}"


class RealisedSpan(Fact):
    """The header of one reading of ka10074 from ``first`` to ``day``, in won. It covers days that have no row:
    what was bought on days without a sale is in it, and nowhere else."""

    natural = ("first",)
    first = models.DateField()
    bought = models.BigIntegerField()
    sold = models.BigIntegerField()
    realised = models.BigIntegerField()
    commission = models.BigIntegerField()
    tax = models.BigIntegerField()

    class Meta:
        constraints = (current_once("realised_span_current_once", "first"),)

    def __str__(self) -> str:
        return f"{self.first}..{self.day} {self.realised:+,}"


class Sale(Fact):
    """One sale as ``source`` lists it: ka10073 (period), ka10072 (day) or ka10077 (today).

    The broker gives a sale no number, and two equal sales are two rows: a row is known by ``digest`` (of
    everything it says) and ``copy`` (which of the equal rows it is). ``commission`` holds both legs.
    """

    natural = ("source", "digest")
    repeats = True
    source = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    symbol = models.CharField(max_length=20)
    name = models.CharField(max_length=80, blank=True)
    quantity = models.PositiveBigIntegerField()
    buy_price = models.DecimalField(max_digits=20, decimal_places=7)
    sell_price = models.DecimalField(max_digits=20, decimal_places=7)
    realised = models.BigIntegerField()
    return_rate = models.DecimalField(max_digits=14, decimal_places=4)
    commission = models.BigIntegerField()
    tax = models.BigIntegerField()
    credit = models.CharField(max_length=20, blank=True)
    loan_date = models.DateField(null=True)

    class Meta:
        constraints = (current_once("sale_current_once", "source", "digest"),)
        indexes = (
            models.Index(fields=["account", "source", "day"], name="sale_by_source_and_day"),
            models.Index(fields=["account", "symbol", "day"], name="sale_by_symbol"),
            models.Index(fields=["account", "recorded_at"], name="sale_by_recording"),
            models.Index(
                fields=["account", "superseded_at"],
                condition=models.Q(superseded_at__isnull=False),
                name="sale_by_correction",
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.name} {self.quantity} {self.realised:+,}"
