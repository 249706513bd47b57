"""What was realised: by day, sale by sale, and the diary of one day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kiwoomweb.broker.domain.words import Symbol, Won

__all__ = ["Diary", "DiaryLine", "RealisedDay", "RealisedPeriod", "RealisedSale"]


@dataclass(frozen=True, slots=True)
class RealisedDay:
    """One line of 일자별실현손익 (ka10074). A day with buys only has no line."""

    day: date
    bought: Won
    sold: Won
    realised: Won
    commission: Won
    tax: Won


@dataclass(frozen=True, slots=True)
class RealisedPeriod:
    """Header and lines of 일자별실현손익 (ka10074). The header covers the whole range asked for."""

    bought: Won
    sold: Won
    realised: Won
    commission: Won
    tax: Won
    days: tuple[RealisedDay, ...]


@dataclass(frozen=True, slots=True)
class RealisedSale:
    """One sale of ka10072 / ka10073 / ka10077. Two equal sales give two equal lines; both count.

    ``realised`` is to the nearest won of what may be a fraction on the wire. ``commission`` holds both legs
    (the buy's share too). ``day`` is ``None`` where the TR does not say it (ka10072, ka10077): the caller asked
    for one day and knows it.
    """

    day: date | None
    symbol: Symbol
    name: str
    quantity: int
    buy_price: Decimal
    sell_price: Decimal
    realised: Won
    return_rate: Decimal
    commission: Won
    tax: Won
    credit: str
    loan_date: date | None


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """One stock of 당일매매일지 (ka10170)."""

    symbol: Symbol
    name: str
    bought_quantity: int
    bought_average: Decimal
    bought: Won
    sold_quantity: int
    sold_average: Decimal
    sold: Won
    costs: Won
    realised: Won
    return_rate: Decimal


@dataclass(frozen=True, slots=True)
class Diary:
    """당일매매일지 of one day (ka10170). ``lines`` is empty on a day without trades."""

    day: date
    bought: Won
    sold: Won
    costs: Won
    settled: Won
    realised: Won
    return_rate: Decimal
    lines: tuple[DiaryLine, ...]
