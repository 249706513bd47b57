"""Tracing: orders watched by strace: the claim is on disk before a connection is opened (O-10)."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

__all__ = ["judge", "trace"]

ROOT = Path(__file__).resolve().parents[4]
SYNC = re.compile(r"f(?:data)?sync\(\d+<[^>]*\.sqlite3-wal>\)\s+= 0")
CONNECT = re.compile(r"connect\(\d+<[^>]*>, \{sa_family=AF_INET, sin_port=htons\((\d+)\)")
MARK = re.compile(r'write\(\d+<[^>]*>, "([A-Z]+)')


def trace(write: Callable[[str], object], orders: int) -> bool:
    """Run so many orders under strace, with the database as careful as in production."""
    if not shutil.which("strace"):
        write("  ✗ strace가 없습니다: --traced 0으로 건너뛰거나 설치하세요 (install strace, or --traced 0)")
        return False
    with tempfile.TemporaryDirectory(prefix="kiwoomweb-trace-") as folder:
        log = Path(folder) / "trace"
        watched = "trace=fdatasync,fsync,connect,write"
        command = ["strace", "-f", "-y", "-s", "16", "-e", watched, "-o", str(log)]
        command += [sys.executable, "-m", "kiwoomweb.operation.drills.orders.traced", str(orders)]
        environment = {**os.environ, "KIWOOMWEB_VAR": folder, "DJANGO_SETTINGS_MODULE": "kiwoomweb.settings"}
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        sent, synced = judge(log.read_text(errors="replace"))
    write(f"  순서(traced): 주문(orders) {sent}, 연결 전에 디스크에(on disk before the connection) {synced}")
    return sent == orders == synced


def judge(trace_of: str) -> tuple[int, int]:
    """Orders between their marks, and those whose first connection came after a sync of the database's log."""
    sent = synced = 0
    inside = on_disk = done = False
    for line in trace_of.splitlines():
        mark = MARK.search(line)
        if mark and mark[1] in {"CLAIM", "DONE"}:
            inside, on_disk, done = mark[1] == "CLAIM", False, False
            sent += inside
        elif inside and SYNC.search(line):
            on_disk = True
        elif inside and not done and CONNECT.search(line):
            done = True
            synced += on_disk
    return sent, synced
