"""The newest closed trades up to a day, bounded in number: a large account costs no more than a small one."""

from dataclasses import dataclass
from datetime import date, timedelta

from kiwoomweb.access.models import Account
from portfolio.analytics.outcomes import Outcome
from portfolio.selectors.outcomes import closed, outcomes_of
from portfolio.selectors.trades import trades_of

__all__ = ["Recent", "recent"]

#: Enough for every interval of a report, read in a blink.
MOST, REACH = 2_000, timedelta(weeks=26)


@dataclass(frozen=True, slots=True)
class Recent:
    """``outcomes`` closed from ``first`` to ``last``, oldest first; ``is_cut`` when older ones were left out
    because there are too many of them. Whole days: one day alone may hold more than ``MOST``."""

    first: date
    last: date
    outcomes: tuple[Outcome, ...]
    is_cut: bool


def recent(account: Account, last: date, most: int = MOST) -> Recent:
    """Trades closed in the half year up to ``last``, at the most the newest ``most``."""
    first = last - REACH + timedelta(days=1)
    rows = closed(trades_of(account).filter(closed_day__range=(first, last)))
    beyond = rows.order_by("-closed_day", "-pk").values_list("closed_day", flat=True)[most : most + 1]
    day = next(iter(beyond), None)
    if day is not None:
        first = min(day + timedelta(days=1), last)
        rows = rows.filter(closed_day__gte=first)
    return Recent(first, last, tuple(outcomes_of(account, rows)), day is not None)
