"""Segments: rows of one place heard without a break, gathered until they are stored.

A break (the socket, the process, the interest) ends every segment it touches; the next begins after a gap.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from market.analytics.recorded import BookRow, TickRow

__all__ = ["Batch", "Key", "Segment", "Segments"]

#: What is recorded and of which place: ``("tick", "005930")``.
Key = tuple[str, str]


@dataclass(slots=True)
class Segment:
    key: Key
    after_gap: bool
    rows: list[Any] = field(default_factory=list)


class Batch(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Rows of one place as the spill holds them."""

    kind: str
    place: str
    after_gap: bool
    ticks: list[TickRow] = []
    books: list[BookRow] = []


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Batch]).decode


class Segments:
    """``count`` rows wait to be stored."""

    def __init__(self) -> None:
        self.waiting: list[Segment] = []
        self.count = 0
        self._open: dict[Key, Segment] = {}
        self._unbroken: set[Key] = set()
        self._batch: dict[int, tuple[Segment, int]] = {}

    def add(self, key: Key, row: TickRow | BookRow) -> None:
        segment = self._open.get(key) or self._begin(key)
        self._batch.setdefault(id(segment), (segment, len(segment.rows)))
        segment.rows.append(row)
        self.count += 1

    def gap(self, places: Iterable[str] | None = None) -> None:
        """What comes next of these places (``None``: of all) does not follow on what was heard."""
        gone = set(self._unbroken) if places is None else {k for k in self._unbroken if k[1] in set(places)}
        self._unbroken -= gone
        for key in gone:
            self._open.pop(key, None)

    def batch(self) -> bytes | None:
        """What was added since the last batch, for the spill."""
        fresh, self._batch = self._batch, {}
        told = [_told(segment, begin) for segment, begin in fresh.values() if len(segment.rows) > begin]
        return _encode(told) if told else None

    def again(self, batch: bytes) -> None:
        """Take back a batch of a spill. Raises ``msgspec.DecodeError``."""
        for told in _decode(batch):
            if told.after_gap:
                self.gap([told.place])
            else:
                self._unbroken.add((told.kind, told.place))
            for row in told.ticks or told.books:
                self.add((told.kind, told.place), row)

    def stored(self, segments: Sequence[Segment]) -> None:
        """These are in the database; what comes next of their places follows on them."""
        done = {id(segment) for segment in segments}
        self.waiting = [segment for segment in self.waiting if id(segment) not in done]
        self._open = {key: segment for key, segment in self._open.items() if id(segment) not in done}
        self.count = sum(len(segment.rows) for segment in self.waiting)

    def _begin(self, key: Key) -> Segment:
        segment = Segment(key, key not in self._unbroken)
        self._unbroken.add(key)
        self._open[key] = segment
        self.waiting.append(segment)
        return segment


def _told(segment: Segment, begin: int) -> Batch:
    kind, place = segment.key
    rows = segment.rows[begin:]
    ticks, books = (rows, []) if kind == "tick" else ([], rows)
    return Batch(kind, place, segment.after_gap and begin == 0, ticks, books)
