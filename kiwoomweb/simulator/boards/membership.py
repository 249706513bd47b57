"""Membership: which shares an index is made of."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from kiwoomweb.simulator.market_facts import Instrument
from kiwoomweb.simulator.universe import Universe

__all__ = ["MARKETS", "Membership"]

#: An index of a whole market -> that market.
MARKETS = {"001": "KOSPI", "101": "KOSDAQ"}
#: Indices of KOSPI's shares by size: 대형주, 중형주, 소형주 and KOSPI200.
SIZES = {"002": slice(0, 40), "003": slice(40, 100), "004": slice(100, None), "201": slice(0, 200)}
#: KRX100: the largest of both markets.
LARGEST, OF_BOTH = "701", 100


class Membership:
    """Members of every 업종, by code. Funds belong to no index."""

    def __init__(self, universe: Universe) -> None:
        self._universe = universe
        self.of: Callable[[str], Sequence[Instrument]] = lru_cache(maxsize=128)(self._of)

    def _of(self, sector: str) -> Sequence[Instrument]:
        shares = [one for one in self._universe.instruments.values() if not one.is_etf]
        if sector in MARKETS:
            return tuple(one for one in shares if one.market == MARKETS[sector])
        if sector in SIZES:
            return self._by_size([one for one in shares if one.market == "KOSPI"], SIZES[sector])
        if sector == LARGEST:
            return self._by_size(shares, slice(0, OF_BOTH))
        return tuple(one for one in shares if one.sector == sector)

    def _by_size(self, shares: Sequence[Instrument], part: slice) -> Sequence[Instrument]:
        ordinary = [one for one in shares if "우선주" not in one.kind]
        ranked = sorted(ordinary, key=lambda one: (-self._size(one), one.code))
        return tuple(sorted(ranked[part], key=lambda one: one.code))

    def _size(self, one: Instrument) -> int:
        """Roughly what the company is worth, the same on every day; 0 where a history file does not tell."""
        character = self._universe.characters.get(one.code)
        return one.shares * character.price if character else 0
