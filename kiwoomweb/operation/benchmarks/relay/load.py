"""The browsers of the benchmark, in one process: ``python -m kiwoomweb.operation.benchmarks.relay.load``.

One line of JSON asks, one answers:

    {"do": "open", "browsers": 100, "each": 20, "ports": […], "kind": "quote", …}    all in and following
    {"do": "mark"} … {"do": "report"}        what came between, and how old it was
    {"do": "sleep", "part": 0.2}             so many read no more
    {"do": "check", "counts": {…}}           how many newest values are not the feed's last
    {"do": "storm", "within": 10}            all go, and come back over so many seconds
    {"do": "again"}                          the server has died: how long until all are back and fresh
    {"do": "close"}
"""

import json
import os
import random
import resource
import select
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from kiwoomweb.operation.benchmarks.relay.seat import Seat
from kiwoomweb.operation.benchmarks.relay.tally import Tally
from kiwoomweb.operation.benchmarks.relay.trades import BEGIN, stamp

__all__ = ["main"]

PATIENCE = 60.0
#: Sockets that may be on their way in at once: a page does not connect a thousand times in one instant.
AT_ONCE = 32
#: Seconds between two knocks at a closed door (static/js/lib/live.js begins with half a second).
KNOCK_EVERY = 0.5


class Load:
    """All seats on one epoll."""

    def __init__(self) -> None:
        self.poll = select.epoll()
        self.seats: dict[int, Seat] = {}
        self.tally = Tally()
        self.asked: dict[str, Any] = {}

    def work(self, until: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        """Read what comes until this holds or the time is over; whether it holds."""
        deadline = time.monotonic() + seconds
        while not until():
            if time.monotonic() > deadline:
                return False
            self.turn()
        return True

    def turn(self, timeout: float = 0.02) -> bool:
        """One look at the sockets; whether our own input has something, too."""
        spoken = False
        for number, _events in self.poll.poll(timeout):
            if number == 0:
                spoken = True
            elif (seat := self.seats.get(number)) and not seat.sleeping:
                self.tally.begin(stamp())
                if not seat.read(self.tally):
                    self.tally.left += seat.open
                    self.drop(number)
        return spoken

    def drop(self, number: int) -> None:
        seat = self.seats.pop(number)
        self.poll.unregister(number)
        seat.socket.close()

    def sit(self, place: int) -> Seat:
        """Browser number ``place`` comes in; the same watchlist each time."""
        asked = self.asked
        chance = random.Random(f"{asked.get('seed', 1)}/{place}")
        symbols = chance.sample(asked["symbols"], asked["each"])
        ports, cookies = asked["ports"], asked.get("cookies") or [""]
        request = {**asked, "cookie": cookies[place % len(cookies)]}
        seat = Seat("127.0.0.1", ports[place % len(ports)], request, symbols)
        self.seats[seat.socket.fileno()] = seat
        self.poll.register(seat.socket.fileno(), select.EPOLLIN)
        return seat

    def open(self, asked: dict[str, Any]) -> dict[str, Any]:
        self.asked = asked
        for place in range(asked["browsers"]):
            self.sit(place)
            self.work(lambda: sum(not seat.open for seat in self.seats.values()) < AT_ONCE)
        everybody = self.work(lambda: all(seat.open for seat in self.seats.values()))
        followers = Counter(symbol for seat in self.seats.values() for symbol in seat.symbols)
        return {
            "open": sum(seat.open for seat in self.seats.values()),
            "all": everybody,
            "followers": followers,
        }

    def report(self, _asked: dict[str, Any]) -> dict[str, Any]:
        return self.tally.told()

    def mark(self, _asked: dict[str, Any]) -> dict[str, Any]:
        self.tally = Tally()
        return {}

    def sleep(self, asked: dict[str, Any]) -> dict[str, Any]:
        chosen = list(self.seats.items())[: int(len(self.seats) * asked["part"])]
        for number, seat in chosen:
            seat.sleeping = True
            self.poll.modify(number, 0)
        return {"sleeping": len(chosen)}

    def check(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Wait a moment for what is on its way, then count the values that never came."""
        counts = asked["counts"]
        self.work(lambda: not self._wrong(counts), asked.get("seconds", 3.0))
        return {"wrong": self._wrong(counts), "checked": sum(len(s.symbols) for s in self._awake())}

    def _wrong(self, counts: dict[str, int]) -> int:
        return sum(
            counts[symbol] > BEGIN and seat.last.get(f"quote:{symbol}") != counts[symbol]
            for seat in self._awake()
            for symbol in seat.symbols
        )

    def _awake(self) -> list[Seat]:
        return [seat for seat in self.seats.values() if not seat.sleeping]

    def storm(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Everybody is cut off at once and comes back, one after the other."""
        for number in list(self.seats):
            self.drop(number)
        people, within = self.asked["browsers"], asked["within"]
        begun = time.monotonic()
        refused: list[int] = []
        for place in range(people):
            self.work(lambda at=begun + within * place / people: time.monotonic() >= at)  # type: ignore[misc]
            refused += [seat.status for seat in self.seats.values() if seat.status not in {0, 101}]
            self.sit(place)
        back = self.work(lambda: all(seat.fresh for seat in self.seats.values()), 30)
        fresh = sum(seat.fresh for seat in self.seats.values())
        return {
            "seconds": time.monotonic() - begun,
            "back": back and fresh == people,
            "fresh": fresh,
            "refused": refused,
        }

    def again(self, _asked: dict[str, Any]) -> dict[str, Any]:
        """Everybody has been cut off: knock as our page does, until all are in and have heard something new."""
        begun, people = time.monotonic(), self.asked["browsers"]
        for number in list(self.seats):
            self.drop(number)
        for place in range(people):
            while not self._came_in(place):
                if time.monotonic() - begun > PATIENCE:
                    break
                self.work(lambda: False, KNOCK_EVERY)
        self.work(lambda: len(self.seats) == people and all(seat.fresh for seat in self.seats.values()))
        return {"seconds": time.monotonic() - begun, "fresh": sum(s.fresh for s in self.seats.values())}

    def _came_in(self, place: int) -> bool:
        try:
            seat = self.sit(place)
        except OSError:
            return False
        self.work(lambda: seat.status > 0 or seat not in self.seats.values(), 5.0)
        return seat.status == 101

    def close(self, _asked: dict[str, Any]) -> dict[str, Any]:
        for number in list(self.seats):
            self.drop(number)
        return {}


def main() -> None:
    """Do what the input says until it ends; read sockets all the while."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    load, held = Load(), b""
    load.poll.register(0, select.EPOLLIN)
    while True:
        if not load.turn(0.05):
            continue
        if not (came := os.read(0, 65_536)):
            return
        *lines, held = (held + came).split(b"\n")
        for line in lines:
            asked = json.loads(line)
            answer = getattr(load, asked["do"])(asked)
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
