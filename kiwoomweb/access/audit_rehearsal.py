"""A rehearsal of forgery: a chain in memory, one change at a time, and whether the judge finds it.

Nothing touches the database. The same seed tries the same forgeries.
"""

import random
from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime, timedelta

from kiwoomweb.access.audit_anchors import Anchor
from kiwoomweb.access.audit_seal import seal_of
from kiwoomweb.access.key_ring import KeyRing
from kiwoomweb.access.models import AuditChain, AuditEntry
from kiwoomweb.access.selectors.auditing import judge

__all__ = ["rehearse"]

LENGTH, ANCHORED = 9, 6
TEXTS = ("who", "action", "about", "detail", "ip", "agent", "session", "seal")
NUMBERS = ("number", "user_id", "account_id", "team_id", "key_version")

Entries = list[AuditEntry]


def rehearse(mutations: int, seed: int = 1) -> list[str]:
    """Forge so many times; gives a sentence for each forgery nobody noticed (none, when all is well)."""
    dice = random.Random(seed)
    ring = KeyRing(path=None, keys={1: dice.randbytes(32)})  # type: ignore[arg-type]  # read from no file
    chain, entries = _chain(ring)
    anchors = [Anchor(chain.key, ANCHORED, entries[ANCHORED - 1].seal)]
    if not judge(chain, entries, anchors, ring).ok:
        return ["the untouched chain was refused"]
    missed = []
    for _turn in range(mutations):
        end, forged = copy(chain), [copy(entry) for entry in entries]
        what = dice.choice(FORGERIES)(dice, end, forged)
        if judge(end, forged, anchors, ring).ok:
            missed.append(what)
    return missed


def _chain(ring: KeyRing) -> tuple[AuditChain, Entries]:
    chain, entries, before = AuditChain(key="account:7"), [], ""
    start = datetime(2026, 11, 26, 9, tzinfo=UTC)
    for number in range(1, LENGTH + 1):
        entry = AuditEntry(
            number=number, at=start + timedelta(minutes=number), user_id=3, who="minji@example.com",
            account_id=7, team_id=2, action="order.sent", about=f"005930 #{number}", detail='{"quantity": 10}',
            ip="127.0.0.1", agent="browser", session="5e55" * 8, key_version=1,
        )  # fmt: skip
        entry.seal = before = seal_of(ring.key(1), before, chain.key, entry)
        entries.append(entry)
    chain.length, chain.head = LENGTH, before
    return chain, entries


def _one_sign(dice: random.Random, _end: AuditChain, entries: Entries) -> str:
    entry, name = dice.choice(entries), dice.choice(TEXTS)
    text = getattr(entry, name)
    at = dice.randrange(len(text))
    setattr(entry, name, text[:at] + chr(ord(text[at]) ^ 1 << dice.randrange(7)) + text[at + 1 :])
    return f"a sign of {name} changed"


def _one_number(dice: random.Random, _end: AuditChain, entries: Entries) -> str:
    entry, name = dice.choice(entries), dice.choice(NUMBERS)
    setattr(entry, name, getattr(entry, name) + dice.choice((-1, 1, 2, 1 << 31)))
    return f"{name} changed"


def _one_moment(dice: random.Random, _end: AuditChain, entries: Entries) -> str:
    dice.choice(entries).at += timedelta(microseconds=dice.choice((-1, 1, 1_000_000)))
    return "the time changed"


def _taken_out(dice: random.Random, end: AuditChain, entries: Entries) -> str:
    """With the numbers closed up and the length set right, by somebody who knows how they hang together."""
    del entries[dice.randrange(LENGTH - 1)]
    for number, entry in enumerate(entries, 1):
        entry.number = number
    end.length = len(entries)
    return "an entry taken out"


def _put_in(dice: random.Random, end: AuditChain, entries: Entries) -> str:
    entries.insert(dice.randrange(LENGTH + 1), copy(dice.choice(entries)))
    for number, entry in enumerate(entries, 1):
        entry.number = number
    end.length, end.head = len(entries), entries[-1].seal
    return "an entry put in"


def _swapped(dice: random.Random, end: AuditChain, entries: Entries) -> str:
    one, other = dice.sample(range(LENGTH), 2)
    entries[one], entries[other] = entries[other], entries[one]
    if dice.random() < 0.5:
        entries[one].number, entries[other].number = one + 1, other + 1
    end.head = entries[-1].seal
    return "two entries swapped"


def _cut_off(dice: random.Random, end: AuditChain, entries: Entries) -> str:
    """Behind an anchor, with the end of the chain set to match."""
    del entries[dice.randrange(ANCHORED) :]
    end.length, end.head = len(entries), entries[-1].seal if entries else ""
    return "the end cut off"


def _end_moved(dice: random.Random, end: AuditChain, entries: Entries) -> str:
    if dice.random() < 0.5:
        end.length += dice.choice((-1, 1))
    else:
        end.head = dice.choice(entries[:-1]).seal
    return "the end moved"


FORGERIES: tuple[Callable[[random.Random, AuditChain, Entries], str], ...] = (
    _one_sign, _one_number, _one_moment, _taken_out, _put_in, _swapped, _cut_off, _end_moved,
)  # fmt: skip
