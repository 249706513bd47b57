"""Fates: what the market will do with an order of each kind, from its arrival to its end.

The market does not feel our orders, so all of it is known as soon as an order arrives (see ``matching``).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.broker.market_calendar import Phase, Window
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.kinds import KINDS
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.matching import Execution, Terms, book_for, executions, sweep
from kiwoomweb.simulator.order_facts import Order
from kiwoomweb.simulator.printing import minute_start
from kiwoomweb.simulator.quoting import quote_at
from kiwoomweb.simulator.tape import Tape, minute_of
from kiwoomweb.simulator.ticks import Tick

__all__ = ["CONDITIONAL", "SINGLE", "STOP", "Fate", "fate"]

STOP, CONDITIONAL, PEGGED, BEFORE, AFTER, SINGLE = "28", "5", "29", "61", "81", "62"
A_MOMENT = timedelta(milliseconds=1)
#: What the sessions at a fixed price trade, as a part of the official volume, at most.
FIXED_PRICE_SHARE = 0.004
#: After a jump of this much hardly anybody sells at yesterday's price before the open (or buys, after a fall).
JUMP = 0.01
SINGLE_PRICE_EVERY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Fate:
    """The fills, the end of what is not filled, and when a stop price was reached."""

    until: datetime
    fills: list[Execution] = field(default_factory=list)
    triggered: datetime | None = None


def fate(market: Market, order: Order, worst: int, window: Window, arrives: datetime) -> Fate:
    """``worst`` is the limit the order works with."""
    terms = Terms(order.code, order.side, worst, order.remaining, order.venue)
    if KINDS[order.kind].immediate:
        return Fate(arrives, _at_once(market, order, terms, arrives))
    until = _ends(market, window, order.kind)
    if order.kind == STOP and order.stop_price:
        return _stop(market, order, terms, arrives, until)
    waiting = _WAITING.get(order.kind, executions)
    return Fate(until, waiting(market, terms, arrives, until))


def _ends(market: Market, window: Window, kind: str) -> datetime:
    """Day orders live to the end of their session; at KRX that is the closing auction.

    The middle of a book ends with the continuous session, a fixed price with the session that has it.
    """
    hours = market.sessions(window.opens.date())
    if hours and kind == PEGGED:
        return min(window.closes, hours.regular.closes)
    own = window.phase in (Phase.AFTER, Phase.CLOSING_PRICE, Phase.SINGLE_PRICE) or kind == BEFORE
    if hours and window.venue is Venue.KRX and not own:
        return hours.closing_auction.closes
    return window.closes


def _at_once(market: Market, order: Order, terms: Terms, arrives: datetime) -> list[Execution]:
    """IOC and FOK: what is there, or for FOK nothing unless it is all of it."""
    kind = KINDS[order.kind]
    if kind.follows == "mid":
        fills = _hidden(market, terms, arrives)
    else:
        fills = sweep(book_for(market, order.code, arrives, order.venue), terms, arrives)
    whole = sum(fill.quantity for fill in fills) == order.quantity
    return fills if whole or not kind.whole else []


# --- 스톱지정가 ----------------------------------------------------------------------------------------------


def _stop(market: Market, order: Order, terms: Terms, arrives: datetime, until: datetime) -> Fate:
    """A limit order from the trade on that reaches the stop price; nothing before."""
    reached = _reached(market, order, terms, arrives, until)
    if reached is None:
        return Fate(until)
    return Fate(until, executions(market, terms, reached + A_MOMENT, until), reached)


def _reached(market: Market, order: Order, terms: Terms, arrives: datetime, until: datetime) -> datetime | None:
    buys, stop = order.side is Side.BUY, order.stop_price
    if _past(quote_at(market, order.code, arrives, order.venue).price, stop, buys=buys):
        return arrives
    ticks = _ticks(market, terms, arrives, until)
    return next((at for at, tick in ticks if _past(tick.price, stop, buys=buys)), None)


def _past(price: int, stop: int, *, buys: bool) -> bool:
    return price >= stop if buys else price <= stop


# --- 조건부지정가 --------------------------------------------------------------------------------------------


def _conditional(market: Market, terms: Terms, arrives: datetime, until: datetime) -> list[Execution]:
    """A limit order through the day; what is left takes the closing auction's price, whatever it is."""
    tape, hours = market.tape(terms.code, arrives.date()), market.sessions(arrives.date())
    if tape is None or hours is None or tape.bar.halted:
        return []
    fills = executions(market, terms, arrives, hours.regular.closes)
    left = terms.quantity - sum(fill.quantity for fill in fills)
    return [*fills, Execution(until, tape.bar.close, left)] if left else fills


# --- 중간가 --------------------------------------------------------------------------------------------------


def _pegged(market: Market, terms: Terms, arrives: datetime, until: datetime) -> list[Execution]:
    """In the middle of the book it stands before every price shown: whoever takes our side meets it first."""
    fills, grid = _hidden(market, terms, arrives), market.grid(terms.code)
    left, buys = terms.quantity - sum(fill.quantity for fill in fills), terms.side is Side.BUY
    for at, tick in _ticks(market, terms, arrives, until):
        if not left:
            break
        if tick.bought is buys:
            continue
        other = grid.up(tick.price) if buys else grid.down(tick.price)
        size = min(left, tick.size)
        fills.append(Execution(at, (tick.price + other) // 2, size))
        left -= size
    return fills


def _hidden(market: Market, terms: Terms, arrives: datetime) -> list[Execution]:
    """Others who wait in the middle already: sometimes nobody, sometimes a part of what the book shows."""
    book = book_for(market, terms.code, arrives, terms.venue)
    ask, bid = book.asks[0], book.bids[0]
    luck = dice(market.seed, "mid", terms.code, arrives.replace(second=0, microsecond=0))
    size = min(terms.quantity, int((ask.size + bid.size) * max(luck.uniform(-0.2, 0.4), 0)))
    if not ask.price or not bid.price or not size:
        return []
    return [Execution(arrives, (ask.price + bid.price) // 2, size)]


# --- 시간외 --------------------------------------------------------------------------------------------------


def _before_the_open(market: Market, terms: Terms, arrives: datetime, until: datetime) -> list[Execution]:
    """장전 시간외 종가, at yesterday's close."""
    tape = market.tape(terms.code, arrives.date())
    return _stream(tape, terms, arrives, until, 20 if tape and _jumps_away(tape, terms) else 1)


def _after_the_close(market: Market, terms: Terms, arrives: datetime, until: datetime) -> list[Execution]:
    """장후 시간외 종가, at today's close."""
    return _stream(market.tape(terms.code, arrives.date()), terms, arrives, until, 1)


def _stream(
    tape: Tape | None, terms: Terms, arrives: datetime, until: datetime, scarcity: int
) -> list[Execution]:
    """A thin stream of others at the same price."""
    if tape is None or tape.bar.halted:
        return []
    luck, left, fills = dice(tape.name, "fixed price", minute_of(until), terms.side), terms.quantity, []
    offered = int(tape.bar.volume * luck.uniform(0, FIXED_PRICE_SHARE)) // scarcity
    for part in range(1, 5):
        if size := min(left, offered // 4):
            fills.append(Execution(arrives + (until - arrives) * part / 5, terms.limit, size))
            left -= size
    return fills


def _jumps_away(tape: Tape, terms: Terms) -> bool:
    """Whether the open is so much better for the other side that it will not trade at yesterday's close."""
    move = tape.bar.open / tape.base - 1
    return move > JUMP if terms.side is Side.BUY else move < -JUMP


def _single_price(market: Market, terms: Terms, arrives: datetime, until: datetime) -> list[Execution]:
    """시간외단일가: a call auction every ten minutes, within ten percent of the close."""
    tape = market.tape(terms.code, arrives.date())
    if tape is None or tape.bar.halted:
        return []
    left, fills = terms.quantity, []
    offered = max(int(tape.bar.volume * FIXED_PRICE_SHARE / 12), 1)
    for at in _auctions(arrives, until):
        price = quote_at(market, terms.code, at, Venue.NXT).price if tape.after.values else tape.bar.close
        if left and terms.takes(price):
            size = min(left, offered)
            fills.append(Execution(at, price, size))
            left -= size
    return fills


def _auctions(arrives: datetime, until: datetime) -> Iterator[datetime]:
    at = minute_start(arrives.date(), minute_of(arrives) // 10 * 10) + SINGLE_PRICE_EVERY
    while at <= until:
        yield at
        at += SINGLE_PRICE_EVERY


def _ticks(market: Market, terms: Terms, since: datetime, until: datetime) -> Iterator[tuple[datetime, Tick]]:
    """Every trade of the order's venue between two instants, without the closing auction's."""
    tape = market.tape(terms.code, since.date())
    if tape is None or tape.bar.halted:
        return
    for stretch in tape.stretches(minute_of(until), Venue.KRX if terms.venue is Venue.KRX else Venue.ALL):
        for index in range(max(stretch.upto(minute_of(since)) - 1, 0), stretch.upto(minute_of(until))):
            minute = stretch[index].minute
            if minute == stretch.auction:
                continue
            start = minute_start(tape.bar.day, minute)
            for tick in stretch.ticks(index):
                at = start + timedelta(milliseconds=tick.millisecond)
                if since < at <= until:
                    yield at, tick


_WAITING: Mapping[str, Callable[[Market, Terms, datetime, datetime], list[Execution]]] = MappingProxyType(
    {
        CONDITIONAL: _conditional,
        PEGGED: _pegged,
        BEFORE: _before_the_open,
        AFTER: _after_the_close,
        SINGLE: _single_price,
    }
)
