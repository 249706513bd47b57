"""Venues of the desk: 통합, KRX and NXT, as the address, the broker and the live topics name them."""

from dataclasses import dataclass

from kiwoomweb.broker.domain import Venue, is_gold
from kiwoomweb.broker.environment import Environment
from market.topics import VENUE_SUFFIX

__all__ = ["DeskVenue", "venue_of", "venues_of"]


@dataclass(frozen=True, slots=True)
class DeskVenue:
    """``key`` stands in the address; empty for what the page opens with."""

    key: str
    label: str
    venue: Venue
    #: What the broker wants behind the code: ``_AL``, ``_NX`` or nothing (PROTOCOL 5.4).
    suffix: str

    def asked(self, symbol: str) -> str:
        """The code a REST request takes: ``005930_NX``."""
        return symbol + self.suffix

    def followed(self, symbol: str) -> str:
        """The symbol of a live topic: ``005930@NXT``, the bare code for the usual venue."""
        return f"{symbol}@{self.key}" if self.key else symbol


TOGETHER = DeskVenue("", "통합", Venue.ALL, "_AL")
KRX = DeskVenue("KRX", "KRX", Venue.KRX, "")
NXT = DeskVenue("NXT", "NXT", Venue.NXT, "_NX")
#: 모의투자 knows one venue only (PROTOCOL 9), and gold is traded at one, so there is nothing to choose.
ALONE = DeskVenue("", "KRX", Venue.KRX, "")


def venues_of(environment: str, symbol: str = "") -> tuple[DeskVenue, ...]:
    """The tabs of the desk, in the order of 영웅문: of a share, or of what ``symbol`` is."""
    if is_gold(symbol) or not VENUE_SUFFIX[Environment(environment)]:
        return (ALONE,)
    return KRX, NXT, TOGETHER


def venue_of(environment: str, key: str, symbol: str = "") -> DeskVenue:
    """The venue the address names; nonsense and a venue that is not there are the usual one."""
    *others, usual = venues_of(environment, symbol)
    return next((each for each in others if each.key == key), usual)
