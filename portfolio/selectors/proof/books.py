"""The account's books for a proof: booked rows (kt00015), worth by day (kt00002), and what trades realised."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q

from kiwoomweb.access.models import Account
from kiwoomweb.broker.market_calendar import Overrides, previous_trading_day, trading_day_after
from orders.models import AGGREGATE, Fill
from portfolio.analytics.proof.facts import Booked, Slice
from portfolio.models import CashFlow, CashKind, DayWorth, State, SyncTask, TradeSlice
from portfolio.selectors.proof.reads import LEDGER, DayReads

__all__ = ["Books", "books_of", "slices_of"]

SIDES = {CashKind.BUY.value: False, CashKind.SELL.value: True}
#: The longest stretch of closed days.
CLOSED_DAYS = timedelta(days=14)


@dataclass
class Books:
    """By trading day: rows ``booked`` on it (and on closed days before it), rows ``settled`` for its trades,
    and the booked cash at its end (``worth``). A day nobody asked about has no entry."""

    booked: Mapping[date, tuple[Booked, ...]]
    settled: Mapping[date, tuple[Booked, ...]]
    worth: Mapping[date, int]
    is_offered: bool
    awaited: frozenset[date]

    def is_awaited(self, day: date) -> bool:
        """Whether the day's trades have not been booked yet."""
        return day in self.awaited


def books_of(
    account: Account,
    days: Sequence[date],
    reads: Mapping[date, DayReads],
    corrected: Overrides,
    replies: dict[date, set[int]],
) -> Books:
    """Three queries."""
    before = {day: previous_trading_day(day, corrected) for day in days}
    rows = list(_rows(account, before[days[0]], days[-1]))
    booked: dict[date, list[Booked]] = {day: [] for day in days if _was_asked(day, reads.get(day))}
    settled: dict[date, list[Booked]] = defaultdict(list)
    for traded, on, reply, row in rows:
        for day in days:
            if day == traded:
                settled[day].append(row)
            if day in booked and before[day] < on <= day:
                booked[day].append(row)
            if reply and (day == traded or before[day] < on <= day):
                replies[day].add(reply)
    asked, offered = _asked_up_to(account)
    return Books(
        {day: tuple(found) for day, found in booked.items()},
        {day: tuple(found) for day, found in settled.items()},
        _worth(account, (before[days[0]], days[-1])),
        offered and any(LEDGER in one.planned for one in reads.values()),
        frozenset(day for day in days if trading_day_after(day, 2, corrected) > asked),
    )


def _rows(account: Account, after: date, last: date) -> "list[tuple[date, date, int | None, Booked]]":
    """Rows traded or booked in the span; a trade is booked within two weeks, over the longest holidays."""
    rows = CashFlow.objects.current().filter(
        account=account, settled_on__gt=after, settled_on__lte=last + CLOSED_DAYS
    )
    columns = ("day", "settled_on", "reply_id", "kind", "gross", "commission", "tax", "amount")
    return [
        (day, on, reply, _booked(kind, gross, commission, tax, amount))
        for day, on, reply, kind, gross, commission, tax, amount in rows.values_list(*columns)
    ]


def _booked(kind: str, gross: int, commission: int, tax: int, amount: int | None) -> Booked:
    queued = kind == CashKind.OTHER.value
    return Booked("" if queued else kind, SIDES.get(kind), gross, commission, tax, amount, queued)


def _was_asked(day: date, reads: DayReads | None) -> bool:
    """Whether the ledger was read when the day's bookings were all in it: from its evening on."""
    read_at: datetime | None = reads.latest.get(LEDGER) if reads else None
    return bool(read_at and (read_at.date() > day or (read_at.date() == day and read_at.hour >= EVENING)))


EVENING = 20


def _asked_up_to(account: Account) -> tuple[date, bool]:
    """The last day of booking that the ledger was read for, and whether the environment offers it."""
    asked = SyncTask.objects.filter(account=account, tr=LEDGER).aggregate(
        last=Max("last", filter=Q(read_at__isnull=False)), stopped=Count("pk", filter=Q(state=State.STOPPED))
    )
    return asked["last"] or date.min, not asked["stopped"]


def _worth(account: Account, span: tuple[date, date]) -> dict[date, int]:
    rows = DayWorth.objects.current().filter(account=account, day__range=span)
    return dict(rows.values_list("day", "deposit"))


def slices_of(account: Account, days: Sequence[date]) -> dict[date, list[tuple[Slice, bool]]]:
    """What the journal's own trades realised, each with whether it is of a strategy book. Two queries."""
    found: dict[date, list[tuple[Slice, bool]]] = defaultdict(list)
    rows = TradeSlice.objects.filter(
        account=account,
        day__range=(days[0], days[-1]),
        trade__is_void=False,
        trade__merged_into__isnull=True,
    )
    columns = ("day", "symbol", "trade__credit", "sold_quantity", "sold", "cost", "trade__book_id")
    told = list(rows.values_list(*columns, "trade__opened_day"))
    unsure = _two_sided(account, {row[1] for row in told}, min((row[-1] for row in told), default=None), days)
    for day, symbol, credit, quantity, sold, cost, book, opened in told:
        is_unsure = any(opened <= both <= day for both in unsure[symbol])
        found[day].append((Slice(symbol, credit, quantity, sold, cost, 0, is_unsure), book is not None))
    return found


def _two_sided(
    account: Account, symbols: set[str], first: date | None, days: Sequence[date]
) -> dict[str, list[date]]:
    """The days on which each symbol was bought and sold by orders of which only totals are known."""
    found: dict[str, list[date]] = defaultdict(list)
    if first is None:
        return found
    rows = Fill.objects.current().filter(
        account=account, symbol__in=symbols, day__range=(first, days[-1]), fill_no=AGGREGATE
    )
    both = rows.values("symbol", "day").annotate(sides=Count("side", distinct=True)).filter(sides=2)
    for symbol, day in both.values_list("symbol", "day"):
        found[symbol].append(day)
    return found
