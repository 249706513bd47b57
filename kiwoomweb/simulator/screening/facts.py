"""Facts: what a condition may ask about one share: its quote now, its finished days, its last minutes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.bars import DayBar
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.flows.traded import Traded
from kiwoomweb.simulator.market_facts import Instrument, Quote
from kiwoomweb.simulator.quoting import price_at

__all__ = ["Facts", "FactsOf", "Past"]

#: Days the slowest condition looks back (신고가 of a year).
YEAR = 250
#: Moving averages people draw: a week, a month, a quarter, half a year of trading days.
SPANS = (5, 20, 60, 120)


@dataclass(frozen=True, slots=True)
class Past:
    """A share's finished days in sums, so that a whole market of them fits in little memory.

    ``before[n]`` is the sum of the last n - 1 closes: with today's price it makes today's n-day average.
    ``averages[n]`` is yesterday's; both lack spans longer than the share's life. ``high`` is yesterday's.
    """

    before: Mapping[int, int]
    averages: Mapping[int, float]
    high: int
    year_high: int
    usual_volume: int

    @classmethod
    def of(cls, newest_first: Iterable[DayBar]) -> "Past":
        bars = [bar for bar in islice(newest_first, YEAR) if not bar.halted]
        closes = [bar.close for bar in bars]
        month = [bar.volume for bar in bars[:20]]
        known = [span for span in SPANS if len(closes) >= span]
        return cls(
            before={span: sum(closes[: span - 1]) for span in known},
            averages={span: sum(closes[:span]) / span for span in known},
            high=bars[0].high if bars else 0,
            year_high=max((bar.high for bar in bars), default=0),
            usual_volume=sum(month) // len(month) if month else 0,
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """One share at one instant. ``elapsed`` is the part of the regular session that is over, 0 to 1."""

    about: Instrument
    quote: Quote
    past: Past
    elapsed: float
    exchange: Exchange

    def average(self, span: int) -> float | None:
        """Today's moving average at the price of now; ``None`` for a share too young."""
        before = self.past.before.get(span)
        return None if before is None else (before + self.quote.price) / span

    def traded(self) -> Traded:
        """Who bought and sold so far today."""
        return self.exchange.flows.traded(self.about.code, self.quote.at.date(), self.quote.at)

    def price_before(self, minutes: int) -> int:
        """The price so many minutes ago."""
        moment = self.quote.at - timedelta(minutes=minutes)
        return price_at(self.exchange.market, self.about.code, moment)


class FactsOf:
    """Facts by code, with the finished days of each share summed up once a day."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._past = lru_cache(maxsize=4_096)(self._sum_up)

    def __call__(self, code: str) -> Facts | None:
        """``None`` for a share that does not trade today."""
        exchange, about = self._exchange, self._exchange.instrument(code)
        if about is None:
            return None
        quote = exchange.quote(code, Venue.KRX)
        if quote.halted:
            return None
        day = exchange.market.day_at(quote.at)
        return Facts(about, quote, self._past(code, day), self._elapsed(day, quote), exchange)

    def _sum_up(self, code: str, day: date) -> Past:
        return Past.of(self._exchange.market.daily.series(code, day).back_from(day - timedelta(days=1)))

    def _elapsed(self, day: date, quote: Quote) -> float:
        hours = self._exchange.sessions(day)
        if hours is None:
            return 1.0
        regular = hours.regular
        return min(max((quote.at - regular.opens) / (regular.closes - regular.opens), 0.0), 1.0)
