"""The market: prices of everything at any instant, drawn from the same tapes, so that ticks, minutes, days,
quotes and books can never disagree."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache

from kiwoomweb.broker.market_calendar import (
    Overrides,
    Sessions,
    is_trading_day,
    previous_trading_day,
    sessions,
)
from kiwoomweb.simulator.bars import DayBar
from kiwoomweb.simulator.daily import Daily
from kiwoomweb.simulator.history import History
from kiwoomweb.simulator.prices import Grid
from kiwoomweb.simulator.tape import Tape
from kiwoomweb.simulator.universe import Universe, from_names, our_universe, sectors

__all__ = ["TAPES", "Market"]

PLAIN = Overrides()
#: Tapes kept in memory; one busy day of the whole market fits.
TAPES = 480


class Market:
    """Instruments, calendar, daily bars and tapes of one seed (and one history file, if given)."""

    def __init__(self, seed: int, history: History | None = None, *, krx_premarket: bool = False) -> None:
        self.seed, self.history = seed, history
        self.universe: Universe = from_names(history.series, history.shares) if history else our_universe()
        self.overrides = replace(history.overrides if history else PLAIN, early=krx_premarket)
        self.daily = Daily(seed, self.universe, history)
        self.tape = lru_cache(maxsize=TAPES)(self.play_tape)
        self.sessions = lru_cache(maxsize=512)(self._sessions)

    def grid(self, code: str) -> Grid:
        return self.daily.grid(code)

    def trades(self, day: date) -> bool:
        return is_trading_day(day, self.overrides)

    def day_at(self, moment: datetime) -> date:
        """The trading day whose prices are on the board: the last one that has begun."""
        day = moment.date()
        today = self.sessions(day)
        return day if today and moment >= today.opens else previous_trading_day(day, self.overrides)

    def rebase(self, code: str, day: date, by: Fraction) -> None:
        """From ``day`` on one share is worth what a ``by``-th of it was (a split, a bonus issue)."""
        self.daily.rebase(code, day, by)
        self.tape.cache_clear()

    def rename(self, code: str) -> str:
        """List the company under a new code, too, with the same past; answers the code."""
        known = self.universe.instruments
        successor = next(new for digit in "98765432" if (new := f"{digit}{code[1:]}") not in known)
        self.universe = self.universe.renamed(code, successor)
        self.daily.rename(self.universe, code, successor)
        return successor

    def close_before(self, code: str, day: date) -> DayBar | None:
        """The last official bar before the day."""
        return self.daily.series(code, day).before(day)

    def base(self, code: str, day: date) -> int:
        """기준가: the previous close, or the first open of a newly listed or re-based share."""
        before, bar = self.close_before(code, day), self.daily.series(code, day).on(day)
        if before is None:
            return bar.open if bar else 0
        if bar is None or bar.halted:
            return before.close
        low, high = self.grid(code).limits(before.close)
        # A bar beyond the limits of the previous close (a split, a merger) was re-based overnight.
        return before.close if low <= bar.low and bar.high <= high else bar.open

    def is_index(self, code: str) -> bool:
        return code in sectors()

    def days_back(self, day: date) -> Iterator[date]:
        """Trading days from ``day`` on backwards, ``day`` included when it is one."""
        if self.trades(day):
            yield day
        while True:
            day = previous_trading_day(day, self.overrides)
            yield day

    def _sessions(self, day: date) -> Sessions | None:
        return sessions(day, self.overrides)

    def play_tape(self, code: str, day: date) -> Tape | None:
        """The tape of that day, played anew; ``None`` when the market is closed or the share has no bar.

        ``tape`` remembers it. Who looks through many days of one share does not want them remembered.
        """
        hours, bar = self.sessions(day), self.daily.series(code, day).on(day)
        if hours is None or bar is None:
            return None
        extended = not self.is_index(code)
        return Tape(self.seed, code, bar, self.base(code, day), hours, self.grid(code), extended)


def midnight(day: date, like: datetime) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=like.tzinfo)


def minute_start(day: date, minute: int, like: datetime) -> datetime:
    return midnight(day, like) + timedelta(minutes=minute)
