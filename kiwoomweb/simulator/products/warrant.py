"""Warrants (ELW): what one promises, who issued it, and what it is worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from kiwoomweb.simulator.products.black_scholes import Option, value

__all__ = ["ISSUERS", "TICK", "Underlying", "Warrant", "on_tick"]

#: 호가단위 of every ELW, in won; also the least it can cost.
TICK = 5
#: 발행사코드 -> (name, the short name that leads a warrant's name).
ISSUERS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        3: ("한국투자증권", "한국"),
        5: ("미래에셋증권", "미래"),
        6: ("신영증권", "신영"),
        12: ("NH투자증권", "NH"),
        17: ("KB증권", "KB"),
    }
)


def on_tick(worth: float) -> int:
    """The price nearest to a worth."""
    return max(int(worth / TICK + 0.5) * TICK, TICK)


@dataclass(frozen=True, slots=True)
class Underlying:
    """기초자산: a share, or an index (``code`` 201 or 150).

    ``source`` is whose prices it has in the market, ``factor`` what a price of the source (won, or
    hundredths of a point) is multiplied by.
    """

    code: str
    name: str
    source: str
    factor: float = 1.0
    dividend: float = 0.0

    @property
    def is_index(self) -> bool:
        return self.code != self.source or self.factor != 1.0


@dataclass(frozen=True, slots=True)
class Warrant:
    """One ELW. ``ratio`` 전환비율 turns the option on one of the underlying into the warrant.

    ``volatility`` is the issuer's own view for the theory price. ``last_day`` is 최종거래일, when the liquidity
    provider's duty ends, too; ``pays`` 지급일.
    """

    code: str
    name: str
    series: str
    issuer: int
    underlying: Underlying
    call: bool
    strike: float
    ratio: float
    volatility: float
    issued: int
    listed: date
    last_day: date
    expires: date
    pays: date

    def days_left(self, day: date) -> int:
        """잔존일수."""
        return (self.expires - day).days

    def option(self, day: date) -> Option:
        years = max(self.days_left(day), 1) / 365
        return Option(self.call, self.strike, years, self.underlying.dividend)

    def theory(self, day: date, spot: float, volatility: float | None = None) -> float:
        """이론가 in won; with another volatility, what that would make it worth."""
        return value(self.option(day), spot, volatility or self.volatility) * self.ratio

    def price(self, day: date, spot: float, volatility: float) -> int:
        """What the market pays when it sees this volatility: on the tick, and never nothing."""
        return on_tick(self.theory(day, spot, volatility))

    def is_over(self, day: date) -> bool:
        """거래종료."""
        return day > self.last_day
