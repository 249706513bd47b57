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
from kiwoomweb.simulator.ticks import Tick

__all__ = ["Execution", "Terms", "book_for", "executions", "sweep"]


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


@dataclass(slots=True)
class Queue:
    """Our place in the book: ``ahead`` shares are served before ours, ``left`` of ours still wait."""

    ahead: int
    left: int

    def served(self, tick: Tick, side: Side) -> int:
        """How many of our shares a trade at our price reaches; only the other side's aggression serves us."""
        passed = tick.size if tick.bought is (side is Side.SELL) else 0
        ours = min(self.left, max(passed - self.ahead, 0))
        self.ahead = max(self.ahead - passed, 0)
        return ours


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
        return list(_waiting(tape, terms, Queue(0, terms.quantity), arrives, until))
    book = book_for(market, terms.code, arrives, terms.venue)
    taken = sweep(book, terms, arrives)
    left = terms.quantity - sum(fill.quantity for fill in taken)
    if not left:
        return taken
    return taken + list(_waiting(tape, terms, Queue(_ahead(book, terms), left), arrives, until))


def book_for(market: Market, code: str, at: datetime, venue: Venue) -> Depth:
    """The book an order meets: KRX's own, or both venues' for NXT and SOR."""
    return depth_at(market, code, at, Venue.KRX if venue is Venue.KRX else Venue.ALL)


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
    return list(_waiting(tape, terms, Queue(0, terms.quantity), opens, until))


def _ahead(book: Depth, terms: Terms) -> int:
    """Shares that stand before ours at our price."""
    own = book.bids if terms.side is Side.BUY else book.asks
    return next((level.size for level in own if level.price == terms.limit), 0)


def _waiting(tape: Tape, terms: Terms, queue: Queue, since: datetime, until: datetime) -> Iterator[Execution]:
    """Fills of a resting order: trades through its price fill it, trades at its price first serve the queue."""
    for stretch in tape.stretches(minute_of(until), Venue.KRX if terms.venue is Venue.KRX else Venue.ALL):
        for index in _reaching(stretch, terms, minute_of(since), minute_of(until)):
            minute = stretch[index].minute
            start, auction = minute_start(tape.bar.day, minute), minute == stretch.auction
            for tick in stretch.ticks(index):
                at = start + timedelta(milliseconds=tick.millisecond)
                if since < at <= until and terms.takes(tick.price):
                    size = queue.left if auction or terms.beats(tick.price) else queue.served(tick, terms.side)
                    if size:
                        queue.left -= size
                        yield Execution(at, tick.price if auction else terms.limit, size)
                if not queue.left:
                    return


def _reaching(stretch: Stretch, terms: Terms, first: int, last: int) -> Iterator[int]:
    """The minutes whose prices come within the order's limit."""
    for index in range(max(stretch.upto(first) - 1, 0), stretch.upto(last)):
        bar = stretch[index]
        if terms.takes(bar.low if terms.side is Side.BUY else bar.high):
            yield index
