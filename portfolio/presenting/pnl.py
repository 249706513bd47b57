"""손익: the results of a period by day or by symbol, ordered and summed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.models import Account
from portfolio.presenting.freshness import Freshness
from portfolio.presenting.periods import Choice, Period, choices, period
from portfolio.presenting.rows import costs, day_row, symbol_row
from portfolio.presenting.tables import Column, Header, headers, ordered
from portfolio.selectors.days import today_of
from portfolio.selectors.performance import DayResult, SymbolResult, by_day, by_symbol

__all__ = ["DAY_COLUMNS", "SYMBOL_COLUMNS", "PnlPage", "Sums"]

DAY_COLUMNS = (
    Column("day", _("일자"), is_text=True),
    Column("sold", _("매도금액"), is_wide=True),
    Column("bought", _("매수금액"), is_wide=True),
    Column("costs", _("수수료+세금"), is_wide=True),
    Column("realised", _("실현손익")),
    Column("sum", _("기간 누적"), is_wide=True, is_fixed=True),
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
    """``asked`` is the query of the address: ``by``, ``period``, ``sort``; nonsense becomes the default."""

    account: Account
    asked: Mapping[str, str]

    @property
    def by(self) -> str:
        """``day`` or ``symbol``."""
        return "symbol" if self.asked.get("by") == "symbol" else "day"

    @cached_property
    def day(self) -> date:
        """The trading day the account is in."""
        return today_of(self.account)

    @cached_property
    def period(self) -> Period:
        """What is summed."""
        return period(self.asked.get("period", ""), self.day)

    @property
    def periods(self) -> list[Choice]:
        """The switch above the table."""
        return choices(self.period.key)

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
        """The period and the order, as an address says them."""
        return urlencode({"period": self.period.key, "sort": self.sort})

    @property
    def columns(self) -> Sequence[Column]:
        """The columns of the table asked for."""
        return SYMBOL_COLUMNS if self.by == "symbol" else DAY_COLUMNS

    @property
    def headers(self) -> list[Header]:
        """The columns with the address each orders by."""
        return headers(self.columns, self.sort, {"by": self.by, "period": self.period.key})

    @cached_property
    def results(self) -> Sequence[Any]:
        """The results of the period in the order asked for."""
        ask = by_symbol if self.by == "symbol" else by_day
        found: Sequence[DayResult | SymbolResult] = ask(self.account, self.period.first, self.period.last)
        return ordered(found, self.sort, {"costs": costs})

    @property
    def rows(self) -> SafeString:
        """The body of the table."""
        if self.by == "symbol":
            symbols = reverse("market:symbols", args=[self.account.code])
            return SafeString("".join(symbol_row(result, symbols) for result in self.results))
        days = reverse("portfolio:journal", args=[self.account.code])
        return SafeString("".join(day_row(result, self.running[result.day], days) for result in self.results))

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
        if self.by == "day":
            return 0
        days = by_day(self.account, self.period.first, self.period.last)
        return self.sums.realised - sum(day.realised for day in days)

    @cached_property
    def fresh(self) -> Freshness:
        """How old all this is."""
        return Freshness(self.account)
