"""The warrants' counter: everything the wire may ask about ELWs, at the virtual now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from kiwoomweb.simulator.charting import day_bars, minute_bars
from kiwoomweb.simulator.depth import depth_of
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Bar, Depth, Instrument, Quote
from kiwoomweb.simulator.products.warrant import Warrant
from kiwoomweb.simulator.products.warrant_facts import LpDay, Valued, lp_days, valued, valued_at
from kiwoomweb.simulator.products.warrant_market import WarrantMarket
from kiwoomweb.simulator.quoting import price_at
from kiwoomweb.simulator.tape import minute_of

__all__ = ["WarrantLine", "Warrants"]

#: A warrant's whole life in days, and in minutes of one day.
LIFE, DAY = 140, 400


@dataclass(frozen=True, slots=True)
class WarrantLine:
    """One warrant on the board: its quote, its book and what it is worth."""

    warrant: Warrant
    quote: Quote
    depth: Depth
    valued: Valued


class Warrants:
    def __init__(self, shares: Market, now: Callable[[], datetime]) -> None:
        self._now = now
        self.market = WarrantMarket(shares)
        self._lines = lru_cache(maxsize=4)(self._make_lines)

    @property
    def board_day(self) -> date:
        return self.market.day_at(self._now())

    def find(self, code: str) -> Warrant | None:
        """The warrant of this code that is listed now or has ended shortly before."""
        return self.market.find(code, self._now().date())

    def all(self) -> Sequence[Warrant]:
        """Listed ones and those that have just ended, by code."""
        codes = sorted(self.market.listed.on(self._now().date()))
        return [one for code in codes if (one := self.find(code))]

    def instrument(self, code: str) -> Instrument | None:
        one = self.find(code)
        return _instrument(one) if one else None

    def instruments(self) -> Sequence[Instrument]:
        """Those that trade today."""
        return [_instrument(one) for one in self.all() if not one.is_over(self.board_day)]

    def line(self, one: Warrant) -> WarrantLine:
        return self._line(one, self._now())

    def lines(self) -> Sequence[WarrantLine]:
        """Every warrant, as of this second."""
        return self._lines(self._now().replace(microsecond=0))

    def price_at(self, one: Warrant, moment: datetime) -> int:
        return price_at(self.market, one.code, moment)

    def bars(self, one: Warrant) -> Sequence[Bar]:
        """Daily bars of its whole life, newest first."""
        until = min(self._now().date(), one.last_day)
        return day_bars(self.market, one.code, "day", LIFE, until=until, now=self._now())

    def lp_days(self, one: Warrant) -> Sequence[LpDay]:
        """What the liquidity provider held, newest first."""
        return lp_days(self.market, one, list(self.bars(one)))

    def valued_by_day(self, one: Warrant) -> Sequence[Valued]:
        """At every day's close (today: now), newest first."""
        source, shares = one.underlying.source, self.market.shares
        found = []
        for bar in self.bars(one):
            today = bar.day == self.board_day
            level = price_at(shares, source, self._now()) if today else _close(shares, source, bar.day)
            found.append(valued_at(self.market, one, bar.day, bar.close, level * one.underlying.factor))
        return found

    def valued_by_minute(self, one: Warrant) -> Sequence[tuple[datetime, Valued]]:
        """At the end of each minute of the day on the board, newest first."""
        minutes = [
            bar for bar in minute_bars(self.market, one.code, 1, DAY, self._now()) if bar.day == self.board_day
        ]
        tape = self.market.shares.tape(one.underlying.source, self.board_day)
        if tape is None:
            return []
        levels = {bar.minute: bar.close for bar in tape.official}
        factor, found = one.underlying.factor, []
        for bar in minutes:
            spot = levels[minute_of(bar.at)] * factor
            if bar is minutes[0]:
                spot = price_at(self.market.shares, one.underlying.source, self._now()) * factor
            found.append((bar.at, valued_at(self.market, one, bar.day, bar.close, spot)))
        return found

    def _line(self, one: Warrant, at: datetime) -> WarrantLine:
        worth, quote = valued(self.market, one, at)
        return WarrantLine(one, quote, depth_of(self.market, quote), worth)

    def _make_lines(self, at: datetime) -> Sequence[WarrantLine]:
        return tuple(self._line(one, at) for one in self.all())


def _close(shares: Market, source: str, day: date) -> int:
    bar = shares.daily.series(source, day).on(day)
    return bar.close if bar else 0


def _instrument(one: Warrant) -> Instrument:
    kind = "콜" if one.call else "풋"
    return Instrument(one.code, one.name, "", "ELW", kind, one.listed, 0, one.issued, "", "ELW")
