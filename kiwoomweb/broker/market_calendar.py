"""Trading days and session hours of 한국거래소 (KRX) and 넥스트레이드 (NXT), in Korean time.

Everything is a plain function of the day. Whoever knows better than the table (the owner's corrections, a
history file whose dates *are* the trading days) passes ``Overrides``. Source of the hours: PROTOCOL 7.7.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache

from kiwoomweb.broker.closures import CLOSED
from kiwoomweb.broker.domain import SEOUL, Venue

__all__ = [
    "AFTER_MARKET_SINCE",
    "Overrides",
    "Phase",
    "Sessions",
    "Window",
    "is_trading_day",
    "next_trading_day",
    "previous_trading_day",
    "sessions",
    "trading_day_after",
    "trading_days",
]

#: KRX 애프터마켓 (16:00-20:00, limit orders) replaced 시간외 단일가 on this day.
AFTER_MARKET_SINCE = date(2026, 9, 14)

#: NXT opened its doors.
NXT_SINCE = date(2025, 3, 4)

#: 수능일: everything an hour later. KRX adds the first trading day of the year (open only).
CSAT_DAYS = frozenset(
    date.fromisoformat(day)
    for day in ("2022-11-17", "2023-11-16", "2024-11-14", "2025-11-13", "2026-11-19", "2027-11-18")
)


class Phase(StrEnum):
    """What a venue does in a window of the day."""

    OPENING_AUCTION = "장전 동시호가"
    PRE = "프리마켓"
    REGULAR = "정규장"
    CLOSING_AUCTION = "장마감 동시호가"
    CLOSING_PRICE = "장후 시간외"
    SINGLE_PRICE = "시간외 단일가"
    AFTER = "애프터마켓"


@dataclass(frozen=True, slots=True)
class Overrides:
    """Corrections to the calendar. ``opened`` wins over ``closed``; ``late`` days open at 10:00."""

    closed: frozenset[date] = frozenset()
    opened: frozenset[date] = frozenset()
    late: frozenset[date] = frozenset()
    #: KRX trades from 07:00 to 08:00, too: announced, never seen (PROTOCOL 7.7)
    early: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """One venue in one phase, from ``opens`` up to but not including ``closes``."""

    venue: Venue
    phase: Phase
    opens: datetime
    closes: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.opens <= moment < self.closes


@dataclass(frozen=True, slots=True)
class Sessions:
    """The windows of one trading day, earliest first. Prices move from ``opens`` to ``closes``."""

    day: date
    windows: tuple[Window, ...]

    @property
    def opens(self) -> datetime:
        """When the first continuous session opens: the auction's order entry is not yet trading."""
        return min(w.opens for w in self.windows if w.phase is not Phase.OPENING_AUCTION)

    @property
    def closes(self) -> datetime:
        return max(w.closes for w in self.windows)

    @property
    def regular(self) -> Window:
        """KRX 정규장 up to the closing auction: 09:00-15:20 on a plain day."""
        return next(w for w in self.windows if w.phase is Phase.REGULAR and w.venue is Venue.KRX)

    @property
    def closing_auction(self) -> Window:
        """KRX 장마감 동시호가: 15:20-15:30 on a plain day; the official close is its end."""
        return next(w for w in self.windows if w.phase is Phase.CLOSING_AUCTION)

    def at(self, moment: datetime, venue: Venue = Venue.ALL) -> Window | None:
        """The window open at this moment on the venue; KRX comes first where both are open."""
        wanted = (w for w in self.windows if moment in w and venue in (w.venue, Venue.ALL, Venue.SOR))
        return next(iter(sorted(wanted, key=lambda w: w.venue)), None)

    def is_open(self, moment: datetime) -> bool:
        """Whether prices may move between the first and the last session of the day (pauses included)."""
        return self.opens <= moment < self.closes


PLAIN = Overrides()


def is_trading_day(day: date, overrides: Overrides = PLAIN) -> bool:
    if day in overrides.opened:
        return True
    return day.weekday() < 5 and day not in overrides.closed and day not in _closed_in(day.year)


def next_trading_day(day: date, overrides: Overrides = PLAIN) -> date:
    """The first trading day after this one."""
    return trading_day_after(day, 1, overrides)


def previous_trading_day(day: date, overrides: Overrides = PLAIN) -> date:
    """The last trading day before this one."""
    return trading_day_after(day, -1, overrides)


def trading_day_after(day: date, count: int, overrides: Overrides = PLAIN) -> date:
    """The ``count``-th trading day after this one (before it when negative); ``count=2`` is 결제일 D+2."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_trading_day(day, overrides):
            day += step
    return day


def trading_days(start: date, end: date, overrides: Overrides = PLAIN) -> Iterator[date]:
    """Every trading day from ``start`` to ``end``, both included, oldest first."""
    span = (end - start).days
    days = (start + timedelta(days=n) for n in range(span + 1))
    return (day for day in days if is_trading_day(day, overrides))


def sessions(day: date, overrides: Overrides = PLAIN) -> Sessions | None:
    """The windows of this day, or ``None`` when the market is closed."""
    if not is_trading_day(day, overrides):
        return None
    exam = day in CSAT_DAYS
    late = exam or day in overrides.late or _is_first_of_year(day, overrides)
    early = [_window(Venue.KRX, Phase.PRE, day, ("07:00", 0), ("08:00", 0))] if overrides.early else []
    windows = [*early, *_krx(day, late=late, closes_late=exam), *_nxt(day, late=late, closes_late=exam)]
    return Sessions(day, tuple(sorted(windows, key=lambda w: (w.opens, w.venue))))


def _krx(day: date, *, late: bool, closes_late: bool) -> Iterator[Window]:
    opening, closing = 60 * late, 60 * closes_late
    yield _window(Venue.KRX, Phase.OPENING_AUCTION, day, ("08:30", opening), ("09:00", opening))
    yield _window(Venue.KRX, Phase.REGULAR, day, ("09:00", opening), ("15:20", closing))
    yield _window(Venue.KRX, Phase.CLOSING_AUCTION, day, ("15:20", closing), ("15:30", closing))
    yield _window(Venue.KRX, Phase.CLOSING_PRICE, day, ("15:40", closing), ("16:00", closing))
    if day < AFTER_MARKET_SINCE:
        yield _window(Venue.KRX, Phase.SINGLE_PRICE, day, ("16:00", closing), ("18:00", closing // 2))
    else:
        yield _window(Venue.KRX, Phase.AFTER, day, ("16:00", closing), ("20:00", 0))


def _nxt(day: date, *, late: bool, closes_late: bool) -> Iterator[Window]:
    if day < NXT_SINCE:
        return
    opening, closing = 60 * late, 60 * closes_late
    yield _window(Venue.NXT, Phase.PRE, day, ("08:00", opening), ("08:50", opening))
    yield _window(Venue.NXT, Phase.REGULAR, day, ("09:00:30", opening), ("15:20", closing))
    yield _window(Venue.NXT, Phase.AFTER, day, ("15:40", closing), ("20:00", 0))


def _window(venue: Venue, phase: Phase, day: date, opens: tuple[str, int], closes: tuple[str, int]) -> Window:
    """``opens`` and ``closes`` are (clock, minutes later than on a plain day)."""
    return Window(venue, phase, _at(day, *opens), _at(day, *closes))


def _at(day: date, clock: str, minutes_later: int) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=SEOUL) + timedelta(minutes=minutes_later)


def _is_first_of_year(day: date, overrides: Overrides) -> bool:
    return day.month == 1 and previous_trading_day(day, overrides).year < day.year


@cache
def _closed_in(year: int) -> frozenset[date]:
    """The closed weekdays of a year: our table, or the calendar library for a year it does not hold."""
    if year in CLOSED:
        return frozenset(date(year, int(day[:2]), int(day[2:])) for day in CLOSED[year].split())
    import holidays  # here, not above: 22 MB that only far years need

    return frozenset(day for day in holidays.financial_holidays("XKRX", years=year) if day.year == year)
