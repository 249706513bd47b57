"""Classes: how much of an order must be covered (증거금률), and on what terms a share may be bought on credit.

The broker sorts shares by size and steadiness: the larger and calmer, the less cover. A share's class never
changes in here, whatever the seed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from zlib import crc32

from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.market_facts import Instrument
from kiwoomweb.simulator.universe import Character, our_universe

__all__ = ["CREDIT_COVER", "ShareClass", "class_of", "is_supervised"]

#: 신용종목등급 -> 신용보증금율 in percent.
CREDIT_COVER: Mapping[str, int] = MappingProxyType({"A": 45, "B": 50, "C": 55, "D": 60, "E": 65})
#: 증거금률 -> the part of a closing price that counts as cover for a loan (대용가), in percent.
SUBSTITUTE = {20: 80, 30: 75, 40: 70, 100: 0}
#: One of so many KOSDAQ shares is a 관리종목.
SUPERVISED_EVERY = 37
TRILLION = 1_000_000_000_000
#: Funds that move a multiple of their index, or against it, are paid in full.
GEARED = ("레버리지", "인버스", "2X")


@dataclass(frozen=True, slots=True)
class ShareClass:
    """``margin`` 증거금률 20, 30, 40 or 100 (percent); ``credit`` 신용종목등급 A to E, "" for none.

    A share of margin 100 is never bought on credit.
    """

    margin: int
    credit: str

    @property
    def on_credit(self) -> bool:
        """신용융자 가능."""
        return bool(self.credit)

    @property
    def cover(self) -> int:
        """신용보증금율 in percent of a purchase on credit; 100 where there is no credit."""
        return CREDIT_COVER.get(self.credit, 100)

    def substitute(self, close: int) -> int:
        """대용가 in won: what one share counts for as security, from yesterday's close."""
        return close * SUBSTITUTE[self.margin] // 100 // 10 * 10


def class_of(about: Instrument) -> ShareClass:
    """The class of a share or fund; the same in every world."""
    if is_supervised(about):
        return ShareClass(100, "")
    return _class_of(about.code, about.name, about.shares)


def is_supervised(about: Instrument) -> bool:
    """관리종목: a few of KOSDAQ's shares, drawn from the code, as no company of this exchange ever fails."""
    return about.market == "KOSDAQ" and crc32(f"supervised:{about.code}".encode()) % SUPERVISED_EVERY == 0


@cache
def _class_of(code: str, name: str, shares: int) -> ShareClass:
    luck = dice("class", code)
    character = _characters().get(code)
    if any(word in name for word in GEARED):
        return ShareClass(100, "")
    if character is None:
        margin = luck.choices((20, 30, 40, 100), (12, 28, 40, 20))[0]
    else:
        margin = _margin(character.price * shares, character.volatility)
    return ShareClass(margin, luck.choice({20: "AAB", 30: "BBC", 40: "CDE"}.get(margin, ("",))))


def _margin(value: int, volatility: int) -> int:
    """By market value (won) and yearly volatility (percent)."""
    if volatility > 72 or value < TRILLION // 10:
        return 100
    if value >= 5 * TRILLION and volatility <= 42:
        return 20
    return 30 if value >= TRILLION and volatility <= 52 else 40


@cache
def _characters() -> Mapping[str, Character]:
    return our_universe().characters
