"""Instrument: one listed 종목 as the broker's listing describes it."""

from django.db import models
from django.utils import timezone

__all__ = ["Instrument"]


class Instrument(models.Model):
    """A listed share, ETF or ETN. Refreshed from ka10099 and never deleted: old fills point at it."""

    symbol = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    #: 초성 of the name ("삼성전자" -> "ㅅㅅㅈㅈ"), written with the name so that search can use an index.
    initials = models.CharField(max_length=80, blank=True, db_index=True)
    market = models.CharField(max_length=20, blank=True)
    sector = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=60, blank=True)
    listed = models.DateField(null=True)
    shares = models.BigIntegerField(null=True)
    #: When the lists told of it; of one that was asked for by itself, a moment too long ago to stand for them.
    updated = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name",)
        indexes = (models.Index(fields=("name",), name="instrument_name"),)

    def __str__(self) -> str:
        return f"{self.name} {self.symbol}"
