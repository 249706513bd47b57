"""Minutes: how a day's bar came about. One session's minute bars that meet open, high, low, close and volume.

A pure function of the bar and the dice. The walk is pinned where it must be (open, the minute that makes the
high, the one that makes the low, the close) and wanders between the pins like a Brownian bridge.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import sqrt
from random import Random
from typing import NamedTuple

from kiwoomweb.simulator.bars import DayBar
from kiwoomweb.simulator.prices import Grid

__all__ = ["MinuteBar", "session_minutes"]

#: A minute that trades has at least this many shares, so that its four prices can each be a trade.
LEAST = 4
#: A uniform die of width one times this has a standard deviation of one.
UNIT = 3.46


class MinuteBar(NamedTuple):
    """``minute`` counts from midnight. ``buys`` is the aggressive buyers' part of ``volume``."""

    minute: int
    open: int
    high: int
    low: int
    close: int
    volume: int
    buys: int


def session_minutes(
    bar: DayBar,
    minutes: Sequence[int],
    auction: int | None,
    grid: Grid,
    luck: Random,
    *,
    turns_back: bool = False,
) -> list[MinuteBar]:
    """The trading minutes of a session, in order. ``auction`` is the minute of its closing auction, if any.

    A share that walks to the day's extreme rests there; what ``turns_back`` (an index, a mean) does not.
    Volumes add up to the bar's exactly; the first open, the extremes and the last close are the bar's.
    """
    if bar.halted:
        return []
    if bar.volume < 5 * LEAST:
        return list(_few_trades(bar, minutes, auction, luck))
    closing = max(1, int(bar.volume * luck.uniform(0.03, 0.08))) if auction else 0
    volumes = _volumes(bar.volume - closing, minutes, luck)
    path = _path(bar, len(volumes), auction is None, grid, luck, turns_back=turns_back)
    found = list(_bars(bar, volumes, path, grid, luck))
    if auction:
        rising = bar.close >= path[-1]
        found.append(MinuteBar(auction, *(bar.close,) * 4, closing, closing * rising))
    return found


def _few_trades(bar: DayBar, minutes: Sequence[int], auction: int | None, luck: Random) -> Iterator[MinuteBar]:
    """A day of a handful of shares: each of its prices once, in a minute of its own."""
    prices = [bar.open]
    for price in luck.sample((bar.high, bar.low), 2):
        if price not in (bar.open, bar.close):
            prices.append(price)
    if bar.close != bar.open or bar.volume > len(prices):
        prices.append(bar.close)
    when = [minutes[0], *sorted(luck.sample(list(minutes[1:]), len(prices) - 1))]
    if auction and len(prices) > 1:
        when[-1] = auction
    shares, rest = divmod(bar.volume, len(prices))
    for index, (minute, price) in enumerate(zip(when, prices, strict=True)):
        size = shares + (index < rest)
        yield MinuteBar(minute, price, price, price, price, size, size * (index % 2))


def _volumes(total: int, minutes: Sequence[int], luck: Random) -> list[tuple[int, int]]:
    """(minute, volume) of the minutes that trade: busy at both ends of the session, quiet at noon."""
    count = min(len(minutes), total // LEAST)
    active = minutes if count == len(minutes) else [minutes[0], *sorted(luck.sample(minutes[1:], count - 1))]
    half = len(minutes) / 2
    weights = [(0.35 + ((m - minutes[0]) / half - 1) ** 2) * luck.random() ** 2 + 0.02 for m in active]
    spare, whole = total - LEAST * count, sum(weights)
    shares = [int(spare * part / whole) for part in accumulate(weights)]
    shares[-1] = spare
    return [
        (minute, LEAST + upto - before)
        for minute, before, upto in zip(active, [0, *shares], shares, strict=False)
    ]


def _path(
    bar: DayBar, count: int, ends_at_close: bool, grid: Grid, luck: Random, *, turns_back: bool
) -> list[int]:
    """The close of every trading minute."""
    pins = _pins(bar, count, ends_at_close, grid, luck)
    spread = bar.high - bar.low
    sway = 0.55 * spread / sqrt(count)
    path: list[int] = []
    at, price = -1, bar.open
    for index, pin in sorted(pins.items()):
        path += _bridge(_walk(index - at, sway, luck), price, pin, bar, grid, turns_back=turns_back)
        at, price = index, pin
    return path


def _pins(bar: DayBar, count: int, ends_at_close: bool, grid: Grid, luck: Random) -> dict[int, int]:
    """Minute index -> price that minute must close at."""
    last = count - 1
    end = bar.close
    if not ends_at_close:
        end = min(max(bar.low, grid.snap(end + luck.choice((-1, 0, 1)) * grid.tick(end))), bar.high)
    pins = {last: end}
    ends = (bar.open, bar.close)
    wanted = [price for price in (bar.high, bar.low) if price not in ends]
    for index, price in zip(luck.sample(range(last), len(wanted)), wanted, strict=True):
        pins[index] = price
    return pins


def _walk(steps: int, sway: float, luck: Random) -> list[float]:
    """A random walk that ends where it began."""
    walk = list(accumulate(luck.random() - 0.5 for _ in range(steps)))
    drift, scale = walk[-1] / steps, sway * UNIT
    return [scale * (value - drift * step) for step, value in enumerate(walk, start=1)]


def _bridge(walk: list[float], start: int, end: int, bar: DayBar, grid: Grid, *, turns_back: bool) -> list[int]:
    """Prices from after ``start`` to ``end``, one for each step of the walk, staying within the bar."""
    slope = (end - start) / len(walk)
    low, high = bar.low, bar.high
    same = grid.tick(low) if grid.tick(low) == grid.tick(high) else 0
    prices = []
    for step, swing in enumerate(walk[:-1], start=1):
        raw = start + slope * step + swing
        raw = _turned(raw, low, high) if turns_back else raw
        price = int(raw) // same * same if same else grid.snap(raw)
        prices.append(low if price < low else min(price, high))
    return [*prices, end]


def _turned(price: float, low: int, high: int) -> float:
    """A price beyond an extreme, as far on this side of it as it was beyond."""
    if low == high:
        return low
    beyond = (price - low) % (2 * (high - low))
    return low + min(beyond, 2 * (high - low) - beyond)


def _bars(
    bar: DayBar, volumes: list[tuple[int, int]], path: list[int], grid: Grid, luck: Random
) -> Iterator[MinuteBar]:
    chance, price, tick, snap = luck.random, bar.open, grid.tick(bar.low), grid.snap
    top, bottom = bar.high, bar.low
    reach = max((top - bottom) / 25, 1.2 * tick)
    for (minute, volume), close in zip(volumes, path, strict=True):
        high, low = (price, close) if price > close else (close, price)
        if (wick := chance() ** 3 * reach) >= tick:
            high = max(high, min(snap(high + wick), top))
        if (wick := chance() ** 3 * reach) >= tick:
            low = min(low, max(snap(low - wick), bottom))
        lean = 0.35 + 0.3 * (close - price) / (high - low + tick) + 0.3 * chance()
        yield MinuteBar(minute, price, high, low, close, volume, 1 + int((volume - 2) * lean))
        price = close
