"""What the market says about a warrant at an instant: price beside theory, sensitivities, ratios, holdings."""

from dataclasses import dataclass
from datetime import date, datetime

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.market_facts import Bar, Quote
from kiwoomweb.simulator.products.black_scholes import Greeks, greeks, implied
from kiwoomweb.simulator.products.warrant import Warrant
from kiwoomweb.simulator.products.warrant_market import WarrantMarket
from kiwoomweb.simulator.quoting import price_at, quote_at

__all__ = ["LpDay", "Valued", "lp_days", "spot_at", "valued", "valued_at"]

#: Of a day's volume the public keeps at most this part overnight.
KEPT = 0.12


@dataclass(frozen=True, slots=True)
class Valued:
    """A warrant at one price of its underlying. Percents as numbers (12.5 is 12.5 %), prices in won.

    ``greeks`` are those of one warrant: the option's times the ratio. ``implied`` is ``None`` where
    no volatility explains the price (deep in the money and cheap).
    """

    warrant: Warrant
    day: date
    price: int
    spot: float
    theory: float
    implied: float | None
    greeks: Greeks
    lp_volatility: float

    @property
    def disparity(self) -> float:
        """괴리율: how much dearer than theory."""
        return (self.price / self.theory - 1) * 100 if self.theory else 0.0

    @property
    def option_price(self) -> float:
        """The price for one of the underlying."""
        return self.price / self.warrant.ratio

    @property
    def intrinsic(self) -> float:
        """What exercising now would bring for one of the underlying."""
        one = self.warrant
        return max(self.spot - one.strike if one.call else one.strike - self.spot, 0.0)

    @property
    def parity(self) -> float:
        """패리티: 100 at the money, above it in the money."""
        one = self.warrant
        return (self.spot / one.strike if one.call else one.strike / self.spot) * 100

    @property
    def gearing(self) -> float:
        """기어링: how many warrants' worth one of the underlying is."""
        return self.spot / self.option_price

    @property
    def leverage(self) -> float:
        """레버리지: percent of the warrant for one percent of the underlying."""
        return self.gearing * self.greeks.delta / self.warrant.ratio

    @property
    def break_even(self) -> float:
        """손익분기점, in the underlying's unit."""
        one = self.warrant
        return one.strike + self.option_price if one.call else one.strike - self.option_price

    @property
    def break_even_rate(self) -> float:
        """손익분기율: how far the underlying must go until then."""
        way = self.break_even / self.spot - 1
        return (way if self.warrant.call else -way) * 100

    @property
    def premium(self) -> float:
        """프리미엄: time value as a part of the underlying's price."""
        return (self.option_price - self.intrinsic) / self.spot * 100

    @property
    def capital_fulcrum(self) -> float:
        """자본지지점: the underlying's yearly growth at which warrant and underlying do equally well."""
        one, paid = self.warrant, self.option_price
        whole = self.spot - paid if one.call else self.spot + paid
        years = max(one.days_left(self.day), 1) / 365
        return ((one.strike / whole) ** (1 / years) - 1) * 100 if whole > 0 else 0.0


def spot_at(market: WarrantMarket, one: Warrant, moment: datetime) -> float:
    """What the underlying stands at."""
    return price_at(market.shares, one.underlying.source, moment) * one.underlying.factor


def valued(market: WarrantMarket, one: Warrant, moment: datetime) -> tuple[Valued, Quote]:
    """The warrant as the board shows it, with its quote; one that has ended stays as it ended."""
    close = datetime.combine(one.last_day, datetime.max.time(), moment.tzinfo)
    at = min(moment, close)
    quote = quote_at(market, one.code, at, Venue.KRX)
    return valued_at(market, one, market.day_at(at), quote.price, spot_at(market, one, at)), quote


def valued_at(market: WarrantMarket, one: Warrant, day: date, price: int, spot: float) -> Valued:
    option, seen = one.option(day), market.seen_volatility(one, day)
    found = implied(option, spot, price / one.ratio)
    raw = greeks(option, spot, one.volatility)
    each = Greeks(*(getattr(raw, name) * one.ratio for name in ("delta", "gamma", "theta", "vega", "rho")))
    return Valued(one, day, price, spot, one.theory(day, spot), found, each, seen)


@dataclass(frozen=True, slots=True)
class LpDay:
    """What the liquidity provider still holds of the issue as a day ends; ``change`` from the day before."""

    bar: Bar
    before: int
    held: int
    change: int


def lp_days(market: WarrantMarket, one: Warrant, bars: list[Bar]) -> list[LpDay]:
    """``bars`` are the whole life up to now, newest first; so are the days."""
    held, found = one.issued, []
    closes = [*(bar.close for bar in bars[1:]), bars[-1].open] if bars else []
    for bar, before in zip(reversed(bars), reversed(closes), strict=True):
        sold = int(bar.volume * dice(market.seed, "lp", one.code, bar.day).uniform(-0.75 * KEPT, KEPT))
        now = min(max(held - sold, one.issued // 20), one.issued)
        found.append(LpDay(bar, before, now, now - held))
        held = now
    return found[::-1]
