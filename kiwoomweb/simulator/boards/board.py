"""The board: every instrument's quote at one instant, made once and read by whoever ranks, filters or sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Instrument, Quote
from kiwoomweb.simulator.quoting import quote_at

__all__ = ["Board", "Line"]

#: Boards kept: pages and realtime looks of one instant ask for the same few.
KEPT = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One instrument and its quote."""

    about: Instrument
    quote: Quote


class Board:
    """Quotes of the whole market. A board stands for one virtual second, as the broker's rankings do."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._made = lru_cache(maxsize=KEPT)(self._make)

    def lines(self, at: datetime, venue: Venue = Venue.ALL) -> Sequence[Line]:
        """Every instrument by code, as of the second ``at`` lies in."""
        return tuple(self._made(at.replace(microsecond=0), venue).values())

    def line(self, code: str, at: datetime, venue: Venue = Venue.ALL) -> Line | None:
        return self._made(at.replace(microsecond=0), venue).get(code)

    def _make(self, at: datetime, venue: Venue) -> Mapping[str, Line]:
        market = self._market
        return {
            code: Line(about, quote_at(market, code, at, venue))
            for code, about in market.universe.instruments.items()
        }
