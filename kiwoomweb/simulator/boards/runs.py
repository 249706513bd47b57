"""Runs: for how many days in a row a share has done what it does today."""

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise

from kiwoomweb.simulator.boards.board import Board, Line
from kiwoomweb.simulator.prices import Grid

__all__ = ["FARTHEST", "Did", "at_lower_limit", "at_upper_limit", "fell", "rose", "run_of", "stood_still"]

#: (close, the close before, the share's price grid) -> whether the day counts.
Did = Callable[[int, int, Grid], bool]

#: No run is followed further back.
FARTHEST = 30


def rose(close: int, before: int, _: Grid) -> bool:
    return close > before


def fell(close: int, before: int, _: Grid) -> bool:
    return close < before


def stood_still(close: int, before: int, _: Grid) -> bool:
    return close == before


def at_upper_limit(close: int, before: int, grid: Grid) -> bool:
    return close == grid.limits(before)[1]


def at_lower_limit(close: int, before: int, grid: Grid) -> bool:
    return close == grid.limits(before)[0]


def run_of(board: Board, line: Line, at: datetime, did: Did | None = None) -> int:
    """Days in a row, today included; 0 when today does not count. Without ``did``: the way today goes."""
    quote, grid = line.quote, board.market.grid(line.code)
    did = did or (rose if quote.change > 0 else fell if quote.change < 0 else stood_still)
    if not did(quote.price, quote.base_price, grid):
        return 0
    count, days = 1, board.past(line.code, at, FARTHEST)
    for newer, older in pairwise(days):
        if not did(newer.close, older.close, grid):
            break
        count += 1
    return count
