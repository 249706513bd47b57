"""O-09: the power fails. What was synced is there afterwards, and a send without its record is noticed."""

import sqlite3
from pathlib import Path
from random import Random

import pytest

from kiwoomweb.operation.drills.orders.power import Call, Disk, calls_of, cut
from kiwoomweb.operation.drills.orders.tracing import cuts, judge

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
