"""Recorder: hears what the socket says of chosen places and writes it down, out of the relay's way.

In the event loop a frame costs a look whether a chosen share is in it. Every two seconds a thread reads what
was put aside, adds it to a file that survives a crash (``spill``), and every few minutes packs everything into
the database. So at most the last seconds are lost, and what is missing shows as a gap: the first rows after a
start, a lost socket or a new interest are marked as following on nothing.

    recorder = Recorder(account.pk, usual="_AL", folder=settings.VAR / "recording")
    recorder.follow({"005930_AL": 1, "000660_AL": 5})  # item -> seconds between two books
    recorder.hear(event, heard)                         # every event of the stream, in the loop
    await recorder.run(fence)                           # writes, until cancelled

A benchmark without a database drives ``digest`` alone: ``recorder.digest(recorder.aside())``.
"""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from django.db import Error as DatabaseError

from kiwoomweb.broker.domain import Book, BookLevel, Side, Tick
from kiwoomweb.broker.errors import Unreadable
from kiwoomweb.broker.fid_values import moment_of, price_of, whole
from kiwoomweb.broker.trades import Trades, entries_of
from market.analytics.recorded import BookRow, TickRow
from market.recording.segments import Segments
from market.recording.spill import Spill, batches
from market.services.recording.storing import store
from market.threads import in_thread
from market.topics import place_of_item

__all__ = ["Recorder"]

#: Seconds between two batches to the file, and between two visits to the database.
FLUSH, CHUNK = 2.0, 300.0
#: Rows after which the database is visited at once, and beyond which the oldest are given up.
MANY, TOO_MANY = 100_000, 1_000_000
#: Trades after which the reading thread lets the event loop go first.
POLITE = 100

log = logging.getLogger(__name__)

#: An event put aside, a frame of trades and the broker's moment, or the places whose continuity has ended
#: (``None``: of all).
Aside = tuple[Any, int]
_SIDES = {"+": 1, "-": -1}
_OF_SIDE = {Side.BUY: 1, Side.SELL: -1, None: 0}


class Recorder:
    """One account's. ``unread`` counts what could not be read, ``lost`` rows given up."""

    def __init__(self, account_id: int, usual: str, folder: Path) -> None:
        self.account_id, self.usual, self.folder = account_id, usual, folder
        self.segments = Segments()
        self.unread = self.lost = 0
        #: Seconds between two books, by item.
        self._every: dict[str, int] = {}
        self._book_at: dict[str, int] = {}
        self._aside: list[Aside] = []
        self._spill: Spill | None = None
        self._stored_at = monotonic()
        self._moments: tuple[datetime | None, dict[str, int]] = None, {}

    # --- in the event loop --------------------------------------------------------------------------------

    def follow(self, items: Mapping[str, int]) -> None:
        """These are recorded from now on: item -> seconds between two books of it at least."""
        gone = self._every.keys() - items.keys()
        self._every = dict(items)
        if gone:
            self._aside.append(([place_of_item(item, self.usual) for item in gone], 0))

    def hear(self, event: Any, heard: int) -> None:
        """An event of the stream, ``heard`` epoch milliseconds."""
        every = self._every
        if not every:
            return
        kind = type(event)
        if kind is Trades:
            self._hear_trades(event, heard)
        elif kind is Book:
            pause = every.get(event.symbol)
            if pause is not None and heard - self._book_at.get(event.symbol, 0) >= pause * 1000:
                self._book_at[event.symbol] = heard
                self._aside.append((event, heard))
        elif kind is Tick and event.symbol in every:
            self._aside.append((event, heard))

    def _hear_trades(self, trades: Trades, heard: int) -> None:
        """Frames with a chosen share in them."""
        every, now = self._every, trades.now
        for raw, frame in zip(trades.raws, trades.frames, strict=True):
            for entry in frame.data:
                if entry.item in every:
                    self._aside.append(((raw, now), heard))
                    break

    def gap(self) -> None:
        """The socket is gone: what comes next does not follow on what came."""
        self._aside.append((None, 0))

    def aside(self) -> list[Aside]:
        """What was put aside since the last call."""
        taken, self._aside = self._aside, []
        return taken

    async def run(self, fence: int) -> None:
        """Write until cancelled, and once more then. First what an earlier process left behind."""
        self.gap()
        try:
            await in_thread(self.begin, fence)
            while True:
                await asyncio.sleep(FLUSH)
                await in_thread(self._flush, self.aside())
        finally:
            await in_thread(self._flush, self.aside(), last=True)

    # --- in a thread --------------------------------------------------------------------------------------

    def digest(self, aside: list[Aside]) -> None:
        """Read what was put aside and put it on the disk."""
        for n, (event, heard) in enumerate(aside):
            self._read(event, heard)
            if n % POLITE == 0:
                sleep(0)
        if (batch := self.segments.batch()) and self._spill:
            try:
                self._spill.append(batch)
            except OSError as trouble:
                log.warning("recording of account %s not on disk: %s", self.account_id, trouble)

    def begin(self, fence: int) -> None:
        """Take up what earlier processes left, and open a file of our own."""
        for path in sorted(self.folder.glob(f"{self.account_id}-*.spill")):
            self._recover(path)
        try:
            self._spill = Spill(self.folder / f"{self.account_id}-{fence}.spill")
        except OSError as trouble:
            log.warning("recording of account %s has no file: %s", self.account_id, trouble)

    def end(self) -> None:
        """Everything is stored: the file goes."""
        if self._spill:
            self._spill.remove()
            self._spill = None

    def _recover(self, path: Path) -> None:
        """What a process that died had heard but not stored."""
        found = Segments()
        try:
            for batch in batches(path):
                found.again(batch)
            self._store(found)
            path.unlink(missing_ok=True)
        except (OSError, DatabaseError, ValueError, OverflowError) as trouble:
            log.warning("%s is left for later: %s", path.name, trouble)

    def _flush(self, aside: list[Aside], *, last: bool = False) -> None:
        self.digest(aside)
        due = monotonic() - self._stored_at >= CHUNK or self.segments.count >= MANY
        if self.segments.count and (due or last):
            try:
                self._store(self.segments)
            except DatabaseError as trouble:
                log.warning("recording of account %s waits: %s", self.account_id, type(trouble).__name__)
                self._give_up()
                return
            self._stored_at = monotonic()
            if self._spill:
                self._spill.empty()
        if last:
            self.end()

    def _store(self, segments: Segments) -> None:
        ready = list(segments.waiting)
        store(self.account_id, [(*one.key, one.after_gap, one.rows) for one in ready])
        segments.stored(ready)

    def _give_up(self) -> None:
        """A database that stays away must not eat the memory: the file still has what is let go here."""
        while self.segments.count > TOO_MANY and self.segments.waiting:
            oldest = self.segments.waiting[0]
            self.lost += len(oldest.rows)
            self.segments.gap([oldest.key[1]])
            self.segments.stored([oldest])

    def _read(self, event: Any, heard: int) -> None:
        try:
            if event is None:
                self.segments.gap()
            elif isinstance(event, list):
                self.segments.gap(event)
            elif isinstance(event, tuple):
                raw, now = event
                self._trades(raw, now, heard)
            elif isinstance(event, Tick):
                self._add_tick(event.symbol, _of_tick(event, heard))
            else:
                place = place_of_item(event.symbol, self.usual)
                self.segments.add(("book", place), _of_book(event, heard))
        except Unreadable:
            self.unread += 1

    def _trades(self, raw: bytes, now: datetime, heard: int) -> None:
        known, moments = self._moments
        if known is not now:
            moments = {}
            self._moments = now, moments
        for entry in entries_of(raw):
            if entry.item not in self._every:
                continue
            fids = entry.values
            at = moments.get(fids.at)
            if at is None:
                at = moments[fids.at] = int(moment_of(fids.at, "20", now).timestamp())
            size = fids.size
            row = TickRow(
                at,
                heard,
                price_of(fids.price, "10"),
                price_of(size, "15"),
                _SIDES.get(size[:1], 0),
                whole(fids.volume, "13"),
            )
            self._add_tick(entry.item, row)

    def _add_tick(self, item: str, row: TickRow) -> None:
        self.segments.add(("tick", place_of_item(item, self.usual)), row)


def _of_tick(tick: Tick, heard: int) -> TickRow:
    at = int(tick.at.timestamp())
    return TickRow(at, heard, tick.price, tick.size, _OF_SIDE[tick.side], tick.volume)


def _of_book(book: Book, heard: int) -> BookRow:
    return BookRow(
        int(book.at.timestamp()),
        heard,
        _levels(book.asks),
        _levels(book.bids),
        book.total_asks,
        book.total_bids,
        book.expected_price or 0,
        book.expected_size or 0,
    )


def _levels(levels: tuple[BookLevel, ...]) -> tuple[tuple[int, int], ...]:
    return tuple((level.price, level.size) for level in levels)
