"""Do the broker's figures agree, day by day? The last days at a glance; ``reconciliation`` has the details."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from kiwoomweb.access.models import Account
from kiwoomweb.broker.market_calendar import trading_days
from portfolio.analytics.reconciling import Verdict, compare
from portfolio.models import RealisedDay, Sale
from portfolio.selectors.days import corrections
from portfolio.selectors.sales import told_best

__all__ = ["Agreement", "DayVerdict", "agreement"]


@dataclass(frozen=True, slots=True)
class DayVerdict:
    """One trading day; ``verdict`` is ``None`` when nothing was sold, so that there is nothing to compare."""

    day: date
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The days, oldest first, today left out: its figures still move."""

    days: tuple[DayVerdict, ...]

    @property
    def compared(self) -> int:
        """Days on which both sides were told."""
        return sum(day.verdict not in {None, Verdict.UNKNOWN} for day in self.days)

    @property
    def differing(self) -> int:
        """Days whose difference nobody has explained yet."""
        return sum(day.verdict is Verdict.DIFFERENT for day in self.days)


def agreement(account: Account, today: date, count: int = 20) -> Agreement:
    """The last ``count`` trading days before today. Three queries."""
    known = trading_days(today - timedelta(days=2 * count + 14), today - timedelta(days=1), corrections())
    days = sorted(islice(reversed(list(known)), count))
    if not days:
        return Agreement(())
    told = RealisedDay.objects.current().filter(account=account, day__range=(days[0], days[-1]))
    totals = dict(told.values_list("day", "realised"))
    sold: dict[date, list[Sale]] = defaultdict(list)
    for sale in Sale.objects.current().filter(account=account, day__range=(days[0], days[-1])):
        sold[sale.day].append(sale)
    return Agreement(tuple(DayVerdict(day, _verdict(totals.get(day), told_best(sold[day]))) for day in days))


def _verdict(total: int | None, sales: list[Sale]) -> Verdict | None:
    if total is None and not sales:
        return None
    summed = sum(sale.realised for sale in sales) if sales else None
    return compare(summed, total, 2 * len(sales) + 2).verdict
