"""Tracing: orders watched by strace: the claim is on disk before a connection is opened (O-10), wherever the
power fails (O-09)."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

from django.conf import settings

from kiwoomweb.operation.drills.orders.paper import Sheet
from kiwoomweb.operation.drills.orders.power import BOOK, Call, Disk, calls_of, cut

__all__ = ["cuts", "judge", "trace"]

ROOT = Path(__file__).resolve().parents[4]
WATCHED = "trace=fdatasync,fsync,connect,write,pwrite64,ftruncate,unlink"
INTERNET = re.compile(r"sa_family=AF_INET, ")
#: Power failures at instants drawn by lot, for every order; each order's connection is one of its own.
MORE_CUTS = 4


def trace(write: Callable[[str], object], orders: int, seed: int = 1) -> bool:
    """Run so many orders under strace, with the database as careful as in production; then cut the power."""
    if not shutil.which("strace"):
        write("  ✗ strace가 없습니다: --traced 0으로 건너뛰거나 설치하세요 (install strace, or --traced 0)")
        return False
    with tempfile.TemporaryDirectory(prefix="kiwoomweb-trace-") as folder:
        _traced(folder, 0)  # makes the database
        before = {str(path): bytearray(path.read_bytes()) for path in Path(folder).glob("*.sqlite3*")}
        log = Path(folder) / "trace"
        _traced(folder, orders, ["strace", "-f", "-y", "-xx", "-s", "70000", "-e", WATCHED, "-o", str(log)])
        with log.open(encoding="ascii", errors="replace") as lines:
            calls = list(calls_of(lines))
        with _home(Path(folder)):
            return _told(write, before, calls, orders, seed)


def _told(
    write: Callable[[str], object],
    before: Mapping[str, bytearray],
    calls: Sequence[Call],
    orders: int,
    seed: int,
) -> bool:
    sent, synced = judge(calls)
    write(f"  순서(traced): 주문(orders) {sent}, 연결 전에 디스크에(on disk before the connection) {synced}")
    tried, lost, broken = cuts(before, calls, Random(seed), MORE_CUTS * orders)
    write(f"  정전(power cuts) {tried:,}, 기록 없는 전송(sent without a record) {lost}, 깨짐(broken) {broken}")
    again, faults = restarts(before, calls, Random(seed), orders)
    write(f"  정전 뒤 재시작(restarts) {again:,}, 불변식 위반(I1-I8 broken) {len(faults)}")
    for words in faults[:10]:
        write(f"      ✗ {words}"[:400])
    held = tried > 0 and again > 0 and not lost and not broken and not faults
    return sent == orders == synced and held


@contextmanager
def _home(folder: Path) -> Iterator[None]:
    """The keys that the orders under strace were recorded with: what starts again reads their audit trail."""
    homes = {
        "VAR": folder,
        "SEALING_KEYS_FILE": folder / "keys" / "sealing.keys",
        "AUDIT_KEYS_FILE": folder / "keys" / "audit.keys",
        "DESK_KEYS_FILE": folder / "desk" / "desk.keys",
    }
    kept = {name: getattr(settings, name) for name in homes}
    try:
        for name, path in homes.items():
            setattr(settings, name, path)
        yield
    finally:
        for name, path in kept.items():
            setattr(settings, name, path)


def _traced(folder: str, orders: int, watcher: Sequence[str] = ()) -> None:
    command = [*watcher, sys.executable, "-m", "kiwoomweb.operation.drills.orders.traced", str(orders)]
    desk = f"{folder}/desk/desk.keys"
    environment = {
        **os.environ,
        "KIWOOMWEB_VAR": folder,
        "DESK_KEYS_FILE": desk,
        "DJANGO_SETTINGS_MODULE": "kiwoomweb.settings",
    }
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def judge(calls: Iterable[Call]) -> tuple[int, int]:
    """Orders between their marks, and those whose first connection came after a sync of the database's log."""
    sent = synced = 0
    inside = on_disk = done = False
    for call in calls:
        if _is_mark(call):
            inside, on_disk, done = call.data == b"CLAIM", False, False
            sent += inside
        elif inside and call.name in {"fsync", "fdatasync"} and call.path.endswith(".sqlite3-wal"):
            on_disk = True
        elif inside and not done and _is_send(call):
            done = True
            synced += on_disk
    return sent, synced


def cuts(
    before: Mapping[str, bytearray], calls: Sequence[Call], luck: Random, more: int
) -> tuple[int, int, int]:
    """Cut the power at every send and at ``more`` instants beside: how often, records missing, files broken.

    Each time twice: everything unsynced is lost, and some of it.
    """
    disk, sent, inside = _disk(before), 0, False
    lots = set(luck.sample(range(len(calls)), min(more, len(calls))))
    tried = lost = broken = 0
    for number, call in enumerate(calls):
        disk.see(call)
        if _is_mark(call):
            inside = call.data == b"CLAIM"
        is_send = inside and _is_send(call)
        sent += is_send
        inside = inside and not is_send
        for chance in (None, luck) if is_send or number in lots else ():
            known, is_sound = cut(disk, chance)
            tried, lost, broken = tried + 1, lost + (known < sent), broken + (not is_sound)
    return tried, lost, broken


def restarts(
    before: Mapping[str, bytearray], calls: Sequence[Call], luck: Random, more: int
) -> tuple[int, list[str]]:
    """Cut the power at every send and at ``more`` instants beside, and start again: how often, what was wrong.

    Each time with the broker's books as they may have been: without the order just sent, with it, and with it
    filled. What was not synced is lost at a send, and some of it at the other instants.
    """
    from kiwoomweb.operation.drills.orders.restarting import restart

    pages = [json.loads(call.data.removeprefix(BOOK)) for call in calls if _is_book(call)]
    sheets = [[Sheet(**one) for one in page] for page in pages]
    begun = next(number for number, call in enumerate(calls) if _is_book(call))
    lots = set(luck.sample(range(begun, len(calls)), min(more, len(calls) - begun)))
    disk, inside, sends, booked = _disk(before), False, 1, 0
    tried, faults = 0, list[str]()
    for number, call in enumerate(calls):
        disk.see(call)
        booked += _is_book(call)
        inside = call.data == b"CLAIM" if _is_mark(call) else inside
        is_send = inside and _is_send(call)
        sends, inside = sends + is_send, inside and not is_send
        if not is_send and number not in lots:
            continue
        files = disk.without_power(None if is_send else luck)
        for book in _books(sheets, booked, sends):
            tried += 1
            if words := restart(files, book):
                faults.append(f"call {number}, {len(book)} orders: {words}")
    return tried, faults


def _disk(before: Mapping[str, bytearray]) -> Disk:
    """A disk of its own: what is written in one run of the calls is not there when the next begins."""
    return Disk({name: bytearray(data) for name, data in before.items()})


def _books(sheets: Sequence[Sequence[Sheet]], booked: int, sends: int) -> Iterator[list[Sheet]]:
    """The broker's books by then: of an order on its way without it, with it, and with it filled."""
    known = [sheet for page in sheets[:booked] for sheet in page]
    yield known
    if sends > booked and booked < len(sheets):
        late = list(sheets[booked])
        yield known + late
        yield known + [replace(one, left=0, filled=one.quantity) for one in late]


def _is_book(call: Call) -> bool:
    return call.name == "write" and call.path.endswith("/marks") and call.data.startswith(BOOK)


def _is_mark(call: Call) -> bool:
    return call.name == "write" and call.path.endswith("/marks") and call.data in {b"CLAIM", b"DONE"}


def _is_send(call: Call) -> bool:
    return call.name == "connect" and INTERNET.search(call.path) is not None
