"""손익: the results of a period by day or by symbol, ordered and summed; of all sales or of a filter's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kiwoomweb.access.models import Account, User
from portfolio.presenting.filter_bar import FilterBar
from portfolio.presenting.freshness import Freshness
from portfolio.presenting.periods import Choice, Period, choices, period
from portfolio.presenting.rows import costs, day_row, symbol_row
from portfolio.presenting.tables import Column, Header, headers, ordered
from portfolio.selectors.days import today_of
from portfolio.selectors.filtering import TradeFilter
from portfolio.selectors.filtering.results import Chosen
from portfolio.selectors.performance import DayResult, SymbolResult, by_day, by_symbol

__all__ = ["COSTINGS", "DAY_COLUMNS", "SYMBOL_COLUMNS", "PnlPage", "Sums"]

#: How what was sold had cost: as the broker counts, or first in, first out.
COSTINGS: dict[str, "str | Promise"] = {"average": pgettext_lazy("cost", "이동평균"), "fifo": _("선입선출")}

GROUPINGS: dict[str, "str | Promise"] = {"day": _("일자별"), "symbol": _("종목별")}
DAY_COLUMNS = (
    Column("day", _("일자"), is_text=True),
    Column("sold", _("매도금액"), is_wide=True),
    Column("bought", _("매수금액"), is_wide=True),
    Column("costs", _("수수료+세금"), is_wide=True),
    Column("realised", _("실현손익")),
    Column("sum", _("기간 누적"), is_wide=True, is_fixed=True),
)
#: Of chosen trades what the sold shares had cost; what was bought that day belongs to no sale.
CHOSEN_COLUMNS = tuple(
    replace(column, label=_("매입금액")) if column.key == "bought" else column for column in DAY_COLUMNS
)
SYMBOL_COLUMNS = (
    Column("name", _("종목"), is_text=True),
    Column("sales", _("매도 건수"), is_wide=True),
    Column("quantity", _("수량"), is_wide=True),
    Column("sold", _("매도금액"), is_wide=True),
    Column("costs", _("수수료+세금"), is_wide=True),
    Column("return_rate", _("수익률")),
    Column("realised", _("실현손익")),
    Column("last_day", _("마지막 매도"), is_text=True, is_wide=True),
)


@dataclass(frozen=True, slots=True)
class Sums:
    """The table's foot, in won; ``wins`` and ``losses`` count rows."""

    rows: int
    bought: int
    sold: int
    costs: int
    realised: int
    wins: int
    losses: int


@dataclass
class PnlPage:
    """``asked`` is the query of the address: ``by``, ``period`` (or ``first`` and ``last``), ``sort``, ``cost``
    and a filter of trades; nonsense becomes the default. Without filter and with the broker's average the
    figures are the broker's own, else they are added up from the sales of our trades."""

    account: Account
    asked: Mapping[str, str]
    person: User | None = None

    @property
    def by(self) -> str:
        """``day`` or ``symbol``."""
        return "symbol" if self.asked.get("by") == "symbol" else "day"

    @cached_property
    def day(self) -> date:
        """The trading day the account is in."""
        return today_of(self.account)

    @cached_property
    def whole(self) -> TradeFilter:
        """The filter of the address, with the days it names."""
        return TradeFilter.parse(self.asked, self.day)

    @cached_property
    def chosen(self) -> Chosen:
        """Whose sales are summed."""
        return Chosen(self.account, self.whole.without("period"), self.costing == "fifo")

    @property
    def costing(self) -> str:
        """``average`` (이동평균) or ``fifo`` (선입선출)."""
        return "fifo" if self.asked.get("cost") == "fifo" else "average"

    @cached_property
    def bar(self) -> FilterBar | None:
        """The filter bar, for whoever is signed in."""
        return FilterBar(self.account, self.person, self.whole, self._said) if self.person else None

    @cached_property
    def period(self) -> Period:
        """What is summed: a span by its name, or the days of the address."""
        asked = self.whole
        if not asked.period and (asked.first or asked.last):
            return Period("", asked.first, min(asked.last or self.day, self.day))
        return period(self.asked.get("period", ""), self.day)

    @property
    def periods(self) -> list[tuple[Choice, str]]:
        """The switch above the table, each with its address."""
        return [(choice, self._address(choice.key)) for choice in choices(self.period.key)]

    @property
    def groupings(self) -> list[tuple[Choice, str]]:
        """By day or by symbol."""
        return self._switch("by", GROUPINGS, self.by)

    @property
    def costings(self) -> list[tuple[Choice, str]]:
        """The switch between the two ways of reckoning."""
        return self._switch("cost", COSTINGS, self.costing)

    def _switch(self, name: str, labels: "Mapping[str, str | Promise]", now: str) -> list[tuple[Choice, str]]:
        return [
            (Choice(key, str(label), key == now), self._address(**{name: key})) for key, label in labels.items()
        ]

    @property
    def sort(self) -> str:
        """A column's key, with a minus for descending."""
        wanted = self.asked.get("sort", "")
        known = {column.key for column in self.columns if not column.is_fixed}
        return wanted if wanted.removeprefix("-") in known else f"-{self._natural}"

    @property
    def _natural(self) -> str:
        return "realised" if self.by == "symbol" else "day"

    @property
    def table(self) -> str:
        """What this table is called among the files."""
        return "symbols" if self.by == "symbol" else "days"

    @property
    def query(self) -> str:
        """Filter, days and order, as an address says them."""
        return self._address(sort=self.sort)

    @property
    def _said(self) -> dict[str, str]:
        """What the address says beside the filter; what is usual is not said."""
        said = {"by": self.by, "cost": self.costing}
        return {name: value for name, value in said.items() if value not in {"day", "average"}}

    def _address(self, span: str = "", **changes: str) -> str:
        """The query with some things said differently; ``span`` names other days."""
        free = [] if span else [pair for pair in self.whole.pairs() if pair[0] in {"first", "last"}]
        said = [*(free or [("period", span or self.period.key)]), *{**self._said, **changes}.items()]
        return "&".join(part for part in (self.chosen.asked.query(), urlencode(said)) if part)

    @property
    def columns(self) -> Sequence[Column]:
        """The columns of the table asked for."""
        if self.by == "symbol":
            return SYMBOL_COLUMNS
        return DAY_COLUMNS if self.chosen.is_everything else CHOSEN_COLUMNS

    @property
    def headers(self) -> list[Header]:
        """The columns with the address each orders by."""
        return [
            replace(header, query=f"{self._address()}&{header.query}") if header.query else header
            for header in headers(self.columns, self.sort, {})
        ]

    @cached_property
    def results(self) -> Sequence[Any]:
        """The results of the period in the order asked for."""
        return ordered(self._asked_for(), self.sort, {"costs": costs})

    def _asked_for(self) -> "Sequence[DayResult | SymbolResult]":
        first, last = self.period.first, self.period.last
        if self.chosen.is_everything:
            return (by_symbol if self.by == "symbol" else by_day)(self.account, first, last)
        return self.chosen.by_symbol(first, last) if self.by == "symbol" else self.chosen.by_day(first, last)

    @cached_property
    def unknown(self) -> int:
        """Trades that are left out, because nobody knows what they had cost."""
        return 0 if self.chosen.is_everything else self.chosen.unknown(self.period.first, self.period.last)

    @property
    def rows(self) -> SafeString:
        """The body of the table."""
        if self.by == "symbol":
            symbols = reverse("market:symbols", args=[self.account.code])
            return SafeString("".join(symbol_row(result, symbols) for result in self.results))
        days, asked = reverse("portfolio:journal", args=[self.account.code]), self.chosen.asked.query()
        onward = f"?{asked}" if asked else ""
        return SafeString(
            "".join(day_row(result, self.running[result.day], days, onward) for result in self.results)
        )

    @cached_property
    def running(self) -> dict[date, int]:
        """What had been realised in the period up to each day, whatever the order of the table."""
        days = sorted(self.results, key=lambda result: result.day)
        return dict(zip((r.day for r in days), accumulate(r.realised for r in days), strict=True))

    @cached_property
    def sums(self) -> Sums:
        """Won-exact: whole numbers are added, nothing is rounded."""
        found = self.results
        return Sums(
            len(found),
            sum(getattr(r, "bought", 0) for r in found),
            sum(r.sold for r in found),
            sum(map(costs, found)),
            sum(r.realised for r in found),
            sum(r.realised > 0 for r in found),
            sum(r.realised < 0 for r in found),
        )

    @property
    def beyond_days(self) -> int:
        """By how many won the sales differ from the days: the broker truncates the commission of each sale."""
        if self.by == "day" or not self.chosen.is_everything:
            return 0
        days = by_day(self.account, self.period.first, self.period.last)
        return self.sums.realised - sum(day.realised for day in days)

    @cached_property
    def fresh(self) -> Freshness:
        """How old all this is."""
        return Freshness(self.account)
