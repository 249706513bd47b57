"""진행 손익: what a trade was worth at the end of every bar, after all costs, leaving included (청산가정).

    P&L(t) = Σ net of the sales so far + held · price − cost of what is held − what leaving would cost

Leaving costs the commission of both legs and the tax of selling, at the account's own rates. After the last
sale nothing is held: the figure is the trade's net, to the won.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from portfolio.analytics.inside.shapes import Bar
from portfolio.analytics.replay.moves import Move
from portfolio.analytics.trades.costs import Rates, estimate

__all__ = ["Point", "running", "worth"]


@dataclass(frozen=True, slots=True)
class Point:
    """The trade at the end of the bar that began ``at``; ``pnl`` in won (``None`` = unknown), ``average`` in
    won a share (``None`` = flat)."""

    at: datetime
    pnl: int | None
    held: int
    average: Decimal | None


def running(moves: Sequence[Move], bars: Sequence[Bar], width: timedelta, rates: Rates) -> list[Point]:
    """One point for each bar (oldest first, ``width`` long, as traded) from the first move to the last one.

    A bar ends ``width`` after it began; ticks have no width. While shares are held the points go on to the
    last bar.
    """
    points: list[Point] = []
    done = 0
    for bar in bars:
        end = bar.at + width
        before = done
        while done < len(moves) and (moves[done].at < end or moves[done].at == bar.at):
            done += 1
        if not done:
            continue
        last = moves[done - 1]
        if not last.held and done == len(moves) and before == done:
            break
        points.append(Point(bar.at, worth(moves[:done], bar.close, rates), last.held, last.average))
    return points + _beyond(moves, done, rates)


def _beyond(moves: Sequence[Move], done: int, rates: Rates) -> list[Point]:
    """Moves after the last bar (another venue's evening) stand at their own time and price."""
    found = []
    for place in range(done, len(moves)):
        move = moves[place]
        price = move.price or move.average
        if price is not None:
            pnl = worth(moves[: place + 1], price, rates)
            found.append(Point(move.at, pnl, move.held, move.average))
    return found


def worth(moves: Sequence[Move], price: Decimal, rates: Rates) -> int | None:
    """P&L in won after these moves with what is held at ``price``; ``None`` when a sale's result is unknown."""
    realised = [move.net for move in moves if move.gross is not None or move.net is not None]
    if None in realised or any(move.quantity < 0 and move.gross is None and not move.event for move in moves):
        return None
    last = moves[-1]
    banked = sum(net for net in realised if net is not None)
    if not last.held:
        return banked
    value = int(last.held * price)
    commission, tax = estimate(value, last.cost, rates)
    return banked + value - last.cost - commission - tax
