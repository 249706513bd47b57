"""Recording measured: what writing a tick costs beside a row a tick, and how large a day of 300 shares is (T7).

Writing: the same frames of the opening go through the recorder (hearing, reading, the crash-safe file, packing,
the database) and through Django's ``bulk_create`` of one row a tick, in turns, each into a database of its own;
the processor's time of this process, which a busy machine cannot stretch. The plain way is given its ticks read
already.

The day: 300 shares, the busiest a sixth of all trades (Zipf), eight million trades from 09:00 to 15:20, books
of thirty own shares every second and of the others every five, each level restless. Every ``PART``-th chunk is
written into a real file and the file's size taken times ``PART``.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connections, models

from kiwoomweb.broker import frames
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.trades import Trades
from kiwoomweb.operation.benchmarks.decode import opening
from market.analytics.recorded import BookRow, TickRow
from market.models import RecordedChunk
from market.recording.recorder import Recorder
from market.recording.segments import Segment
from market.services.recording.storing import store

__all__ = ["Day", "Written", "measure_day", "measure_writing"]

NOW = datetime(2026, 11, 20, 9, 0, 3, tzinfo=SEOUL)
SHARES, OWN, TRADES_A_DAY = 300, 30, 8_000_000
OPEN, SECONDS, CHUNK, PART = int(NOW.timestamp()), 22_800, 300, 19
ENGINE = "django.db.backends.sqlite3"


class PlainTick(models.Model):
    """One row a tick, as one would first write it."""

    place = models.CharField(max_length=16)
    at = models.BigIntegerField()
    heard = models.BigIntegerField()
    price = models.IntegerField()
    size = models.IntegerField()
    side = models.SmallIntegerField()
    volume = models.BigIntegerField()

    class Meta:
        app_label = "benchmarks"
        indexes = (models.Index(fields=("place", "at"), name="plain_tick_at"),)

    def __str__(self) -> str:
        return f"{self.place} {self.at} {self.price}"


@dataclass(frozen=True, slots=True)
class Written:
    """Microseconds a tick, medians of the rounds."""

    recorder: float
    bulk_create: float

    @property
    def times(self) -> float:
        return self.bulk_create / self.recorder


@dataclass(frozen=True, slots=True)
class Day:
    """``megabytes`` on disk of ``ticks`` and ``books``."""

    megabytes: float
    ticks: int
    books: int


def measure_writing(rounds: int = 7, passes: int = 5) -> Written:
    """Both ways, interleaved, ``passes`` thousand ticks a round."""
    told = [text.encode() for text in opening(together=20)]
    trades = [event for event in frames.hear(told) if isinstance(event, Trades)]
    for event in trades:
        event.now = NOW
    taken: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _database(folder / "bench.sqlite3", RecordedChunk, PlainTick) as alias:
            rows = [(one.key[1], row) for one in _heard(trades, folder, 1) for row in one.rows]
            for _ in range(rounds):
                ours = _cost(lambda: _record(trades, folder, alias, passes))
                plain = _cost(lambda: _plainly(rows, alias, passes))
                taken.append((ours / len(rows) / passes, plain / len(rows) / passes))
    ours, plain = (statistics.median(column) for column in zip(*taken, strict=True))
    return Written(ours, plain)


def measure_day() -> Day:
    """A day into a file, every ``PART``-th chunk of it."""
    chance, counts = random.Random(1), [0, 0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "day.sqlite3"
        with _database(path, RecordedChunk) as alias:
            empty = path.stat().st_size
            for n in range(0, SHARES * SECONDS // CHUNK, PART):
                share, begin = n % SHARES, OPEN + n // SHARES * CHUNK
                ticks = _ticks(chance, begin, round(TRADES_A_DAY * _weight(share) * CHUNK / SECONDS))
                books = _books(chance, begin, 1 if share < OWN else 5)
                counts = [counts[0] + len(ticks), counts[1] + len(books)]
                place = f"{share:06}"
                store(1, [("tick", place, False, ticks), ("book", place, False, books)], using=alias)
            connections[alias].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            size = path.stat().st_size - empty
    return Day(size * PART / 1e6, counts[0] * PART, counts[1] * PART)


def _cost(way: Callable[[], object]) -> float:
    """Microseconds of the processor."""
    begun = time.process_time()
    way()
    return (time.process_time() - begun) * 1e6


def _record(trades: list[Trades], folder: Path, alias: str, passes: int) -> None:
    """Everything between the frame and the packed row."""
    store(1, [(*one.key, True, one.rows) for one in _heard(trades, folder, passes)], using=alias)


def _heard(trades: list[Trades], folder: Path, passes: int) -> list[Segment]:
    recorder = Recorder(1, "_AL", folder)
    recorder.follow({f"{share:06}_AL": 1 for share in range(SHARES)})
    recorder.begin(1)
    for _ in range(passes):
        for event in trades:
            recorder.hear(event, time.time_ns() // 1_000_000)
        recorder.digest(recorder.aside())
    waiting = recorder.segments.waiting
    recorder.end()
    return waiting


def _plainly(rows: list[tuple[str, TickRow]], alias: str, passes: int) -> None:
    for _ in range(passes):
        made = [PlainTick(place=place, **row._asdict()) for place, row in rows]
        PlainTick._default_manager.using(alias).bulk_create(made, batch_size=1_000)


def _weight(share: int) -> float:
    return 1 / (share + 1) / sum(1 / rank for rank in range(1, SHARES + 1))


def _ticks(chance: random.Random, begin: int, count: int) -> list[TickRow]:
    """Prices that wander by their step, sizes small and sometimes not."""
    price, volume, rows = chance.randrange(100, 3_000) * 100, chance.randrange(10**6), []
    moments = sorted(chance.randrange(CHUNK * 1000) for _ in range(count))
    for moment in moments:
        price += 100 * chance.choice((-1, 0, 0, 0, 0, 1))
        size = min(int(chance.expovariate(0.03)) + 1, 5_000)
        volume += size
        at = begin + moment // 1000
        rows.append(TickRow(at, begin * 1000 + moment, price, size, chance.choice((1, -1)), volume))
    return rows


def _books(chance: random.Random, begin: int, every: int) -> list[BookRow]:
    """Ten levels a side of which each has changed since the last look, two times in three."""
    best, sizes, rows = chance.randrange(100, 3_000) * 100, [chance.randrange(20_000) for _ in range(20)], []
    for second in range(0, CHUNK, every):
        best += 100 * chance.choice((-1, 0, 0, 0, 1))
        sizes = [_stirred(chance, size) for size in sizes]
        asks = tuple((best + 100 * n, sizes[n]) for n in range(10))
        bids = tuple((best - 100 - 100 * n, sizes[10 + n]) for n in range(10))
        at = begin + second
        rows.append(
            BookRow(at, at * 1000 + chance.randrange(1000), asks, bids, sum(sizes[:10]), sum(sizes[10:]), 0, 0)
        )
    return rows


def _stirred(chance: random.Random, size: int) -> int:
    return max(1, size + chance.randrange(-400, 401)) if chance.random() < 2 / 3 else size


@contextmanager
def _database(path: Path, *kept: type[models.Model]) -> Iterator[str]:
    """A SQLite file of its own with these tables, set as the product's is. Its accounts are nobody's."""
    alias = "recording_bench"
    connections.databases[alias] = {**connections.databases["default"], "ENGINE": ENGINE, "NAME": str(path)}
    try:
        with connections[alias].schema_editor() as editor:
            for model in kept:
                editor.create_model(model)
        connections[alias].cursor().execute("PRAGMA foreign_keys=OFF")
        yield alias
    finally:
        connections[alias].close()
        del connections[alias], connections.databases[alias]
