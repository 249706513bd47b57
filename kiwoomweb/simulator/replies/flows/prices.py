"""Prices: what a share cost on a day, and which days there are to tell about."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.market_facts import Quote, percent
from kiwoomweb.simulator.replies.asking import Ask
from kiwoomweb.simulator.replies.names import listed_code

__all__ = [
    "Price",
    "board_day",
    "days_between",
    "is_settled",
    "last_days",
    "price_now",
    "price_on",
    "settled_day",
    "share_asked",
    "share_days",
]


@dataclass(frozen=True, slots=True)
class Price:
    """A price with what it is compared to: the day before's close and the day's limits."""

    price: int
    base: int
    upper: int
    lower: int

    @property
    def change(self) -> int:
        return self.price - self.base

    @property
    def rate(self) -> Decimal:
        """Percent."""
        return percent(self.change, self.base)


def price_now(quote: Quote) -> Price:
    return Price(quote.price, quote.base_price, quote.upper_limit, quote.lower_limit)


def price_on(ask: Ask, code: str, day: date, venue: Venue = Venue.KRX) -> Price:
    """The close of a day that is over; the last price of the day on the board."""
    market = ask.exchange.market
    base = market.base(code, day)
    low, high = market.grid(code).limits(base)
    if day >= board_day(ask) and not is_settled(ask, day):
        return Price(ask.exchange.quote(code, venue).price, base, high, low)
    bar = market.daily.series(code, day).on(day)
    return Price(bar.close if bar else base, base, high, low)


def share_asked(ask: Ask) -> tuple[str, Venue] | None:
    """``stk_cd`` as the bare code and the venue of its suffix; ``None`` for a code nobody lists."""
    code, venue = listed_code(ask.text("stk_cd"))
    return (code, venue) if ask.exchange.instrument(code) else None


def board_day(ask: Ask) -> date:
    """The trading day on the board."""
    return ask.exchange.market.day_at(ask.now)


def is_settled(ask: Ask, day: date) -> bool:
    """Whether the official session of that day is over."""
    hours = ask.exchange.sessions(day)
    return hours is None or ask.now >= hours.closing_auction.closes


def settled_day(ask: Ask, until: date | None = None) -> date:
    """The last trading day, up to ``until``, whose official session is over."""
    return ask.exchange.flows.settled(ask.now, until)


def last_days(ask: Ask, count: int, until: date | None = None) -> list[date]:
    """The last trading days up to ``until`` (the one on the board), newest first."""
    end = min(until or board_day(ask), board_day(ask))
    return list(islice(ask.exchange.market.days_back(end), count))


def days_between(ask: Ask, since: date | None, until: date | None) -> list[date]:
    """Trading days of a period, newest first; none of them lies ahead."""
    end = min(until or board_day(ask), board_day(ask))
    start = since or end
    found: list[date] = []
    for day in ask.exchange.market.days_back(end):
        if day < start or len(found) >= LONGEST:
            return found
        found.append(day)
    return found


#: Trading days of the longest period that is added up.
LONGEST = 1_000


def share_days(ask: Ask, code: str, since: date | None, until: date | None) -> Sequence[date]:
    """The share's days of a period, newest first; the day on the board counts once its session has begun."""
    end = min(until or ask.today, board_day(ask))
    hours = ask.exchange.sessions(end)
    days = ask.exchange.market.daily.series(code, end).days
    stop = bisect_right(days, end)
    if stop and days[stop - 1] == end and hours and ask.now < hours.opens:
        stop -= 1
    start = bisect_left(days, since) if since else 0
    return days[start:stop][::-1]
