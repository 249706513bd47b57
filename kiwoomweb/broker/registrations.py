"""Registrations: what we want to hear, what we have asked for, what the broker has confirmed.

Pure bookkeeping. Acks carry neither group nor request id, so they are matched by order (PROTOCOL 8.5). What is
registered goes with the connection, what is *wanted* stays.
"""

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiwoomweb.broker.stream_events import Subscription

__all__ = ["MOST_IN_PACKET", "MOST_ITEMS", "Packet", "Registrations"]

#: Distinct items of one session; a symbol and its _NX and _AL count as three (PROTOCOL 4.5).
MOST_ITEMS = 200
MOST_IN_PACKET = 100


@dataclass(frozen=True, slots=True)
class Packet:
    """One REG or REMOVE. ``anew`` drops what the connection had before."""

    trnm: str
    items: frozenset[Subscription]
    anew: bool = False

    @property
    def text(self) -> str:
        data = [{"item": items, "type": list(types)} for types, items in _by_types(self.items)]
        refresh = {"refresh": "0" if self.anew else "1"} if self.trnm == "REG" else {}
        return json.dumps({"trnm": self.trnm, "grp_no": "1", **refresh, "data": data})


class Registrations:
    """The three sets of one stream: ``wanted``, ``pending`` (asked for), ``confirmed``."""

    def __init__(self) -> None:
        self.wanted: set[Subscription] = set()
        self.pending: set[Subscription] = set()
        self.confirmed: set[Subscription] = set()
        self._unanswered: defaultdict[str, deque[Packet]] = defaultdict(deque)

    def want(self, items: Iterable[Subscription]) -> tuple[list[Packet], frozenset[Subscription]]:
        """Packets for what is new among ``items``, and what must be left out: the session is full."""
        taken = {item for _, item in self.wanted if item}
        new, left_out = set(), set()
        for subscription in sorted(set(items) - self.wanted):
            item = subscription[1]
            if item and item not in taken and len(taken) >= MOST_ITEMS:
                left_out.add(subscription)
            else:
                taken |= {item} if item else set()
                new.add(subscription)
        self.wanted |= new
        return list(_packets("REG", new)), frozenset(left_out)

    def unwant(self, items: Iterable[Subscription]) -> list[Packet]:
        """Packets for what is dropped among ``items``."""
        gone = self.wanted & set(items)
        self.wanted -= gone
        return list(_packets("REMOVE", gone))

    def begin(self) -> list[Packet]:
        """A new connection has nothing registered: packets for all that is wanted."""
        self.end()
        packets = list(_packets("REG", self.wanted))
        return [Packet(packet.trnm, packet.items, anew=packet is packets[0]) for packet in packets]

    def end(self) -> None:
        """The connection is gone, and with it what was asked for and confirmed."""
        self.pending.clear()
        self.confirmed.clear()
        self._unanswered.clear()

    def sent(self, packet: Packet) -> None:
        """The packet is on its way; its ack will come after those of the packets before it."""
        self._unanswered[packet.trnm].append(packet)
        if packet.trnm == "REG":
            self.pending |= packet.items
        else:
            self.pending -= packet.items
            self.confirmed -= packet.items

    def acked(self, trnm: str, *, ok: bool) -> Packet | None:
        """The packet an ack of this kind answers; ``None`` for an ack nobody waits for."""
        if not self._unanswered[trnm]:
            return None
        packet = self._unanswered[trnm].popleft()
        if trnm == "REG":
            still = packet.items & self.pending
            self.pending -= packet.items
            if ok:
                self.confirmed |= still
            else:
                self.wanted -= still
        return packet


def _packets(trnm: str, items: Iterable[Subscription]) -> Iterator[Packet]:
    """The fewest packets of at most a hundred items each; all types of an item travel together."""
    types_of: defaultdict[str, set[str]] = defaultdict(set)
    for kind, item in items:
        types_of[item].add(kind)
    names = sorted(types_of)
    for start in range(0, len(names), MOST_IN_PACKET):
        chunk = names[start : start + MOST_IN_PACKET]
        yield Packet(trnm, frozenset((kind, name) for name in chunk for kind in types_of[name]))


def _by_types(items: Iterable[Subscription]) -> list[tuple[tuple[str, ...], list[str]]]:
    """Items that share their types, since every item of an entry is registered for every type of it."""
    types_of: defaultdict[str, set[str]] = defaultdict(set)
    for kind, item in items:
        types_of[item].add(kind)
    alike: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for item in sorted(types_of):
        alike[tuple(sorted(types_of[item]))].append(item)
    return sorted(alike.items())
