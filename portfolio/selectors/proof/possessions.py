"""Shares and cash at a day's end: its close as ka01690 tells it of any past day; where that is not known, what
kt00018 said last, if it was asked late enough. The cash after settlement is told of the present only (kt00001).

Holdings that were read before the day's last fill are no day's end. Such a day is skipped, and the next known
one is held against the last known one before it, with every fill in between.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, Sum

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL, Side
from kiwoomweb.broker.market_calendar import Overrides, previous_trading_day, sessions
from orders.models import Fill
from portfolio.analytics.proof.facts import CashDay, Traded
from portfolio.analytics.trades.changes import Change
from portfolio.models import Balance, ClosingBalance, ClosingHolding, Deposit, Holding
from portfolio.selectors.trades.executions import changes_of

__all__ = ["Possessions", "possessions_of"]

#: A last look so shortly before the close counts as the day's end.
LATE_ENOUGH = timedelta(minutes=10)
#: How far back the last known holdings are looked for.
REACH = timedelta(days=45)

Shares = Mapping[str, int]


@dataclass
class Possessions:
    """Day ends of shares (``held``) and cash. ``started`` is what a day began with; ``closes`` the booked cash
    of the days whose close is known."""

    held: Mapping[date, Shares]
    started: Mapping[date, Shares]
    events: Mapping[date, tuple[Change, ...]]
    replayed: Mapping[date, Shares]
    cash: Mapping[date, CashDay]
    closes: Mapping[date, int]
    before: Mapping[date, date]

    def of(self, day: date) -> dict[str, Any]:
        """The fields of ``DayFacts`` about shares and cash."""
        return {
            "held": self.held.get(day),
            "held_before": self.started.get(day),
            "held_at_close": day in self.closes,
            "events": self.events.get(day, ()),
            "replayed": self.replayed.get(day),
            "cash": self._cash(day),
            "cash_before": self._cash(self.before[day]),
        }

    def _cash(self, day: date) -> CashDay:
        d2 = self.cash[day].d2 if day in self.cash else None
        return CashDay(self.closes.get(day), d2, is_close=day in self.closes)


def possessions_of(
    account: Account,
    days: Sequence[date],
    fills: Mapping[date, Sequence[Traded]],
    corrected: Overrides,
    replies: dict[date, set[int]],
) -> Possessions:
    """Six queries; one more where days between two known ones are missing."""
    quiet = {day for day in days if not fills.get(day)}
    closes = _closes(account, days)
    known = sorted({*_known(account, days, quiet, corrected), *closes})
    last_before = {day: max((one for one in known if one < day), default=None) for day in days if day in known}
    wanted = {*last_before, *filter(None, last_before.values())}
    held = _held(account, Holding, wanted - closes.keys(), replies)
    held |= _held(account, ClosingHolding, wanted & closes.keys(), replies)
    before = {day: previous_trading_day(day, corrected) for day in days}
    started = {
        day: _carried(account, held[last], last, day, before[day]) for day, last in last_before.items() if last
    }
    first = next((day for day, last in last_before.items() if last is None), None)
    return Possessions(
        held,
        started,
        _events(account, last_before),
        {first: _added(account, Q(day__lt=first))} if first else {},
        _cash(account, {*days, *before.values()}, quiet, corrected, replies),
        closes,
        before,
    )


def _closes(account: Account, days: Sequence[date]) -> dict[date, int]:
    """The booked cash of each day whose close is known, from the last ones before the first day on."""
    rows = ClosingBalance.objects.current().filter(account=account, day__range=(days[0] - REACH, days[-1]))
    return dict(rows.values_list("day", "cash"))


def _known(account: Account, days: Sequence[date], quiet: set[date], corrected: Overrides) -> list[date]:
    """The days whose last look at the holdings was a day's end, oldest first."""
    rows = Balance.objects.current().filter(account=account, day__range=(days[0] - REACH, days[-1]))
    told = rows.order_by("day").values_list("day", "told_at")
    return [day for day, told_at in told if day in quiet or _is_late(day, told_at, corrected)]


def _is_late(day: date, told_at: datetime | None, corrected: Overrides) -> bool:
    hours = sessions(day, corrected)
    return bool(told_at and hours and told_at.astimezone(SEOUL) >= hours.closes - LATE_ENOUGH)


def _held(
    account: Account,
    kind: type[Holding | ClosingHolding],
    days: Iterable[date],
    replies: dict[date, set[int]],
) -> dict[date, Counter[str]]:
    found: dict[date, Counter[str]] = {day: Counter() for day in days}
    if not found:
        return found
    rows = kind.objects.current().filter(account=account, day__in=list(found))
    for day, symbol, quantity, reply in rows.values_list("day", "symbol", "quantity", "reply_id"):
        found[day][symbol] += quantity
        if reply:
            replies[day].add(reply)
    return found


def _carried(account: Account, shares: Shares, known: date, day: date, yesterday: date) -> Counter[str]:
    """Shares of the last known day, with the fills of the days between."""
    found = Counter(shares)
    if known < yesterday:
        found.update(_added(account, Q(day__gt=known, day__lt=day)))
    return found


def _events(account: Account, last_before: Mapping[date, date | None]) -> dict[date, tuple[Change, ...]]:
    """The confirmed events since the holdings that each day began with; one query where there are holdings."""
    if not last_before:
        return {}
    changes = changes_of(account.pk)
    return {
        day: tuple(change for change in changes if (last or date.min) < change.day <= day)
        for day, last in last_before.items()
    }


def _added(account: Account, days: Q) -> Counter[str]:
    """How many shares of each symbol the fills of these days added."""
    found: Counter[str] = Counter()
    rows = Fill.objects.current().filter(days, account=account)
    for symbol, side, shares in rows.values_list("symbol", "side").annotate(n=Sum("quantity")):
        found[symbol] += -shares if side == Side.SELL.value else shares
    return found


def _cash(
    account: Account,
    days: Iterable[date],
    quiet: set[date],
    corrected: Overrides,
    replies: dict[date, set[int]],
) -> dict[date, CashDay]:
    rows = Deposit.objects.current().filter(account=account, day__in=list(days))
    found = defaultdict(CashDay)
    for day, d2, told_at, reply in rows.values_list("day", "d2", "told_at", "reply_id"):
        if day in quiet or _is_late(day, told_at, corrected):
            found[day] = CashDay(None, d2)
            if reply:
                replies[day].add(reply)
    return found
