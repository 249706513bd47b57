"""The list of warrants: each month a batch of sixteen, so that there are always some sixty alive.

A batch expires on the second Thursday of its month and was listed on the first trading day four months before.
Strikes are set around the underlying's close on the eve of listing. Everything follows from the seed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import log
from types import MappingProxyType

from kiwoomweb.broker.market_calendar import next_trading_day, previous_trading_day, trading_day_after
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.products.black_scholes import Option, value
from kiwoomweb.simulator.products.index_levels import HUNDREDTHS, KOSDAQ150
from kiwoomweb.simulator.products.warrant import ISSUERS, Underlying, Warrant
from kiwoomweb.simulator.weather import EPOCH

__all__ = ["WarrantList"]

#: Codes begin like this; the rest counts batches and their members.
PREFIX, BATCH = "57", 16
#: Months from listing to expiry, and for how many days a warrant that has ended is still told of.
LIFE, REMEMBERED = 4, 10
#: (underlying, call, strike away from the money in percent).
PLAN = (
    ("201", True, 0.0),
    ("201", True, 4.0),
    ("201", False, 0.0),
    ("201", False, -4.0),
    ("005930", True, 3.0),
    ("005930", True, 10.0),
    ("005930", False, -3.0),
    ("000660", True, 4.0),
    ("000660", False, -4.0),
    ("005380", True, 5.0),
    ("005380", False, -5.0),
    ("035420", True, 5.0),
    ("035720", True, 6.0),
    ("030200", True, 2.0),
    ("150", True, 2.0),
    ("150", False, -3.0),
)
RATIOS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
INDEX_RATIOS = (10.0, 20.0, 50.0, 100.0)
#: What a warrant should about cost when it is listed, in won.
AIM = 600
INDEX_DIVIDEND = 0.015
#: Yearly volatility, in percent, where the market's own files know none.
INDEX_VOLATILITY, UNKNOWN_VOLATILITY = {"201": 19, "150": 27}, 38


@dataclass(frozen=True, slots=True)
class _Draft:
    """A warrant to be: its place in its batch and its days."""

    batch: int
    place: int
    listed: date
    expires: date


class WarrantList:
    def __init__(self, shares: Market) -> None:
        self._shares = shares
        self.on = lru_cache(maxsize=16)(self._on)
        self._batch = lru_cache(maxsize=64)(self._make_batch)

    def find(self, code: str, day: date) -> Warrant | None:
        return self.on(day).get(code) if code.startswith(PREFIX) else None

    def _on(self, day: date) -> Mapping[str, Warrant]:
        """By code: what is listed on that day, and what has ended shortly before it."""
        month = day.year * 12 + day.month - 1
        batches = (self._batch(number) for number in range(month - 1, month + LIFE + 1))
        known = (one for batch in batches for one in batch)
        forgotten = timedelta(days=REMEMBERED)
        return MappingProxyType({o.code: o for o in known if o.listed <= day <= o.expires + forgotten})

    def underlyings(self) -> Mapping[str, Underlying]:
        """By code: the shares of the plan that this market lists, and the two indices."""
        return {
            code: found for code in dict.fromkeys(c for c, _, _ in PLAN) if (found := self._underlying(code))
        }

    def _make_batch(self, number: int) -> tuple[Warrant, ...]:
        overrides = self._shares.overrides
        expires = _second_thursday(number)
        if not self._shares.trades(expires):
            expires = previous_trading_day(expires, overrides)
        listed = next_trading_day(_month(number - LIFE) - timedelta(days=1), overrides)
        if listed <= EPOCH:
            return ()
        return tuple(self._warrants(number, listed, expires))

    def _warrants(self, number: int, listed: date, expires: date) -> Iterator[Warrant]:
        for place, (code, call, away) in enumerate(PLAN):
            underlying = self._underlying(code)
            eve = underlying and self._shares.close_before(underlying.source, listed)
            if underlying and eve:
                draft = _Draft(number, place, listed, expires)
                yield self._warrant(draft, underlying, eve.close * underlying.factor, call=call, away=away)

    def _warrant(
        self, draft: _Draft, underlying: Underlying, spot: float, *, call: bool, away: float
    ) -> Warrant:
        luck = dice(self._shares.seed, "warrant", draft.batch, draft.place)
        volatility = self._volatility(underlying.code) / 100 * luck.uniform(1.02, 1.22)
        strike = _round_strike(spot * (1 + away / 100), underlying.is_index)
        years = (draft.expires - draft.listed).days / 365
        worth = value(Option(call, strike, years, underlying.dividend), spot, volatility)
        issuer = luck.choice(tuple(ISSUERS))
        code = f"{PREFIX}{(draft.batch * BATCH + draft.place) % 10_000:04d}"
        series = f"{'ABCDEFGHJKLM'[draft.batch % 12]}{draft.batch // 12 % 10}{draft.place + 1:02d}"
        overrides = self._shares.overrides
        return Warrant(
            code=code,
            name=f"{ISSUERS[issuer][1]}{series}{underlying.name}{'콜' if call else '풋'}",
            series=series,
            issuer=issuer,
            underlying=underlying,
            call=call,
            strike=strike,
            ratio=_ratio(worth, INDEX_RATIOS if underlying.is_index else RATIOS),
            volatility=round(volatility, 4),
            issued=luck.randrange(6, 31) * 1_000_000,
            listed=draft.listed,
            last_day=trading_day_after(draft.expires, -2, overrides),
            expires=draft.expires,
            pays=trading_day_after(draft.expires, 2, overrides),
        )

    def _underlying(self, code: str) -> Underlying | None:
        if code == "201":
            return Underlying("201", "KOSPI200", "201", HUNDREDTHS, INDEX_DIVIDEND)
        if code == "150":
            return Underlying("150", "KOSDAQ150", "101", HUNDREDTHS * KOSDAQ150, INDEX_DIVIDEND)
        found = self._shares.universe.instruments.get(code)
        return Underlying(code, found.name, code) if found else None

    def _volatility(self, code: str) -> int:
        if code in INDEX_VOLATILITY:
            return INDEX_VOLATILITY[code]
        character = self._shares.universe.characters.get(code)
        return character.volatility if character else UNKNOWN_VOLATILITY


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _second_thursday(number: int) -> date:
    first = _month(number)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 7)


def _round_strike(raw: float, is_index: bool) -> float:
    """Indices in steps of 2.5 points, shares to three digits."""
    if is_index:
        return round(raw / 2.5) * 2.5
    step = 10 ** max(len(str(int(raw))) - 3, 0)
    return float(round(raw / step) * step)


def _ratio(worth: float, choices: tuple[float, ...]) -> float:
    """The usual ratio that brings the price nearest to the aim."""
    return min(choices, key=lambda ratio: abs(log(max(worth * ratio, 0.01) / AIM)))
