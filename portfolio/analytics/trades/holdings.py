"""Holding events at work: what an event makes of the open trips of its symbol."""

from collections.abc import Callable
from fractions import Fraction

from portfolio.analytics.trades.changes import Change, Kind
from portfolio.analytics.trades.facts import Execution, Leg, Slice, Trip

__all__ = ["apply_change"]

Key = tuple[str, str, int | None]
#: Opens a trip as an execution would.
Opens = Callable[[Execution], Trip]


def apply_change(open_trips: dict[Key, Trip], done: list[Trip], change: Change, new: Opens) -> None:
    """Bring one event into force. A symbol without open trips is touched only by events that bring shares."""
    keys = [key for key in open_trips if key[0] == change.symbol]
    if change.kind in {Kind.BROUGHT_IN, Kind.ADOPTED, Kind.RIGHTS}:
        _bring(open_trips, change, keys, new)
        return
    for key in keys:
        trip = open_trips[key]
        if change.kind in {Kind.SPLIT, Kind.BONUS}:
            _scale(trip, change)
        elif change.kind in {Kind.RENAME, Kind.MERGER}:
            _move(open_trips, key, change)
        elif change.kind is Kind.SPIN_OFF:
            _spin_off(open_trips, trip, change, new)
        else:
            _leave(open_trips, done, key, change)


def _bring(open_trips: dict[Key, Trip], change: Change, keys: list[Key], new: Opens) -> None:
    """Shares that came without a fill, at the cost told: to the trip that is open, else as a trip's opening."""
    key = next(iter(keys), (change.symbol, "", None))
    order = f"{change.kind.value}"
    if key not in open_trips:
        clock = None
        opening = Execution(change.day, None, True, change.quantity, change.amount, order, *key, clock)
        open_trips[key] = new(opening)
    _add(open_trips[key], change, change.quantity, change.amount)


def _add(trip: Trip, change: Change, quantity: int, cost: int) -> None:
    trip.held += quantity
    trip.held_cost += cost
    trip.bought_quantity += quantity
    trip.bought += cost
    trip.max_quantity = max(trip.max_quantity, trip.held)
    trip.lots.append([quantity, cost])
    trip.is_clocked = False
    _note(trip, change, quantity, cost, is_buy=True)


def _scale(trip: Trip, change: Change) -> None:
    """Split or bonus: other shares, the same cost. Fractions of a share are paid out and fall away."""
    before, trip.held = trip.held, int(trip.held * change.ratio)
    ratio = Fraction(trip.held, before) if before else change.ratio
    for lot in trip.lots[trip.first_lot :]:
        lot[0] = int(lot[0] * change.ratio)
    short = trip.held - sum(lot[0] for lot in trip.lots[trip.first_lot :])
    if short > 0 and trip.lots:
        trip.lots[-1][0] += short  # each lot was cut by itself: the newest takes what that left over
    # Sold so far counts in today's shares too, or the average would jump.
    trip.bought_quantity = trip.held + int(trip.sold_quantity * ratio)
    trip.sold_quantity = int(trip.sold_quantity * ratio)
    trip.clock_bought = round(trip.clock_bought * ratio)
    trip.clock_sold = round(trip.clock_sold * ratio)
    trip.max_quantity = max(int(trip.max_quantity * ratio), trip.held)
    _note(trip, change, trip.held - before, 0, is_buy=True)


def _move(open_trips: dict[Key, Trip], key: Key, change: Change) -> None:
    """Another code, and in a merger other shares; an open trip of the new code takes them in."""
    trip = open_trips.pop(key)
    if change.ratio != 1:
        _scale(trip, change)
    trip.symbol = change.new_symbol
    there = (change.new_symbol, key[1], key[2])
    if (host := open_trips.get(there)) is None:
        open_trips[there] = trip
        if change.ratio == 1:
            _note(trip, change, 0, 0, is_buy=True)
        return
    _add(host, change, trip.held, trip.held_cost)
    host.orders |= trip.orders
    host.slices = _together(host.slices, trip.slices)
    host.sold += trip.sold
    host.sold_quantity += trip.sold_quantity
    host.adopted += trip.adopted
    host.fills += trip.fills


def _spin_off(open_trips: dict[Key, Trip], trip: Trip, change: Change, new: Opens) -> None:
    """A part of the cost goes with the shares of the new company."""
    quantity = int(trip.held * change.ratio)
    cost = round(trip.held_cost * change.cost_share)
    trip.held_cost -= cost
    trip.bought -= cost
    for lot in trip.lots[trip.first_lot :]:
        lot[1] -= round(lot[1] * change.cost_share)
    _note(trip, change, 0, -cost, is_buy=False)
    there = (change.new_symbol, trip.credit, trip.book)
    if there not in open_trips:
        order = change.kind.value
        open_trips[there] = new(Execution(change.day, None, True, quantity, cost, order, *there, None))
    _add(open_trips[there], change, quantity, cost)


def _leave(open_trips: dict[Key, Trip], done: list[Trip], key: Key, change: Change) -> None:
    """Delisted: all is gone for what was paid out. Taken out: so many shares leave at cost, nothing is won."""
    trip = open_trips[key]
    gone = trip.held if change.kind is Kind.DELISTING else min(change.quantity or trip.held, trip.held)
    cost = trip.held_cost if gone == trip.held else round(Fraction(trip.held_cost * gone, trip.held))
    received = change.amount if change.kind is Kind.DELISTING else cost
    trip.held -= gone
    trip.held_cost -= cost
    trip.sold_quantity += gone
    trip.sold += received
    trip.is_clocked = False
    known = not trip.adopted
    piece = Slice(change.day, gone, received, cost if known else None, cost if known else None)
    trip.slices.append(piece)
    _note(trip, change, gone, received, is_buy=False)
    if not trip.held:
        piece.is_closing = True
        trip.closed_day = change.day
        done.append(open_trips.pop(key))


def _together(mine: list[Slice], theirs: list[Slice]) -> list[Slice]:
    """Slices of two trips, one for each day."""
    days: dict[object, Slice] = {piece.day: piece for piece in mine}
    for piece in theirs:
        host = days.setdefault(piece.day, piece)
        if host is not piece:
            host.sold_quantity += piece.sold_quantity
            host.sold += piece.sold
            host.cost = None if None in (host.cost, piece.cost) else (host.cost or 0) + (piece.cost or 0)
            both = (host.cost_fifo, piece.cost_fifo)
            host.cost_fifo = None if None in both else (host.cost_fifo or 0) + (piece.cost_fifo or 0)
    return sorted(days.values(), key=lambda piece: piece.day)


def _note(trip: Trip, change: Change, quantity: int, amount: int, *, is_buy: bool) -> None:
    if trip.legs is not None:
        word = change.kind.value
        trip.legs.append(
            Leg(change.day, None, is_buy, quantity, amount, trip.held, trip.held_cost, None, 0, word)
        )
