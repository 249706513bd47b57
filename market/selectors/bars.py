"""Bars that were kept, read back: of a symbol between two days, and which blocks there are."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from kiwoomweb.broker.domain import SEOUL
from market.analytics.bars import PlainBar, unpack
from market.models import KeptBars

__all__ = ["Block", "bars_between", "blocks", "month_of", "months_between"]


@dataclass(frozen=True, slots=True)
class Block:
    """What is known of one kept block, without its bars."""

    starts: date
    state: str
    count: int
    trouble: str
    next_try: datetime | None
    fetched_at: datetime | None
    source: str


def month_of(day: date) -> date:
    """The block of day bars a day belongs to."""
    return day.replace(day=1)


def months_between(first: date, last: date) -> list[date]:
    """The blocks of day bars from one day to another, both included."""
    months, month = [], month_of(first)
    while month <= last:
        months.append(month)
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return months


def bars_between(environment: str, symbol: str, span: str, first: date, last: date) -> list[PlainBar]:
    """Kept bars of these days, both included, oldest first. One query."""
    starts = month_of(first) if span == KeptBars.Span.DAY else first
    rows = KeptBars.objects.filter(
        environment=environment, symbol=symbol, span=span, starts__range=(starts, last), count__gt=0
    )
    packed = rows.order_by("starts").values_list("rows", flat=True)
    found = [bar for block in packed for bar in unpack(bytes(block))]
    if span != KeptBars.Span.DAY:
        return found
    begin, end = _midnight(first), _midnight(last)
    return [bar for bar in found if begin <= bar.at <= end]


def blocks(environment: str, symbol: str, span: str, starts: Iterable[date]) -> dict[date, Block]:
    """The kept blocks among these, by the day they start. One query."""
    rows = KeptBars.objects.filter(environment=environment, symbol=symbol, span=span, starts__in=list(starts))
    return {row[0]: Block(*row) for row in rows.values_list(*(field.name for field in fields(Block)))}


def _midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=SEOUL).timestamp())
