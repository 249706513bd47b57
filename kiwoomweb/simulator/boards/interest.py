"""Interest: which shares people look up: what trades much, what moves, and a few by habit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log10
from zlib import crc32

from kiwoomweb.simulator.boards.board import Board, Line

__all__ = ["Looked", "most_looked_up"]

#: Places of the list.
PLACES = 20


@dataclass(frozen=True, slots=True)
class Looked:
    """``rise`` in places since the list before; ``before`` the price then."""

    rank: int
    rise: int
    line: Line
    before: int


def most_looked_up(board: Board, at: datetime, period: timedelta) -> tuple[datetime, Sequence[Looked]]:
    """The list as of the last full period, and when that was."""
    seconds = int(period.total_seconds())
    now = at - timedelta(seconds=at.timestamp() % seconds)
    # The day's first list is compared with itself, so that nobody needs another day's trades for it.
    then = now - period if board.day(now - period) == board.day(now) else now
    ranked, earlier = _ranked(board, now), _ranked(board, then)
    places = {line.code: rank for rank, line in enumerate(earlier, 1)}
    prices = {line.code: line.quote.price for line in earlier}
    return now, [
        Looked(rank, places[line.code] - rank, line, prices[line.code])
        for rank, line in enumerate(ranked[:PLACES], 1)
    ]


def _ranked(board: Board, at: datetime) -> Sequence[Line]:
    return sorted(board.lines(at), key=lambda line: -_score(board.market.seed, line, at))


def _score(seed: int, line: Line, at: datetime) -> float:
    quote = line.quote
    habit = crc32(f"{seed}{line.code}".encode()) % 100 / 60
    mood = crc32(f"{seed}{line.code}{at:%Y%m%d%H%M%S}".encode()) % 100 / 120
    return log10(quote.turnover + 1_000_000) + abs(float(quote.change_rate)) / 3 + habit + mood
