"""When the broker was asked about a day, and which of its lists are still owed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL
from portfolio.models import Purpose, State, SyncTask

__all__ = ["CLOSES", "LEDGER", "LISTS", "DayReads", "reads_of"]

#: The lists whose reads decide when a day was read; a proof compares the books as well.
LISTS = ("ka10074", "ka10073", "kt00007", "ka10170")
LEDGER = "kt00015"
#: Shares and cash at a day's close.
CLOSES = "ka01690"


@dataclass(slots=True)
class DayReads:
    """Reads of one day, by the broker's clock. ``planned`` are lists asked or to be asked about it; ``closing``
    those read again once it is over."""

    planned: set[str] = field(default_factory=set)
    latest: dict[str, datetime] = field(default_factory=dict)
    closing: set[str] = field(default_factory=set)
    #: Whether a further read of the day is planned.
    more: bool = False

    @property
    def owed(self) -> set[str]:
        """The lists whose reads decide when the day was read as a whole."""
        return self.closing or ({"ka10074", "ka10073"} & self.planned)

    @property
    def read_at(self) -> datetime | None:
        """When the least lately read of the owed lists was read; ``None`` while none of them was."""
        moments = [self.latest[tr] for tr in self.owed if tr in self.latest]
        return min(moments, default=None)

    @property
    def seen_at(self) -> datetime | None:
        """When any list of the day was read last: no figure is newer."""
        return max(self.latest.values(), default=None)

    @property
    def is_whole(self) -> bool:
        """Whether each of the owed lists was read."""
        return bool(self.owed) and self.owed <= self.latest.keys()

    def has(self, tr: str) -> bool:
        """Whether the broker has answered that list for the day."""
        return tr in self.latest


def reads_of(account: Account, days: Sequence[date]) -> dict[date, DayReads]:
    """One query, whatever the number of days."""
    found: dict[date, DayReads] = defaultdict(DayReads)
    first, last = min(days), max(days)
    covering = Q(first__lte=last, last__gte=first) | Q(first__isnull=True)
    tasks = SyncTask.objects.filter(covering, account=account, tr__in=(*LISTS, LEDGER, CLOSES)).exclude(
        state=State.STOPPED
    )
    columns = ("tr", "purpose", "first", "last", "read_at", "state")
    for tr, purpose, start, end, read_at, state in tasks.values_list(*columns):
        waits = state == State.WAITING and purpose != Purpose.POLL
        for day in _covered(days, start, end, read_at):
            _note(found[day], tr, read_at, waits=waits, closes=purpose == Purpose.CLOSE)
    return found


def _covered(
    days: Iterable[date], first: date | None, last: date | None, read_at: datetime | None
) -> list[date]:
    """A poll speaks of the day on which it was answered."""
    if first and last:
        return [day for day in days if first <= day <= last]
    told = read_at.astimezone(SEOUL).date() if read_at else None
    return [day for day in days if day == told]


def _note(reads: DayReads, tr: str, read_at: datetime | None, *, waits: bool, closes: bool) -> None:
    reads.planned.add(tr)
    reads.more = reads.more or (waits and tr in LISTS)
    if closes and tr in LISTS:
        reads.closing.add(tr)
    if read_at:
        reads.latest[tr] = max(read_at.astimezone(SEOUL), reads.latest.get(tr, read_at.astimezone(SEOUL)))
