"""자산: everything the overview shows. Each part is looked up when the template first asks for it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from portfolio.analytics.equity import EquityPoint
from portfolio.figures.equity import equity_figure
from portfolio.presenting.calendar import MonthView, month_view, own_scale
from portfolio.presenting.choosing import Choosing
from portfolio.presenting.freshness import Freshness
from portfolio.presenting.holdings import HoldingsView
from portfolio.presenting.periods import Choice, Period, choices, month_of, period
from portfolio.selectors.days import clock_of
from portfolio.selectors.holdings import Assets, assets
from portfolio.selectors.months import month
from portfolio.selectors.performance import EquityCurve, equity_curve
from portfolio.selectors.reviews.queue import waiting_count
from portfolio.selectors.today import Today, today
from portfolio.selectors.worth import worth_by_day
from portfolio.timetable import Clock

__all__ = ["OverviewPage"]

SPARK_DAYS = 12
RANGES = ("1m", "3m", "ytd", "all")


@dataclass(kw_only=True)
class OverviewPage(Choosing):
    """``range`` and ``month`` come from the address and may be nonsense. A filter chooses whose results the
    curve and the calendar tell; what is held and earned today is the account's in any case."""

    OWN = ("range", "month")

    @cached_property
    def clock(self) -> Clock:
        """The broker's clock."""
        return clock_of(self.account)

    @cached_property
    def trading_day(self) -> date:
        """The trading day the account is in."""
        return self.clock.trading_day

    @property
    def day(self) -> date:
        """The same."""
        return self.trading_day

    @cached_property
    def today(self) -> Today:
        """Today's results and fills."""
        return today(self.account)

    @property
    def costs_today(self) -> int | None:
        """Commission and tax of today in won."""
        parts = (self.today.commission, self.today.tax)
        return None if None in parts else sum(part or 0 for part in parts)

    @property
    def holdings_query(self) -> str:
        """The day of the holdings, as an address says it."""
        return f"day={self.assets.day}"

    @cached_property
    def assets(self) -> Assets:
        """Holdings, totals, cash."""
        return assets(self.account)

    @cached_property
    def holdings(self) -> HoldingsView:
        """The table of what is held, at what selling it now would bring."""
        return HoldingsView(self.account, self.assets, self.clock)

    @property
    def settled_cash(self) -> int | None:
        """예수금 after both pending settlements (D+2)."""
        return self.assets.cash.d2 if self.assets.cash else None

    @property
    def buying_power(self) -> int | None:
        """주문 가능 금액."""
        return self.assets.cash.buying_power if self.assets.cash else None

    @cached_property
    def worth(self) -> tuple[int, ...]:
        """추정자산 of the last days, oldest first."""
        return worth_by_day(self.account, SPARK_DAYS)

    @property
    def worth_change(self) -> int | None:
        """추정자산 against the day before; unknown with one day only."""
        return self.worth[-1] - self.worth[-2] if len(self.worth) > 1 else None

    @cached_property
    def whole(self) -> EquityCurve:
        """The curve from the beginning: where the present drawdown is measured."""
        return equity_curve(self.account)

    @property
    def newest(self) -> EquityPoint | None:
        """The last day of the curve."""
        return self.whole.points[-1] if self.whole.points else None

    @property
    def drawdown(self) -> int | None:
        """Won below the highest point of the curve."""
        return self.newest.drawdown if self.newest else None

    @property
    def days_below_peak(self) -> int:
        """Days with a result since the highest point."""
        points = self.whole.points
        return next((n for n, point in enumerate(reversed(points)) if point.drawdown == 0), len(points))

    @property
    def sparks(self) -> dict[str, list[int]]:
        """The last days behind three of the numbers."""
        last = self.whole.points[-SPARK_DAYS:]
        return {
            "realised": [point.realised for point in last],
            "sum": [point.cumulative for point in last],
            "fall": [point.drawdown for point in last],
        }

    @cached_property
    def period(self) -> Period:
        """What the curve covers."""
        return period(self.said("range"), self.day)

    @property
    def ranges(self) -> list[Choice]:
        """The switch above the curve."""
        return choices(self.period.key, RANGES)

    @cached_property
    def curve(self) -> EquityCurve:
        """The curve of the chosen period, beginning at zero."""
        first, last = self.period.first, self.period.last
        return self.chosen.curve(first, last) if self.is_chosen else equity_curve(self.account, first, last)

    @property
    def figure(self) -> dict[str, Any]:
        """The curve over its drawdown, as a Plotly figure."""
        return equity_figure(self.curve)

    @cached_property
    def month(self) -> MonthView:
        """The month of the calendar."""
        first = month_of(self.said("month"), self.day)
        scale = own_scale(point.realised for point in (self.curve if self.is_chosen else self.whole).points)
        return month_view(month(self.account, first.year, first.month, self.chosen), self.day, scale)

    @cached_property
    def this_month(self) -> MonthView:
        """The present month of the whole account, whatever the calendar shows."""
        if self.month.later is None and not self.is_chosen:
            return self.month
        return month_view(month(self.account, self.day.year, self.day.month), self.day, 0)

    @cached_property
    def waiting(self) -> int:
        """How many closed trades wait for a review."""
        return waiting_count(self.account)

    @cached_property
    def fresh(self) -> Freshness:
        """How old all this is."""
        return Freshness(self.account)
