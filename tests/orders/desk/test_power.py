"""O-09: the power fails. What was synced is there afterwards, and a send without its record is noticed."""

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection

from kiwoomweb.operation.drills.orders.paper import Sheet
from kiwoomweb.operation.drills.orders.power import Call, Disk, calls_of, cut
from kiwoomweb.operation.drills.orders.restarting import database, restart
from kiwoomweb.operation.drills.orders.story import Story
from kiwoomweb.operation.drills.orders.tracing import cuts, judge
from orders.crashing import at_crashpoint
from orders.desk.integrity import look_through
from orders.models import Halt

MARK = Call("write", "/v/marks", data=b"CLAIM")
SEND = Call("connect", '{sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}')


@pytest.fixture
def files(tmp_path: Path) -> tuple[dict[str, bytearray], list[Call]]:
    """A database of one table, and what its log is made of when a command is written."""
    name = tmp_path / "db.sqlite3"
    opened = sqlite3.connect(name, isolation_level=None)
    opened.execute("PRAGMA journal_mode=WAL")
    opened.execute("CREATE TABLE orders_command (id integer primary key)")
    opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = {str(name): bytearray(name.read_bytes())}
    opened.execute("INSERT INTO orders_command VALUES (1)")
    log = f"{name}-wal"
    written = Path(log).read_bytes()
    opened.close()
    return before, [Call("pwrite64", log, at, written[at : at + 4096]) for at in range(0, len(written), 4096)]


def test_what_was_synced_before_the_send_is_there_and_what_was_not_is_missed(files) -> None:
    before, writes = files
    synced = [MARK, *writes, Call("fdatasync", writes[0].path), SEND]
    assert cuts(before | {}, synced, Random(1), 0) == (2, 0, 0)
    assert judge(synced) == (1, 1)
    careless = [MARK, *writes, SEND, Call("fdatasync", writes[0].path)]
    tried, lost, broken = cuts(before, careless, Random(1), 0)
    assert (tried, broken) == (2, 0) and lost >= 1
    assert judge(careless) == (1, 0)


def test_a_half_written_log_is_no_broken_database(files) -> None:
    """Whatever part of the unsynced log is left, SQLite opens what was there before, or after."""
    before, writes = files
    disk = Disk(before)
    for call in writes:
        disk.see(call)
    found = {cut(disk, Random(number)) for number in range(60)}
    assert found <= {(0, True), (1, True)} and (0, True) in found


def test_calls_are_read_from_a_trace_also_when_another_process_speaks_between() -> None:
    said = [
        '7 pwrite64(3</v/db.sqlite3-wal>, "\\x01\\x02" <unfinished ...>\n',
        "8 connect(4<socket:[1]>, {sa_family=AF_INET, sin_port=htons(80)}, 16) = 0\n",
        "7 <... pwrite64 resumed>, 2, 4096) = 2\n",
        "7 fdatasync(3</v/db.sqlite3-wal>) = 0\n",
        "7 fsync(5</v/db.sqlite3>) = -1 EIO (Input/output error)\n",
    ]
    connected, written, synced = calls_of(said)
    assert connected.name == "connect" and "AF_INET" in connected.path
    assert written == Call("pwrite64", "/v/db.sqlite3-wal", 4096, b"\x01\x02")
    assert synced == Call("fdatasync", "/v/db.sqlite3-wal")


@pytest.fixture
def record(a_database: Path, django_db_blocker: Any, tmp_path: Path) -> Iterator[Path]:
    """A database of the product in a file of its own, in use."""
    file = shutil.copy(a_database, tmp_path / "record.sqlite3")
    with django_db_blocker.unblock(), database(file):
        yield file


def kept(file: Path) -> dict[str, bytes]:
    """What is committed at this moment: with every commit synced, what a power cut leaves."""
    with sqlite3.connect(file) as opened:
        content = opened.serialize()
    opened.close()
    return {"/v/record.sqlite3": content}


def test_wherever_the_power_fails_the_invariants_hold_after_the_restart(record: Path) -> None:
    """O-09 at CP2-CP12, I1-I8: with the broker's books without the order, with it, and with it filled."""
    story, found, wanted = Story(), [], {f"CP{number}" for number in (3, 4, 5, 7, 8, 9, 11, 12)}
    story.begin()
    before = list(story.paper.book.values())

    def fail(name: str) -> None:
        if name in wanted:
            found.append((name, kept(record), list(story.paper.book.values())))

    try:
        story._order()
        found.append(("CP2", kept(record), before))
        at_crashpoint(fail)
        story.work()
    finally:
        at_crashpoint(None)
        for one in story._patches:
            one.stop()
    there = list(story.paper.book.values())
    assert len(there) == len(before) + 1
    tried = []
    for name, files, book in {name: (name, *rest) for name, *rest in found}.values():
        books = [book] if name in {"CP2", "CP3"} or len(book) == len(there) else [before, there]
        books += [[*before, filled(there[-1])]] if name not in {"CP2", "CP3"} else []
        tried += [(name, restart(files, one)) for one in books]
    assert [words for words in tried if words[1]] == []
    assert {name for name, _ in tried} >= {"CP2", "CP4", "CP5", "CP7", "CP9"}
    # An order at the broker of which the disk knows nothing is what must never be: it would be seen.
    assert restart(next(files for name, files, _ in found if name == "CP2"), there) != ""


def test_a_database_with_a_torn_page_halts_everything(record: Path) -> None:
    """3.7.1: what the power or a disk has damaged is seen at the start, not by the order that needed it."""
    assert look_through()
    with connection.cursor() as cursor:
        cursor.execute("SELECT rootpage FROM sqlite_master WHERE name = 'market_instrument'")
        page = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA page_size")
        size = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with record.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    assert not look_through()
    assert Halt.objects.get(account=None).cause == "database"


def filled(sheet: Sheet) -> Sheet:
    return replace(sheet, left=0, filled=sheet.quantity)
