"""Watchlists: the 관심종목 groups of the demo account, as its owner arranged them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kiwoomweb.simulator.exchange import Exchange

__all__ = ["Group", "Star", "groups"]


@dataclass(frozen=True, slots=True)
class Star:
    """A share of a group. ``colour`` is a bookmark's, 1 to 5, or 0 for a share without one."""

    code: str
    colour: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """``number`` is the 그룹코드 it is asked for by."""

    number: str
    name: str
    stars: Sequence[Star]


#: Names and codes; a colour behind a colon. In the order their owner gave them.
ARRANGED: Mapping[str, str] = {
    "매일 보는 종목": "005930:1 000660:1 035420 005380 373220 068270",
    "반도체": "000660:2 005930 042700 000990 058470 403870",
    "2차전지": "373220 247540:3 086520 006400 051910 003670",
    "바이오": "207940 068270 196170:1 028300 000250",
    "방산·조선": "012450:1 042660 009540 034020 047810 079550",
    "지수 ETF": "069500 122630 114800 252670 229200",
    "신규·우선주": "0009K0 0015G0 00104K",
    "빈 그룹": "",
}


def groups(exchange: Exchange) -> Sequence[Group]:
    """All groups in order, without shares that this market does not list."""
    return [
        Group(f"{number:03}", name, [star for star in _stars(codes) if exchange.instrument(star.code)])
        for number, (name, codes) in enumerate(ARRANGED.items(), 1)
    ]


def _stars(codes: str) -> Iterator[Star]:
    for one in codes.split():
        code, _, colour = one.partition(":")
        yield Star(code, int(colour or 0))
