"""The screen: which shares meet which conditions, found out a few at a time so that nobody else has to wait.

One pass looks at every share once, for all conditions somebody asked about. What came in and what fell out
between two passes is told to those who watch; a search is answered by the pass that begins after it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic

from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.screening.conditions import CONDITIONS
from kiwoomweb.simulator.screening.facts import Facts, FactsOf

__all__ = ["Change", "Done", "Screen"]

#: Time one heartbeat may spend here, in seconds: more while somebody waits for an answer.
BUDGET_S, ASKED_BUDGET_S = 0.02, 0.06
#: From the beginning of one pass to that of the next while somebody watches.
PASS_EVERY_S = 2.0
#: Shares one condition may follow in real time (PROTOCOL 4.5).
MOST_FOLLOWED = 100

#: Takes every share that met the condition, by code.
Done = Callable[[Sequence[Facts]], None]
Found = dict[str, Facts]


@dataclass(frozen=True, slots=True)
class Change:
    """A share came into (or left) what a condition finds."""

    seq: str
    share: Facts
    entered: bool


class Screen:
    def __init__(self, exchange: Exchange, clock: Callable[[], float] = monotonic) -> None:
        self._exchange, self._clock = exchange, clock
        self._facts_of = FactsOf(exchange)
        self._asked: list[tuple[str, Done]] = []
        self._answering: list[tuple[str, Done]] = []
        self._left: Iterator[str] | None = None
        self._found: dict[str, Found] = {}
        self._followed: dict[str, Found] = {}
        self._next_pass_at = clock()

    def ask(self, seq: str, done: Done) -> None:
        """Have ``done`` told once everything was looked at; call ``answers`` after ``advance`` to hear it."""
        self._asked.append((seq, done))

    def advance(self, watched: Iterable[str]) -> list[Change]:
        """Look on for a while; at the end of a pass, what has changed for conditions watched before it."""
        wanted = set(watched)
        self._followed = {seq: found for seq, found in self._followed.items() if seq in wanted}
        if self._left is None and not self._begun(wanted):
            return []
        until = self._clock() + (ASKED_BUDGET_S if self._answering else BUDGET_S)
        for code in self._left or ():
            self._look_at(code)
            if self._clock() >= until:
                return []
        self._left = None
        return self._changes(wanted)

    def answers(self) -> Iterator[Callable[[], None]]:
        """Answers to searches that are complete; each is to be called once, after the changes were told."""
        if self._left is not None:
            return
        done, self._answering = self._answering, []
        for seq, tell in done:
            found = self._found[seq]
            self._followed[seq] = _few(found)
            yield partial(tell, list(found.values()))

    def _begun(self, watched: set[str]) -> bool:
        """Whether a new pass was due and has begun."""
        now = self._clock()
        if not self._asked and not (watched and now >= self._next_pass_at):
            return False
        self._answering, self._asked = self._asked, []
        self._found = {seq: {} for seq in watched | {seq for seq, _ in self._answering}}
        self._left = iter([one.code for one in self._exchange.instruments() if not one.is_etf])
        self._next_pass_at = now + PASS_EVERY_S
        return True

    def _look_at(self, code: str) -> None:
        facts = self._facts_of(code)
        if facts is None:
            return
        for seq, found in self._found.items():
            if CONDITIONS[seq].holds(facts):
                found[code] = facts

    def _changes(self, watched: set[str]) -> list[Change]:
        """Against the pass before; a condition followed for the first time has no changes yet."""
        changes = []
        for seq in sorted(watched & self._found.keys() & self._followed.keys()):
            before, now = self._followed[seq], _few(self._found[seq])
            changes += [Change(seq, share, True) for code, share in now.items() if code not in before]
            changes += [Change(seq, share, False) for code, share in before.items() if code not in now]
            self._followed[seq] = now
        return changes


def _few(found: Mapping[str, Facts]) -> Found:
    return dict(list(found.items())[:MOST_FOLLOWED])
