"""Which trades a statistics page is about: a period, days, symbols."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from kiwoomweb.access.models import Account
from portfolio.models import Trade
from portfolio.presenting.periods import NAMES, period
from portfolio.selectors.trades import trades_of

__all__ = ["TradeFilter", "filtered"]


@dataclass(frozen=True, slots=True)
class TradeFilter:
    """``period`` names a span that moves with today; ``first`` and ``last`` hold its days."""

    period: str = ""
    first: date | None = None
    last: date | None = None
    symbols: tuple[str, ...] = ()

    @classmethod
    def parse(cls, query: QueryDict, today: date) -> "TradeFilter":
        """Nonsense in the address is left out."""
        symbols = tuple(query.getlist("symbol"))
        if (key := query.get("period", "")) in NAMES:
            found = period(key, today)
            return cls(key, found.first, found.last, symbols)
        return cls("", _day(query.get("first", "")), _day(query.get("last", "")), symbols)

    def query(self) -> str:
        """The canonical query."""
        days = {"period": self.period} if self.period else {"first": self.first or "", "last": self.last or ""}
        return urlencode([(k, v) for k, v in days.items() if v] + [("symbol", s) for s in self.symbols])


def filtered(account: Account, asked: TradeFilter) -> "QuerySet[Trade]":
    """By the closing day; open trades by the day they opened."""
    rows = trades_of(account)
    if asked.symbols:
        rows = rows.filter(symbol__in=asked.symbols)
    if asked.first:
        rows = rows.filter(Q(closed_day__gte=asked.first) | Q(closed_day=None, opened_day__gte=asked.first))
    if asked.last:
        rows = rows.filter(Q(closed_day__lte=asked.last) | Q(closed_day=None, opened_day__lte=asked.last))
    return rows


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
