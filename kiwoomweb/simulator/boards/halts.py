"""Halts (VI, 변동성완화장치): where a share's tape moved so far that the exchange would have stopped it.

Static (정적): 10 % away from the reference, which is the base price before the opening auction, then the
open, then the price after each halt. Dynamic (동적): 3 % (KOSPI200 and funds) or 6 % away from the trade
before. Both at one trade are 동적+정적. A halt lasts two minutes and none begins inside another. The tape
itself trades on: the model says where halts were, it does not bend the day's prices.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Print, percent
from kiwoomweb.simulator.printing import last_print, minute_prints
from kiwoomweb.simulator.tape import WIDTH, Stretch, Tape

__all__ = ["Halt", "HaltEvent", "Halts"]

#: Shares whose day is remembered.
SHARES = 1_024
LASTS = timedelta(minutes=2)
#: Percent.
STATIC, CALM, LIVELY = 10, 3, 6
KOSPI200 = "201"


@dataclass(frozen=True, slots=True)
class Halt:
    """One VI. Prices in won; ``count`` is the share's how-manieth of the day, ``volume`` and ``turnover`` its
    totals at that moment, ``opened`` the day's open."""

    code: str
    at: datetime
    until: datetime
    price: int
    static_base: int
    dynamic_base: int
    is_static: bool
    is_dynamic: bool
    count: int
    volume: int
    turnover: int
    opened: int

    @property
    def words(self) -> str:
        """VI적용구분."""
        names = [name for name, true in (("동적", self.is_dynamic), ("정적", self.is_static)) if true]
        return "+".join(names)

    @property
    def rising(self) -> bool:
        return self.price > (self.static_base if self.is_static else self.dynamic_base)

    @property
    def static_rate(self) -> Decimal:
        """정적괴리율, percent."""
        return percent(self.price - self.static_base, self.static_base)

    @property
    def dynamic_rate(self) -> Decimal:
        """동적괴리율, percent."""
        return percent(self.price - self.dynamic_base, self.dynamic_base)


@dataclass(frozen=True, slots=True)
class HaltEvent:
    """A halt begins, or it is ``released``."""

    at: datetime
    released: bool
    halt: Halt


class Halts:
    """Every VI of a day, found once and told up to any moment."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self.of_share: Callable[[str, date], Sequence[Halt]] = lru_cache(maxsize=SHARES)(self._of_share)
        self._of_day: Callable[[date], Sequence[Halt]] = lru_cache(maxsize=4)(self._found)

    def until(self, moment: datetime) -> Sequence[Halt]:
        """The halts of the moment's board day that have begun by then, earliest first."""
        halts = self._of_day(self._market.day_at(moment))
        return halts[: bisect_right(halts, moment, key=lambda halt: halt.at)]

    def events(self, since: datetime, until: datetime) -> Sequence[HaltEvent]:
        """Beginnings and releases with ``since < at <= until`` on the day of ``until``, in order (1h)."""
        halts = self.until(until)
        told = [HaltEvent(halt.at, False, halt) for halt in halts]
        told += [HaltEvent(halt.until, True, halt) for halt in halts]
        told.sort(key=lambda event: (event.at, event.halt.code, event.released))
        first = bisect_right(told, since, key=lambda event: event.at)
        return told[first : bisect_right(told, until, key=lambda event: event.at)]

    def _found(self, day: date) -> Sequence[Halt]:
        halts = (halt for code in self._market.universe.instruments for halt in self.of_share(code, day))
        return sorted(halts, key=lambda halt: (halt.at, halt.code))

    def _of_share(self, code: str, day: date) -> Sequence[Halt]:
        tape = self._market.tape(code, day)
        if tape is None or tape.bar.halted:
            return ()
        return tuple(_Watch(tape, self._reach(code)).halts())

    def _reach(self, code: str) -> int:
        """From how many percent on a trade is too far from the one before."""
        calm = any(one.code == code for one in self._market.daily.membership.of(KOSPI200))
        return CALM if calm or self._market.universe.instruments[code].is_etf else LIVELY


class _Watch:
    """Walks one official session, a minute at a time, and looks at its trades only where a halt is possible."""

    def __init__(self, tape: Tape, reach: int) -> None:
        self.tape, self.reach = tape, reach
        self.reference, self.last = tape.base, 0
        self.opened, self.count = 0, 0
        self.quiet_until: datetime | None = None

    def halts(self) -> Iterator[Halt]:
        stretch = self.tape.official
        for index in range(len(stretch)):
            _, _, high, low, close, _, _ = stretch.values[WIDTH * index : WIDTH * (index + 1)]
            if self._is_calm(high, low) and self.opened:
                self.last = close
            else:
                yield from self._look(stretch, index)

    def _is_calm(self, high: int, low: int) -> bool:
        """No trade of the minute can be far enough from anything, and no halt is running out."""
        far = high * 100 >= (100 + STATIC) * self.reference or low * 100 <= (100 - STATIC) * self.reference
        wide = (max(high, self.last) - min(low, self.last)) * 100 >= self.reach * min(low, self.last)
        return self.quiet_until is None and not far and not wide

    def _look(self, stretch: Stretch, index: int) -> Iterator[Halt]:
        for trade in minute_prints(self.tape, stretch, index, Venue.KRX):
            if self.quiet_until and trade.at > self.quiet_until:
                self.reference, self.last, self.quiet_until = self._price_at(self.quiet_until), 0, None
            if self.quiet_until is None and (halt := self._judged(trade)):
                self.quiet_until = halt.until
                yield halt
            self.last = trade.price
            if not self.opened:
                self.opened = self.reference = trade.price

    def _price_at(self, moment: datetime) -> int:
        last = last_print(self.tape, moment, Venue.KRX)
        return last.price if last else self.reference

    def _judged(self, trade: Print) -> Halt | None:
        before = self.last or trade.price
        is_static = abs(trade.price - self.reference) * 100 >= STATIC * self.reference
        is_dynamic = abs(trade.price - before) * 100 >= self.reach * before
        if not (is_static or is_dynamic):
            return None
        self.count += 1
        return Halt(
            code=self.tape.code,
            at=trade.at,
            until=trade.at + LASTS,
            price=trade.price,
            static_base=self.reference,
            dynamic_base=before,
            is_static=is_static,
            is_dynamic=is_dynamic,
            count=self.count,
            volume=trade.volume,
            turnover=trade.turnover,
            opened=self.opened or trade.price,
        )
