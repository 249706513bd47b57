"""당일매매일지 (ka10170): the broker's own journal of one day, kept beyond the two months it answers for."""

from django.db import models

from orders.models import Fact, current_once

__all__ = ["DiaryDay", "DiaryLine"]


class DiaryDay(Fact):
    """The totals of one day, in won; ``return_rate`` in percent. All zero on a day without trades."""

    bought = models.BigIntegerField()
    sold = models.BigIntegerField()
    costs = models.BigIntegerField()
    settled = models.BigIntegerField()
    realised = models.BigIntegerField()
    return_rate = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        constraints = (current_once("diary_day_current_once"),)

    def __str__(self) -> str:
        return f"{self.day} {self.realised:+,}"


class DiaryLine(Fact):
    """One stock of one day: what was bought and sold, at which averages, with which result."""

    natural = ("symbol",)
    symbol = models.CharField(max_length=20)
    name = models.CharField(max_length=80, blank=True)
    bought_quantity = models.PositiveBigIntegerField()
    bought_average = models.DecimalField(max_digits=20, decimal_places=4)
    bought = models.BigIntegerField()
    sold_quantity = models.PositiveBigIntegerField()
    sold_average = models.DecimalField(max_digits=20, decimal_places=4)
    sold = models.BigIntegerField()
    costs = models.BigIntegerField()
    realised = models.BigIntegerField()
    return_rate = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        constraints = (current_once("diary_line_current_once", "symbol"),)

    def __str__(self) -> str:
        return f"{self.day} {self.name} {self.realised:+,}"
