"""Mutating: replies and frames bent at random, read by everything that reads them: no crash, no silent zero.

A field is broken in one of the ways a broker, a proxy or a bad day would break it. A figure that is read must
then be the figure that is written there; a blank may never become zero, a word never a number.
"""

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from kiwoomweb.broker import frames, protocol
from kiwoomweb.broker.catalogue import TR, Field, all_trs
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.reading import Cell, question_problems, read
from kiwoomweb.broker.reading.usual import usual_question
from kiwoomweb.broker.trades import Trades
from kiwoomweb.operation.every_tr.breaking import BREAKS, FIGURES
from kiwoomweb.operation.every_tr.door import Door

__all__ = ["Bent", "bend"]

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=SEOUL)
MOST_SHOWN = 10
#: A practice broker takes its time: it is asked once in so many turns.
GATE_EVERY = 50


@dataclass(slots=True)
class Bent:
    """What came of it: how often each reader was asked, and every trouble; ``seed`` brings them back."""

    seed: int
    asked: Counter[str] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        for reader, times in self.asked.items():
            yield f"  {reader}: {times}"
        yield from self.troubles[:MOST_SHOWN]
        mark = "✗" if self.troubles else "✓"
        yield f"{mark} seed {self.seed}: {len(self.troubles)} troubles in {self.asked.total()}"


def bend(times: int, seed: int = 1) -> Bent:
    """So many bent replies, frames and questions; the same for the same seed."""
    chance, bent, trs = random.Random(seed), Bent(seed), list(all_trs())
    turns, door = (_reply, _frame, _envelope, _question), Door(trs)
    for n in range(times):
        tr = chance.choice(trs)
        turn = door.knock if n % GATE_EVERY == GATE_EVERY - 1 else turns[n % len(turns)]
        state = f"{turn.__name__} {tr.id} #{n}"
        bent.asked[turn.__name__.lstrip("_")] += 1
        try:
            bent.troubles += [f"{state}: {said}" for said in turn(chance, tr)]
        except Exception as crash:
            bent.troubles.append(f"{state}: {type(crash).__name__}: {ascii(crash)[:120]}")
    return bent


def _reply(chance: random.Random, tr: TR) -> Iterator[str]:
    """A reply read by the catalogue."""
    fields = {"return_code": 0, "return_msg": "", **_filled(chance, tr.response)}
    if chance.random() < 0.2:
        name = chance.choice([*fields, "더하기"])
        fields[name] = chance.choice(BREAKS)(chance, "1")
    reading = read(tr, fields, usual_question(tr, NOW.date()))
    for _, cell in reading.fields:
        yield from _judged(cell)
    for table in reading.tables:
        for row in table.rows:
            for cell in row:
                yield from _judged(cell)


def _judged(cell: Cell) -> Iterator[str]:
    """A figure must be written where it is read, and a trouble must be told in words."""
    if cell.problem and cell.value is not None:
        yield f"a value beside a problem: {cell!a}"
    cell.raw.encode()
    if cell.value in (0, Decimal(0)) and not isinstance(cell.value, str | date | time) and "0" not in cell.raw:
        yield f"a zero nobody wrote: {cell!a}"
    if isinstance(cell.value, int | Decimal) and not any(letter in FIGURES for letter in cell.raw):
        yield f"a figure out of a word: {cell!a}"


def _frame(chance: random.Random, tr: TR) -> Iterator[str]:
    """A realtime frame, by the stream's own ways, the quick one too."""
    kind = chance.choice(list(frames.MEANINGS))
    table = frames.MEANINGS[kind][0]
    values = {fid: _text(chance) for fid in table.__struct_encode_fields__}
    for fid in chance.sample(sorted(values), k=min(len(values), chance.randrange(4))):
        values[fid] = chance.choice(BREAKS)(chance, str(values[fid]))
    entry = {"type": kind, "name": "", "item": chance.choice(["005930", "001", "", "?"]), "values": values}
    raw = json.dumps({"trnm": "REAL", "data": [entry]}, separators=(",", ":")).encode()
    if chance.random() < 0.1:
        raw = raw[: chance.randrange(len(raw))]
    try:
        (found,) = frames.hear([raw])
        told = frames.decode(raw, NOW)
    except BrokerError:
        return
    if not told and isinstance(found, Trades):
        yield f"a trade lost: {raw!a}"


def _envelope(chance: random.Random, tr: TR) -> Iterator[str]:
    """A whole answer by the protocol: bent envelope, cut bytes, odd headers."""
    fields = {"return_code": 0, "return_msg": "정상", **_filled(chance, tr.response)}
    fields["return_code"] = chance.choice([0, "0", "0000", 20, 3, None, "x", [], 1e9])
    content = json.dumps(fields).encode()
    if chance.random() < 0.3:
        content = content[: chance.randrange(len(content))]
    headers = {"cont-yn": chance.choice(["Y", "N", "", "?"]), "next-key": chance.choice(["", "k", "ㅋ"])}
    try:
        reply = protocol.read(tr.id, chance.choice([200, 200, 200, 429, 503, 401]), headers, content)
        for table in tr.lists:
            protocol.rows(reply, table.name)
    except BrokerError:
        return
    yield from ()


def _question(chance: random.Random, tr: TR) -> Iterator[str]:
    """A body somebody fills in: told what is wrong, never a crash; what is whole may be sent."""
    body: dict[str, Any] = usual_question(tr, NOW.date())
    if body and chance.random() < 0.9:
        name = chance.choice(sorted(body))
        body[name] = chance.choice(BREAKS)(chance, str(body[name]))
    for name, said in question_problems(tr, body).items():
        if not said.strip():
            yield f"{name}: no words"


def _filled(chance: random.Random, fields: tuple[Field, ...]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for part in fields:
        if part.kind == "list":
            told[part.name] = [_filled(chance, part.fields) for _ in range(chance.randrange(3))]
        elif chance.random() < 0.15:
            told[part.name] = chance.choice(BREAKS)(chance, _text(chance))
        else:
            told[part.name] = _text(chance)
    return told


def _text(chance: random.Random) -> str:
    """Something a broker might write in a field."""
    return chance.choice(
        [str(chance.randrange(10**6)), f"{chance.uniform(-30, 30):+.2f}", "A005930", "20261120", "103000", "0"]
    )
