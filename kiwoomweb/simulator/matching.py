"""Matching: when and at what prices an order will be filled.

The market does not feel our orders, so an order's whole fate is known once it arrives: it takes what the book
offers within its limit, then waits in the queue for trades that reach it, and meets the auctions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.broker.market_calendar import Phase
from kiwoomweb.simulator.depth import depth_at
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Depth
from kiwoomweb.simulator.printing import minute_start
from kiwoomweb.simulator.tape import Stretch, Tape, minute_of

__all__ = ["Execution", "Terms", "executions", "sweep"]


@dataclass(frozen=True, slots=True)
class Terms:
    """What an order accepts: ``limit`` is the worst price, a market order's is the day's limit."""

    code: str
    side: Side
    limit: int
    quantity: int
    venue: Venue

    def takes(self, price: int) -> bool:
        return price <= self.limit if self.side is Side.BUY else price >= self.limit

    def beats(self, price: int) -> bool:
        """Whether the order is strictly better than a trade at this price, so that it must have been filled."""
        return self.takes(price) and price != self.limit


@dataclass(frozen=True, slots=True)
class Execution:
    at: datetime
    price: int
    quantity: int


def executions(market: Market, terms: Terms, arrives: datetime, until: datetime) -> list[Execution]:
    """Every fill the order will see from its arrival to the end of its session."""
    tape, hours = market.tape(terms.code, arrives.date()), market.sessions(arrives.date())
    if tape is None or hours is None or tape.bar.halted:
        return []
    window = hours.at(arrives, terms.venue)
    if window is None:
        return []
    if window.phase is Phase.OPENING_AUCTION:
        return _from_open(tape, terms, until)
    if window.phase is Phase.CLOSING_AUCTION:
        return list(_waiting(tape, terms, terms.quantity, 0, arrives, until))
    book = depth_at(market, terms.code, arrives)
    taken = sweep(book, terms, arrives)
    left = terms.quantity - sum(fill.quantity for fill in taken)
    return taken + list(_waiting(tape, terms, left, _queue(book, terms), arrives, until))


def sweep(book: Depth, terms: Terms, at: datetime) -> list[Execution]:
    """What the book gives at once, best price first; each level is an execution of its own."""
    left, taken = terms.quantity, []
    for level in book.asks if terms.side is Side.BUY else book.bids:
        if left and level.size and terms.takes(level.price):
            size = min(left, level.size)
            taken.append(Execution(at, level.price, size))
            left -= size
    return taken


def _from_open(tape: Tape, terms: Terms, until: datetime) -> list[Execution]:
    """The opening auction fills whatever accepts its price; the rest waits through the day."""
    opens = tape.sessions.regular.opens
    if terms.takes(tape.bar.open):
        return [Execution(opens, tape.bar.open, terms.quantity)]
    return list(_waiting(tape, terms, terms.quantity, 0, opens, until))


def _queue(book: Depth, terms: Terms) -> int:
    """Shares that stand before ours at our price."""
    own = book.bids if terms.side is Side.BUY else book.asks
    return next((level.size for level in own if level.price == terms.limit), 0)


def _waiting(
    tape: Tape, terms: Terms, left: int, ahead: int, since: datetime, until: datetime
) -> Iterator[Execution]:
    """Fills of a resting order: trades through its price fill it, trades at its price first serve the queue."""
    for stretch in tape.stretches(minute_of(until)):
        for index in _reaching(stretch, terms, minute_of(since), minute_of(until)):
            start = minute_start(tape.bar.day, stretch[index].minute)
            for tick in stretch.ticks(index):
                at = start + timedelta(milliseconds=tick.millisecond)
                if left <= 0 or not since < at <= until or not terms.takes(tick.price):
                    continue
                size = left
                if not terms.beats(tick.price) and stretch[index].minute != stretch.auction:
                    passed = tick.size if tick.bought is (terms.side is Side.SELL) else 0
                    size, ahead = min(left, max(passed - ahead, 0)), max(ahead - passed, 0)
                if size:
                    yield Execution(at, terms.limit if terms.beats(tick.price) else tick.price, size)
                    left -= size


def _reaching(stretch: Stretch, terms: Terms, first: int, last: int) -> Iterator[int]:
    """The minutes whose prices come within the order's limit."""
    for index in range(max(stretch.upto(first) - 1, 0), stretch.upto(last)):
        bar = stretch[index]
        if terms.takes(bar.low if terms.side is Side.BUY else bar.high):
            yield index
