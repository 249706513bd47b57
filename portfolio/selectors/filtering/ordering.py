"""The order of a list of trades, and walking it from any place without counting what lies before.

Keyset paging: a page begins after a trade, whose own values say where that is. Rows without a value come last
in either direction; equal ones are ordered by number.
"""

from dataclasses import dataclass
from typing import Any, cast

from django.db.models import BigIntegerField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import NullIf
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, IsNull, LessThan, LessThanOrEqual

from kiwoomweb.access.models import Account
from portfolio.models import Trade
from portfolio.selectors.filtering.asking import TradeFilter
from portfolio.selectors.filtering.finding import DAY, filtered
from portfolio.selectors.filtering.lines import TradeLine, lines_of

__all__ = ["DEFAULT_SORT", "SORTS", "Page", "neighbours", "page_of"]

DEFAULT_SORT = "-day"


def _ratio(over: str, under: str) -> Any:
    """In millionths and whole, so that both databases compare the same numbers."""
    return ExpressionWrapper(F(over) * 1_000_000 / NullIf(F(under), 0), output_field=BigIntegerField())


#: What a column orders by, and whether it is known of every trade.
SORTS: dict[str, tuple[Any, bool]] = {
    "day": (DAY, True),
    "name": (F("name"), True),
    "net": (F("net"), False),
    "return": (_ratio("net", "cost"), False),
    "r": (_ratio("net", "review__risk"), False),
    "quantity": (F("max_quantity"), True),
    "held": (F("held_minutes"), False),
}


@dataclass(frozen=True, slots=True)
class Page:
    """Some trades in order, and whether there are others on either side."""

    trades: list[TradeLine]
    has_earlier: bool
    has_later: bool


def page_of(
    account: Account,
    asked: TradeFilter,
    sort: str = DEFAULT_SORT,
    *,
    after: int | None = None,
    before: int | None = None,
    size: int = 50,
) -> Page:
    """The trades after (or before) the trade of that number; of an unknown number the first ones."""
    rows, order = filtered(account, asked), _Order(sort)
    place = order.place_of(account, after or before)
    if place is None:
        found = _first(order.apply(rows), size + 1)
        return Page(found[:size], has_earlier=False, has_later=len(found) > size)
    if after:
        found = _first(order.apply(rows.filter(order.beyond(place))), size + 1)
        return Page(found[:size], has_earlier=True, has_later=len(found) > size)
    back = _Order(sort, is_backwards=True)
    found = _first(back.apply(rows.filter(back.beyond(place))), size + 1)
    return Page(found[:size][::-1], has_earlier=len(found) > size, has_later=True)


def _first(rows: "QuerySet[Trade]", size: int) -> list[TradeLine]:
    """Ordered by number alone and then fetched: a sort that carries whole rows costs several times as much."""
    return lines_of(list(rows.values_list("pk", flat=True)[:size]))


def neighbours(
    account: Account, asked: TradeFilter, trade: Trade, sort: str = DEFAULT_SORT
) -> tuple[int | None, int | None]:
    """The numbers of the trades before and after this one in the filtered list; it need not be in it itself."""
    found: list[int | None] = []
    for is_backwards in (True, False):
        order = _Order(sort, is_backwards=is_backwards)
        place = order.place_of(account, trade.pk)
        rows = filtered(account, asked).filter(order.beyond(place)) if place else Trade.objects.none()
        found.append(order.apply(rows).values_list("pk", flat=True).first() if place else None)
    return found[0], found[1]


class _Order:
    """One order of the list, or the same read from its end."""

    def __init__(self, sort: str, *, is_backwards: bool = False) -> None:
        key = sort.removeprefix("-")
        sort, key = (sort, key) if key in SORTS else (DEFAULT_SORT, "day")
        self.key, self.is_total = SORTS[key]
        self.falls = sort.startswith("-") != is_backwards
        #: Unknown values end the list, so they begin it when it is read from the end.
        self.nulls_first = is_backwards

    def apply(self, rows: "QuerySet[Trade]") -> "QuerySet[Trade]":
        if self.is_total:  # a plain order, which an index can give
            return rows.order_by(
                self.key.desc() if self.falls else self.key.asc(), "-pk" if self.falls else "pk"
            )
        nulls = {"nulls_first": True} if self.nulls_first else {"nulls_last": True}
        key = self.key.desc(**nulls) if self.falls else self.key.asc(**nulls)
        return rows.order_by(key, "-pk" if self.falls else "pk")

    def place_of(self, account: Account, pk: int | None) -> tuple[Any, int] | None:
        """The value and number a trade is ordered by."""
        if pk is None:
            return None
        rows = Trade.objects.filter(account=account, pk=pk).annotate(key_=self.key)
        return cast("tuple[Any, int] | None", rows.values_list("key_", "pk").first())

    def beyond(self, place: tuple[Any, int]) -> Q:
        """What follows that place."""
        value, pk = place
        same = Q(pk__lt=pk) if self.falls else Q(pk__gt=pk)
        unknown = Q(IsNull(self.key, True))
        if value is None:
            return unknown & same | ~unknown if self.nulls_first else unknown & same
        strict, loose = (LessThan, LessThanOrEqual) if self.falls else (GreaterThan, GreaterThanOrEqual)
        # The loose bound is what an index can seek to; the rest only cuts off the equal ones.
        known = Q(loose(self.key, value)) & (Q(strict(self.key, value)) | Q(Exact(self.key, value)) & same)
        return known if self.is_total or self.nulls_first else known | unknown
