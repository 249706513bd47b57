"""Tracing: orders watched by strace: the claim is on disk before a connection is opened (O-10), wherever the
power fails (O-09)."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random

from kiwoomweb.operation.drills.orders.power import Call, Disk, calls_of, cut

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
    sent, synced = judge(calls)
    write(f"  순서(traced): 주문(orders) {sent}, 연결 전에 디스크에(on disk before the connection) {synced}")
    tried, lost, broken = cuts(before, calls, Random(seed), MORE_CUTS * orders)
    write(f"  정전(power cuts) {tried:,}, 기록 없는 전송(sent without a record) {lost}, 깨짐(broken) {broken}")
    return sent == orders == synced and tried > 0 and not lost and not broken


def _traced(folder: str, orders: int, watcher: Sequence[str] = ()) -> None:
    command = [*watcher, sys.executable, "-m", "kiwoomweb.operation.drills.orders.traced", str(orders)]
    environment = {**os.environ, "KIWOOMWEB_VAR": folder, "DJANGO_SETTINGS_MODULE": "kiwoomweb.settings"}
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


def cuts(before: dict[str, bytearray], calls: Sequence[Call], luck: Random, more: int) -> tuple[int, int, int]:
    """Cut the power at every send and at ``more`` instants beside: how often, records missing, files broken.

    Each time twice: everything unsynced is lost, and some of it.
    """
    disk, sent, inside = Disk(before), 0, False
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


def _is_mark(call: Call) -> bool:
    return call.name == "write" and call.path.endswith("/marks") and call.data in {b"CLAIM", b"DONE"}


def _is_send(call: Call) -> bool:
    return call.name == "connect" and INTERNET.search(call.path) is not None
