"""Rights (신주인수권): what is paid for the right to buy a new share at a fixed price.

A few companies have some out: 증권 of bonds with warrants for years, 증서 of a capital increase for weeks.
A right is worth what the share costs above its price of exercise and a little hope, and trades as it does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.boards.board import Board, Line

__all__ = ["CERTIFICATE", "WARRANT", "Right", "rights"]

#: 신주인수권구분.
WARRANT, CERTIFICATE = "05", "07"
#: Of so many listed KOSDAQ shares one has a right out.
ONE_IN = 12
#: A tick of a right, and the least it can cost, in won.
TICK = 5
#: Shares that change hands for one right traded.
THINNER = 40


@dataclass(frozen=True, slots=True)
class Right:
    """Prices in won; ``base`` yesterday's close; ``open``, ``high``, ``low`` are 0 before it has traded."""

    code: str
    name: str
    kind: str
    exercise: int
    base: int
    price: int
    open: int
    high: int
    low: int
    volume: int

    @property
    def change(self) -> int:
        return self.price - self.base


def rights(board: Board, at: datetime) -> Iterator[Right]:
    """Every right, as it stands on KRX at ``at``, by code."""
    for line in board.lines(at, Venue.KRX):
        luck = crc32(f"right:{line.code}".encode())
        if line.about.market == "KOSDAQ" and luck % ONE_IN == 0:
            yield _right(board, line, at, luck // ONE_IN)


def _right(board: Board, line: Line, at: datetime, luck: int) -> Right:
    kind, quote = (WARRANT, CERTIFICATE)[luck % 2], line.quote
    past = board.past(line.code, at, 60)
    # Fixed when the right came out, some weeks ago and below the price of then.
    exercise = (past[-1].close if past else quote.base_price) * (70 + luck % 20) // 100
    word = {WARRANT: "WR", CERTIFICATE: "R"}[kind]

    def worth(price: int) -> int:
        return max((max(price - exercise, 0) + price * (3 + luck % 5) // 100) // TICK * TICK, TICK)

    traded = bool(quote.open)
    return Right(
        code=f"{line.code[:5]}{'G' if kind == WARRANT else 'J'}",
        name=f"{line.about.name} {luck % 20 + 1}{word}",
        kind=kind,
        exercise=exercise,
        base=worth(quote.base_price),
        price=worth(quote.price),
        open=worth(quote.open) if traded else 0,
        high=worth(quote.high) if traded else 0,
        low=worth(quote.low) if traded else 0,
        volume=quote.volume // THINNER,
    )
