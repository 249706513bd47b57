"""What the sales of chosen trades realised, by day and by symbol: their slices added up by the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from kiwoomweb.access.models import Account
from portfolio.analytics.equity import EquityPoint, deepest_fall, equity
from portfolio.models import Trade, TradeSlice
from portfolio.selectors.filtering.asking import TradeFilter
from portfolio.selectors.filtering.finding import filtered
from portfolio.selectors.performance import DayResult, EquityCurve, SymbolResult

__all__ = ["Chosen"]

SUMS = ("sold", "commission", "tax")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The trades of a filter, whatever days it names: pages have days of their own.

    ``first_in_first_out`` reckons what the sold shares had cost by 선입선출 instead of the broker's moving
    average. What is of unknown cost is left out, never taken for zero.
    """

    account: Account
    asked: TradeFilter
    first_in_first_out: bool = False

    @property
    def is_everything(self) -> bool:
        """Nothing is asked, and nothing reckoned otherwise than the broker does."""
        return self.asked.is_empty and not self.first_in_first_out

    def by_day(self, first: date | None = None, last: date | None = None) -> tuple[DayResult, ...]:
        """Days with a sale, newest first; ``bought`` is what the sold shares had cost. One query."""
        found = self._slices(first, last).values("day").annotate(**self._sums()).order_by("-day")
        rows: Iterable[Mapping[str, Any]] = found
        return tuple(
            DayResult(row["day"], row["cost_"], row["sold_"], row["net_"], row["commission_"], row["tax_"])
            for row in rows
        )

    def by_symbol(self, first: date | None = None, last: date | None = None) -> tuple[SymbolResult, ...]:
        """One line for each symbol sold, best result first; ``sales`` are days with one. One query."""
        told = self._slices(first, last).values("symbol").annotate(
            name_=Max("trade__name"),
            sales_=Count("pk"),
            wins_=Count("pk", filter=Q(net__gt=0)),
            costless_=Count("pk", filter=Q(cost=None)),
            quantity_=Sum("sold_quantity"),
            last_=Max("day"),
            **self._sums(),
        )  # fmt: skip
        return tuple(sorted(map(_symbol, told), key=lambda line: (-line.realised, line.symbol)))

    def curve(self, first: date | None = None, last: date | None = None) -> EquityCurve:
        """The running sum of what the sales realised."""
        points: tuple[EquityPoint, ...] = equity((row.day, row.realised) for row in self.by_day(first, last))
        return EquityCurve(points, deepest_fall(points), points[-1].cumulative if points else 0)

    def days(self, first: date, last: date) -> set[date]:
        """The days on which one of the trades began or sold something."""
        sold = TradeSlice.objects.filter(trade__in=self.trades, day__range=(first, last))
        began = self.trades.filter(opened_day__range=(first, last))
        return {*sold.values_list("day", flat=True), *began.values_list("opened_day", flat=True)}

    def unknown(self, first: date | None = None, last: date | None = None) -> int:
        """How many trades sold something in these days of which nobody knows what it had cost."""
        rows = self._within(first, last).filter(self._is_unknown)
        return rows.values("trade").distinct().count()

    @property
    def trades(self) -> "QuerySet[Trade]":
        """The trades themselves."""
        return filtered(self.account, self.asked)

    @property
    def _is_unknown(self) -> Q:
        unknown = Q(net=None)
        return unknown | Q(cost=None) | Q(cost_fifo=None) if self.first_in_first_out else unknown

    def _slices(self, first: date | None, last: date | None) -> "QuerySet[TradeSlice]":
        return self._within(first, last).exclude(self._is_unknown).order_by()

    def _within(self, first: date | None, last: date | None) -> "QuerySet[TradeSlice]":
        rows = TradeSlice.objects.filter(account=self.account, trade__in=self.trades.values("pk"))
        rows = rows.filter(day__gte=first) if first else rows
        return rows.filter(day__lte=last) if last else rows

    def _sums(self) -> dict[str, Sum]:
        cost = "cost_fifo" if self.first_in_first_out else "cost"
        net = F("net") + F("cost") - F("cost_fifo") if self.first_in_first_out else F("net")
        return {f"{name}_": Sum(name) for name in SUMS} | {"cost_": Sum(cost, default=0), "net_": Sum(net)}


def _symbol(row: Mapping[str, Any]) -> SymbolResult:
    cost, realised = row["cost_"], row["net_"]
    return SymbolResult(
        row["symbol"],
        row["name_"] or row["symbol"],
        row["sales_"],
        row["wins_"],
        row["quantity_"],
        cost,
        row["sold_"],
        realised,
        row["commission_"],
        row["tax_"],
        Decimal(100) * realised / cost if cost and not row["costless_"] else None,
        row["last_"],
    )
