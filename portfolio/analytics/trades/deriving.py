"""Deriving: round trips out of fills in one pass, at the moving average the broker counts by, FIFO beside it.

A trip runs from flat to flat in one (symbol, credit, book). Aggregate fills carry the time of their order, so a
sale may seem to come before the buy it sold: such a sale waits for the end of its day. What is still not
covered then was bought before the journal began (``adopted``), and the trip's cost is unknown.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from portfolio.analytics.trades.changes import Change
from portfolio.analytics.trades.facts import Execution, Leg, Slice, Trip
from portfolio.analytics.trades.holdings import apply_change

__all__ = ["derive", "in_order"]

#: What parts holdings that never mix: symbol, credit, book.
Key = tuple[str, str, int | None]


def in_order(executions: Iterable[Execution]) -> list[Execution]:
    """By day, time, buys before sells, order number: the same fills in any order are one order."""
    return sorted(executions, key=_place)


def derive(
    executions: Iterable[Execution], changes: Sequence[Change] = (), *, with_legs: bool = False
) -> list[Trip]:
    """The trips of these fills (``in_order``), beginning flat; those still open come last.

    Every fill is in exactly one trip: Σ bought and Σ sold of the trips are those of the fills.
    """
    desk = _Desk(sorted(changes, key=lambda change: change.day), with_legs=with_legs)
    day = None
    for one in executions:
        if one[0] != day:
            day = one[0]
            desk.begin(day)
        if one[2]:
            desk.buy(one)
        else:
            desk.sell(one)
    return desk.finish()


class _Desk:
    """What is held while the pass goes on."""

    def __init__(self, changes: list[Change], *, with_legs: bool) -> None:
        self.changes, self.with_legs = changes, with_legs
        self.open: dict[Key, Trip] = {}
        self.done: list[Trip] = []
        self.waiting: dict[Key, list[Execution]] = {}
        self.opened: dict[tuple[date, str], int] = {}

    def begin(self, day: date) -> None:
        """A new day: what waited is settled, and events up to it come into force."""
        if self.waiting:
            self._settle()
        while self.changes and self.changes[0].day <= day:
            apply_change(self.open, self.done, self.changes.pop(0), self._new)

    def finish(self) -> list[Trip]:
        self.begin(date.max)
        return [*self.done, *self.open.values()]

    def buy(self, one: Execution) -> None:
        _day, at, _buy, quantity, amount, order, symbol, credit, book, clock, ref, _venue = one
        key = (symbol, credit, book)
        trip = self.open.get(key)
        if trip is None:
            trip = self.open[key] = self._new(one)
        mark = (one[0], order)
        if mark not in trip.orders:
            trip.orders.add(mark)
            trip.entries += 1
            if trip.held:
                # price < average, without dividing: amount/quantity < held_cost/held
                if amount * trip.held < trip.held_cost * quantity:
                    trip.adds_below += 1
                elif amount * trip.held > trip.held_cost * quantity:
                    trip.adds_above += 1
        trip.fills += 1
        trip.held += quantity
        trip.held_cost += amount
        trip.bought_quantity += quantity
        trip.bought += amount
        trip.max_quantity = max(trip.max_quantity, trip.held)
        trip.lots.append([quantity, amount])
        if clock is None:
            trip.is_clocked = False
        else:
            trip.clock_bought += quantity * clock
        if trip.legs is not None:
            trip.legs.append(Leg(one[0], at, True, quantity, amount, trip.held, trip.held_cost, None, ref))
        if key in self.waiting:
            self._retry(key)

    def sell(self, one: Execution) -> None:
        key = (one[6], one[7], one[8])
        trip = self.open.get(key)
        if trip is None or one[3] > trip.held or key in self.waiting:
            self.waiting.setdefault(key, []).append(one)
            if trip is not None and one[3] <= trip.held:
                self._retry(key)
            return
        self._take(key, trip, one)

    def _retry(self, key: Key) -> None:
        """Sales that waited go through as soon as what is held covers them, oldest first."""
        queue = self.waiting[key]
        while queue and (trip := self.open.get(key)) is not None and queue[0][3] <= trip.held:
            self._take(key, trip, queue.pop(0))
        if not queue:
            del self.waiting[key]

    def _settle(self) -> None:
        """The day is over: sales that nothing covers sold shares from before the journal."""
        for key, queue in list(self.waiting.items()):
            for one in queue:
                trip = self.open.get(key)
                if trip is None:
                    trip = self.open[key] = self._new(one)
                if one[3] > trip.held:
                    trip.adopted += one[3] - trip.held
                    trip.held = one[3]
                self._take(key, trip, one)
        self.waiting.clear()

    def _take(self, key: Key, trip: Trip, one: Execution) -> None:
        """Sell what is held: its share of the cost goes to the day's slice."""
        day, at, _buy, quantity, amount, order, _symbol, _credit, _book, clock, ref, venue = one
        held = trip.held
        mark = (day, order)
        if mark not in trip.orders:
            trip.orders.add(mark)
            trip.exits += 1
        piece = trip.slices[-1] if trip.slices else None
        if piece is None or piece.day != day:
            piece = Slice(day)
            trip.slices.append(piece)
        # To the nearest won, the rest stays with the shares: over a whole trip nothing is lost.
        cost = trip.held_cost if quantity == held else (2 * trip.held_cost * quantity + held) // (2 * held)
        fifo = _first_out(trip, quantity)
        piece.sold_quantity += quantity
        piece.sold += amount
        known = not trip.adopted
        if known and piece.cost is not None and piece.cost_fifo is not None:
            piece.cost += cost
            piece.cost_fifo += fifo
        else:
            piece.cost = piece.cost_fifo = None
        trip.fills += 1
        trip.held = held - quantity
        trip.held_cost -= cost
        trip.sold_quantity += quantity
        trip.sold += amount
        if clock is None:
            trip.is_clocked = False
        else:
            trip.clock_sold += quantity * clock
        if trip.legs is not None:
            realised = amount - cost if known else None
            trip.legs.append(Leg(day, at, False, quantity, amount, trip.held, trip.held_cost, realised, ref))
        if not trip.held:
            piece.is_closing = True
            trip.closed_day, trip.closed_at, trip.exit_venue = day, at, venue
            self.done.append(self.open.pop(key))

    def _new(self, one: Execution) -> Trip:
        mark = (one[0], one[5])
        ordinal = self.opened.get(mark, 0)
        self.opened[mark] = ordinal + 1
        trip = Trip(one[6], one[7], one[8], one[0], one[1], one[5], ordinal, entry_venue=one[11])
        if self.with_legs:
            trip.legs = []
        return trip


def _first_out(trip: Trip, quantity: int) -> int:
    """Won the oldest ``quantity`` shares had cost; they leave their lots. Adopted shares cost nobody knows."""
    lots, index, cost = trip.lots, trip.first_lot, 0
    while quantity and index < len(lots):
        lot = lots[index]
        if lot[0] <= quantity:
            quantity -= lot[0]
            cost += lot[1]
            index += 1
        else:
            part = (2 * lot[1] * quantity + lot[0]) // (2 * lot[0])
            lot[0] -= quantity
            lot[1] -= part
            cost += part
            quantity = 0
    trip.first_lot = index
    return cost


def _place(one: Execution) -> tuple[date, str, bool, str, str, int]:
    at = one.at.isoformat() if one.at else ""
    return one.day, at, not one.is_buy, one.order_no, one.venue, one.ref
