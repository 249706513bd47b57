"""A line of the list of trades: the columns it shows, without the model around them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from portfolio.models import Trade
from portfolio.selectors.numbers import Numbers

__all__ = ["TradeLine", "lines_of"]

FIELDS = (
    *("pk", "symbol", "name", "state", "opened_day", "closed_day", "sold_quantity", "max_quantity"),
    *("held_minutes", "cost", "net", "review__setup_id", "review__emotion_id", "review__risk"),
    *("review__rating", "review__reviewed_at"),
)


class TradeLine(NamedTuple):
    """Won, shares, minutes of trading. The last five are the review's, ``None`` without one."""

    pk: int
    symbol: str
    name: str
    state: str
    opened_day: date
    closed_day: date | None
    sold_quantity: int
    max_quantity: int
    held_minutes: int | None
    cost: int | None
    net: int | None
    setup: int | None
    emotion: int | None
    risk: int | None
    rating: int | None
    reviewed_at: datetime | None


def lines_of(trades: Sequence[int]) -> list[TradeLine]:
    """The lines of these trades, in their order. One query."""
    rows = Trade.objects.filter(pk__in=Numbers(trades)).values_list(*FIELDS)
    lines = {row[0]: TradeLine(*row) for row in rows}
    return [lines[pk] for pk in trades]
