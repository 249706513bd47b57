"""Turns: whose call may leave next, decided by priority, fairness and the gates' windows. Pure; milliseconds.

    queue     who waits, most urgent first; within a class those who had fewer turns first
    gates     what the broker counts; a call holds a place in each of its gates until a second after its answer
    learned   a refusal makes a gate narrower for a while

``ask`` plays the queue forward: everybody ahead is given the earliest places that suit them, and whoever then
finds all gates open may leave. A call that waits for a narrow gate does not hold up calls through other gates.
``kiwoomweb/access/pacing.lua`` is the same in Valkey's language for many processes; a test compares the two.
"""

from bisect import insort
from dataclasses import dataclass, field

from kiwoomweb.broker.pacing import WINDOW, Gate, Priority

__all__ = ["HOLD", "LEASE", "LOOK_AGAIN", "Ticket", "Turns"]

#: A call whose answer is never told holds its places so long: longer than a client waits for an answer.
HOLD = 20_000
#: Who has not asked for so long is gone.
LEASE = 2_000
#: Ask again at the latest after this: somebody ahead may have left.
LOOK_AGAIN = 250
#: After a refusal a gate is shut for so long; narrow for ten minutes; then one wider each minute.
SHUT, NARROW, WIDER_EVERY = 1_200, 600_000, 60_000


@dataclass(frozen=True, slots=True)
class Ticket:
    """One call that wants to leave."""

    number: str
    priority: Priority
    payer: str
    gates: tuple[Gate, ...]


@dataclass(slots=True)
class _Waiting:
    ticket: Ticket
    tag: int
    until: int

    @property
    def place(self) -> tuple[int, int, str]:
        return int(self.ticket.priority), self.tag, self.ticket.number


@dataclass(slots=True)
class _View:
    """A gate at one look: when each of its places is free, when the last call left, until when it is shut."""

    free: list[int]
    last: int
    shut: int
    spread: int

    def opens(self) -> int:
        return max(self.free[0], self.last + self.spread if self.spread else 0, self.shut)

    def taken(self, at: int) -> None:
        """Give away the place that is free latest among those that suit a call leaving at ``at``."""
        suits = max(index for index, free in enumerate(self.free) if free <= at)
        del self.free[suits]
        insort(self.free, at + WINDOW)
        self.last = at


@dataclass(slots=True)
class Turns:
    """The turns of one app key."""

    waiting: dict[str, _Waiting] = field(default_factory=dict)
    held: dict[str, dict[str, int]] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    shut: dict[str, int] = field(default_factory=dict)
    learned: dict[str, tuple[int, int]] = field(default_factory=dict)
    served: dict[tuple[Priority, str | None], int] = field(default_factory=dict)

    def ask(self, ticket: Ticket, now: int) -> int:
        """0 when the call may leave now, its places being taken; else ask again after so many ms."""
        mine = self._queued(ticket, now)
        self.waiting = {name: one for name, one in self.waiting.items() if one.until >= now}
        views: dict[str, _View] = {}
        for one in sorted(self.waiting.values(), key=lambda one: one.place):
            gates = [views.setdefault(gate.name, self._view(gate, now)) for gate in one.ticket.gates]
            at = max(now, *(gate.opens() for gate in gates))
            if one is mine:
                return self._leave(one, now) if at <= now else min(at - now, LOOK_AGAIN)
            for gate in gates:
                gate.taken(at)
        raise AssertionError("who asks is in the queue")

    def answered(self, ticket: Ticket, now: int) -> None:
        """From here the places of the call are its own for one more window."""
        for gate in ticket.gates:
            if ticket.number in self.held.get(gate.name, {}):
                self.held[gate.name][ticket.number] = now + WINDOW

    def refused(self, gate: Gate, quota: int | None, now: int) -> None:
        """The broker counted too many: shut the gate for a moment and keep it narrower for a while.

        ``quota`` is the limit the broker named (유량), if it named one.
        """
        limit = self.limit(gate, now)
        narrower = quota if quota and quota < limit else limit - 1
        self.learned[gate.name] = max(narrower, 1), now
        self.shut[gate.name] = now + SHUT

    def limit(self, gate: Gate, now: int) -> int:
        """The gate's limit, or what was learned of it."""
        if gate.name not in self.learned:
            return gate.limit
        limit, since = self.learned[gate.name]
        return min(gate.limit, limit + max(0, (now - since - NARROW) // WIDER_EVERY))

    def withdraw(self, ticket: Ticket) -> None:
        """Who gave up waiting is no longer in the way."""
        self.waiting.pop(ticket.number, None)

    def _queued(self, ticket: Ticket, now: int) -> _Waiting:
        """Start-time fair queueing: a payer's next call queues behind its last, nobody's behind the past."""
        one = self.waiting.get(ticket.number)
        if one is None:
            begun = self.served.get((ticket.priority, None), 0)
            tag = max(begun, self.served.get((ticket.priority, ticket.payer), 0)) + 1
            self.served[ticket.priority, ticket.payer] = tag
            one = self.waiting[ticket.number] = _Waiting(ticket, tag, 0)
        one.until = now + LEASE
        return one

    def _view(self, gate: Gate, now: int) -> _View:
        limit, held = self.limit(gate, now), self.held.setdefault(gate.name, {})
        for number in [number for number, until in held.items() if until <= now]:
            del held[number]
        # Places of calls under way are free a window from now at the earliest.
        free = sorted(min(until, now + WINDOW) for until in held.values())[-limit:]
        free = [now] * (limit - len(free)) + free
        return _View(free, self.last.get(gate.name, -WINDOW), self.shut.get(gate.name, 0), gate.spread)

    def _leave(self, one: _Waiting, now: int) -> int:
        del self.waiting[one.ticket.number]
        self.served[one.ticket.priority, None] = one.tag
        for gate in one.ticket.gates:
            self.held[gate.name][one.ticket.number] = now + HOLD
            self.last[gate.name] = now
        return 0
