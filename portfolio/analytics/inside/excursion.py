"""MFE and MAE: the best and the worst a trade stood at while it was held, and when.

The bar rule (Tradervue): the extremes of a bar that contains a fill are not counted, for nobody knows whether
they were before or after it. The fills themselves are counted: at them the price is known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from portfolio.analytics.inside.shapes import Bar, Resolution, Step, bought_price
from portfolio.analytics.inside.standing import Standing, standings

__all__ = ["Excursion", "Running", "excursion", "running"]


@dataclass(frozen=True, slots=True)
class Running:
    """The position through one bar, in won: P&L at its close, and at its low and high where the bar counts.

    ``low`` and ``high`` are ``None`` for a bar with a fill. ``held`` and ``average`` are as at its end.
    """

    bar: Bar
    low: int | None
    high: int | None
    close: int
    held: int
    average: Decimal | None


@dataclass(frozen=True, slots=True)
class Excursion:
    """``mfe`` >= 0 >= ``mae`` in won; ``price_mfe``, ``price_mae`` in won a share from the average entry.

    ``highest`` and ``lowest`` are the prices seen while held. ``bars`` counted; 0 = the fills alone spoke.
    """

    mfe: int
    mfe_at: datetime
    mae: int
    mae_at: datetime
    highest: Decimal
    highest_at: datetime
    lowest: Decimal
    lowest_at: datetime
    price_mfe: Decimal
    price_mae: Decimal
    resolution: Resolution
    bars: int


def running(
    steps: Sequence[Step], bars: Sequence[Bar], resolution: Resolution = Resolution.MINUTE
) -> Iterator[Running]:
    """The position bar by bar from the one with the first fill to the one with the last (for the P&L line)."""
    states = list(standings(steps))
    now: Standing | None = None
    done = 0
    for bar in bars:
        end = bar.at + resolution.value
        if bar.at > steps[-1].at:
            return
        while done < len(states) and states[done].at < bar.at:
            now, done = states[done], done + 1
        before = done
        while done < len(states) and (states[done].at < end or states[done].at == bar.at):
            now, done = states[done], done + 1
        if now is None:
            continue
        counts = done == before
        low, high = (now.worth(bar.low), now.worth(bar.high)) if counts else (None, None)
        yield Running(bar, low, high, now.worth(bar.close), now.held, now.average)


def excursion(
    steps: Sequence[Step], bars: Sequence[Bar], resolution: Resolution = Resolution.MINUTE
) -> Excursion:
    """The extremes of a trade from its steps (at least one) and the bars around it.

    Position: max and min over t of [realised so far + qty * (price - average)]. Price: max(H) - entry and
    entry - min(L) with the average price of all buys as entry.
    """
    counted = [each for each in running(steps, bars, resolution) if each.high is not None and each.held]
    fills = [(state.worth(state.price), state.at, state.price) for state in standings(steps)]
    highs = fills + [(each.high or 0, each.bar.at, each.bar.high) for each in counted]
    lows = fills + [(each.low or 0, each.bar.at, each.bar.low) for each in counted]
    best, worst = max(highs, key=_worth), min(lows, key=_worth)
    top, bottom = max(highs, key=_price), min(lows, key=_price)
    entry = bought_price(steps)
    return Excursion(
        best[0], best[1], worst[0], worst[1], top[2], top[1], bottom[2], bottom[1],
        top[2] - entry, entry - bottom[2], resolution, len(counted),
    )  # fmt: skip


def _worth(point: tuple[int, datetime, Decimal]) -> int:
    return point[0]


def _price(point: tuple[int, datetime, Decimal]) -> Decimal:
    return point[2]
