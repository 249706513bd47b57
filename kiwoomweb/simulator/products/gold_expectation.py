"""예상체결: what the two auctions of a gold day expected as they went on, from the first order to the cross."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiwoomweb.broker.market_calendar import Phase, Window
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.prices import Grid
from kiwoomweb.simulator.products.gold_market import GoldMarket
from kiwoomweb.simulator.tape import Tape, minute_of

__all__ = ["Expectation", "expectations"]

BEAT = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Expectation:
    """``total`` is what the day will have traded once ``size`` has crossed."""

    at: datetime
    price: int
    base: int
    size: int
    total: int


def expectations(market: GoldMarket, code: str, now: datetime) -> list[Expectation]:
    """Every ten seconds of the day's auctions up to ``now``, newest first."""
    tape, hours = market.tape(code, market.day_at(now)), market.sessions(market.day_at(now))
    if tape is None or hours is None or tape.bar.halted:
        return []
    found: list[Expectation] = []
    for window in hours.windows:
        if window.phase is not Phase.REGULAR:
            found += _auction(tape, window, min(now, window.closes - BEAT), market.grid(code))
    return found[::-1]


def _auction(tape: Tape, window: Window, until: datetime, grid: Grid) -> Iterator[Expectation]:
    stretch = tape.official
    opening = window.phase is Phase.OPENING_AUCTION
    before = 0 if opening else sum(bar.volume for bar in stretch if bar.minute != tape.auction)
    cross = stretch[0].volume if opening else tape.bar.volume - before
    start, end = tape.base, tape.bar.open
    if not opening:
        start, end = stretch[stretch.upto(minute_of(window.opens) - 1) - 1].close, tape.bar.close
    luck, at, length = dice(tape.name, window.phase), window.opens, window.closes - window.opens
    while at <= until:
        part = (at + BEAT - window.opens) / length
        stray = (1 - part) * luck.gauss(0, 0.0015)
        size = max(int(cross * part**0.7), 1) if cross else 0
        price = grid.snap((start + (end - start) * part) * (1 + stray)) if part < 1 else end
        yield Expectation(at, price, tape.base, size, before + size)
        at += BEAT
