"""Ticks: the single trades inside a minute bar.

They begin at its open, touch its high and low, end at its close, and add up to its volume and to its buyers'
part exactly.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import log10
from random import Random
from typing import NamedTuple

from kiwoomweb.simulator.minutes import MinuteBar
from kiwoomweb.simulator.prices import Grid

__all__ = ["Tick", "minute_ticks"]

#: No minute has more trades than this; a busier market has larger ones.
MOST = 24


class Tick(NamedTuple):
    """One trade ``millisecond`` into the minute; ``bought`` when the buyer was the aggressor."""

    millisecond: int
    price: int
    size: int
    bought: bool


def minute_ticks(bar: MinuteBar, grid: Grid, luck: Random, *, at_once: bool = False) -> list[Tick]:
    """The trades of one minute in order. ``at_once``: the single trade of an auction."""
    if at_once or bar.volume < 4:
        return [Tick(0 if at_once else luck.randrange(60_000), bar.close, bar.volume, bar.buys > 0)]
    count = min(bar.volume, 4 + int(luck.random() * min(MOST - 4, 6 * log10(bar.volume))))
    prices = _prices(bar, count, grid, luck)
    sides = _sides(bar, prices, luck)
    sizes = _sizes(bar, sides, luck)
    moments = sorted(luck.sample(range(60_000), count))
    return [Tick(*tick) for tick in zip(moments, prices, sizes, sides, strict=True)]


def _prices(bar: MinuteBar, count: int, grid: Grid, luck: Random) -> list[int]:
    """From the open over both extremes to the close; between them in small steps."""
    first, second = luck.sample(range(1, count - 1), 2)
    extremes = {first: bar.high, second: bar.low} if count > 4 else {1: bar.high, 2: bar.low}
    pins = {0: bar.open, **extremes, count - 1: bar.close}
    prices = [bar.open]
    for (at, start), (until, end) in pairwise(sorted(pins.items())):
        for step in range(at + 1, until):
            straight = start + (end - start) * (step - at) / (until - at)
            raw = straight + luck.choice((-1, 0, 0, 1)) * grid.tick(start)
            prices.append(min(max(bar.low, grid.snap(raw)), bar.high))
        prices.append(end)
    return prices


def _sides(bar: MinuteBar, prices: list[int], luck: Random) -> list[bool]:
    """Upticks are bought, downticks sold; corrected so that the sizes can add up to the minute's buyers."""
    share = bar.buys / bar.volume
    sides = [luck.random() < share]
    for before, price in pairwise(prices):
        sides.append(price > before if price != before else luck.random() < share)
    most, least = bar.buys, len(prices) - (bar.volume - bar.buys)
    least, most = max(least, min(1, bar.buys)), min(most, len(prices) - (bar.buys < bar.volume))
    order = luck.sample(range(len(sides)), len(sides))
    for index in order:
        bought = sum(sides)
        if bought > most and sides[index]:
            sides[index] = False
        elif bought < least and not sides[index]:
            sides[index] = True
    return sides


def _sizes(bar: MinuteBar, sides: list[bool], luck: Random) -> list[int]:
    buys = _parts(bar.buys, sum(sides), luck)
    sells = _parts(bar.volume - bar.buys, len(sides) - sum(sides), luck)
    return [next(buys) if bought else next(sells) for bought in sides]


def _parts(total: int, count: int, luck: Random) -> Iterator[int]:
    """``total`` shares in ``count`` lots of at least one, a few of them large."""
    if not count:
        return
    weights = [luck.random() ** 4 + 0.02 for _ in range(count)]
    whole, spare, given, passed = sum(weights), total - count, 0, 0.0
    for weight in weights[:-1]:
        passed += weight
        upto = int(spare * passed / whole)
        yield 1 + upto - given
        given = upto
    yield 1 + spare - given
