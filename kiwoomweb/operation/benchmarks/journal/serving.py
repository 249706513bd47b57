"""T9: a page of two hundred trades from one Daphne: how soon it comes when idle, how many a second when busy.

The same process serves the same trades by a plain template loop, in turns, so that both meet the same machine.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import httpx

from kiwoomweb.operation.benchmarks.journal.figures import Figure
from kiwoomweb.operation.ports import free_port
from kiwoomweb.operation.telling import Trouble

__all__ = ["serving_figures"]

ROOT = Path(__file__).resolve().parents[4]
PATIENCE, VISITS, ROUNDS, BUSY, AT_ONCE = 60, 60, 3, 4.0, 8
MOST_IDLE, LEAST_TIMES = 20.0, 3.5


def serving_figures(address: str, plain: str, cookie: str, prepared: Path) -> Iterator[Figure]:
    """``address`` is the product's page, ``plain`` the other; ``cookie`` signs in."""
    with _daphne(prepared) as base, httpx.Client(base_url=base, timeout=PATIENCE, trust_env=False) as visitor:
        visitor.cookies.set("sessionid", cookie)
        _wait(visitor, address)
        taken = [_visit(visitor, address) * 1_000 for _number in range(VISITS)]
        yield Figure("T9 매매 200건 (page of 200 trades) p50, idle", median(taken), "ms", MOST_IDLE)
        ours, theirs = [], []
        for _round in range(ROUNDS):
            ours.append(_a_second(base, address, cookie))
            theirs.append(_a_second(base, plain, cookie))
        times = median(ours) / median(theirs)
        yield Figure(
            "T9 템플릿 반복문 대비 (requests/s against a plain loop)", times, "×", LEAST_TIMES, is_most=False
        )
        yield Figure("   ours", median(ours), "/s")
        yield Figure("   plain template loop", median(theirs), "/s")


def _visit(visitor: httpx.Client, address: str) -> float:
    begin = perf_counter()
    answer = visitor.get(address)
    if answer.status_code != 200:
        raise Trouble(f"{address}: {answer.status_code}", f"{address} answered {answer.status_code}")
    return perf_counter() - begin


def _a_second(base: str, address: str, cookie: str) -> float:
    """Pages a second by so many visitors at once."""

    def visits(_number: int) -> int:
        count = 0
        with httpx.Client(base_url=base, timeout=PATIENCE, trust_env=False) as visitor:
            visitor.cookies.set("sessionid", cookie)
            until = perf_counter() + BUSY
            while perf_counter() < until:
                _visit(visitor, address)
                count += 1
        return count

    begin = perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as people:
        total = sum(people.map(visits, range(AT_ONCE)))
    return total / (perf_counter() - begin)


def _wait(visitor: httpx.Client, address: str) -> None:
    deadline = perf_counter() + PATIENCE
    while True:
        try:
            _visit(visitor, address)
        except httpx.TransportError:
            if perf_counter() > deadline:
                raise
            sleep(0.1)
        else:
            return


@contextmanager
def _daphne(prepared: Path) -> Iterator[str]:
    port = free_port("127.0.0.1", 0)
    settings = {"DJANGO_SETTINGS_MODULE": "kiwoomweb.operation.benchmarks.journal.plain_settings"}
    command = [sys.executable, "-m", "kiwoomweb.operation.web", "127.0.0.1", str(port), str(prepared)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stdout=quiet, stderr=quiet)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
