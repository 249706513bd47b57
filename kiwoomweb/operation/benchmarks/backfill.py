"""The backfill benchmark: how near reading a new account's past comes to what the broker's limits allow.

A practice broker of this process counts every request. The product's own web process, worker and clock, on an
empty folder, connect its account and read a year of trades. Bound: the calls that were made, at the broker's
limit per TR and ours per key (calls by rate). Then the same again with the worker killed on the way: whatever
was asked twice is counted.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.pacing import RATES
from kiwoomweb.operation import keys, valkey
from kiwoomweb.operation.ports import free_port
from kiwoomweb.operation.telling import Trouble
from kiwoomweb.operation.visitor import Visitor
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.gate import Answer, Question
from kiwoomweb.simulator.serve import OPENING, Running, running
from kiwoomweb.simulator.tokens import KeyPair

__all__ = ["Backfilled", "measure_backfill"]

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 600
LOOK_EVERY = 0.2
#: The worker is killed when so much of the past is read.
KILLED_AT = 0.4

#: TRs that are asked about past days.
OF_DAYS = {"ka01690", "ka10072", "ka10073", "ka10074", "ka10170", "kt00002", "kt00007", "kt00009", "kt00015"}
#: What is left of the past, all of it, and the polls' day: the state of the tasks in the product's database.
TASKS = "SELECT state, last_good_at FROM portfolio_synctask WHERE purpose = 2"


@dataclass(frozen=True, slots=True)
class Backfilled:
    """One backfill: calls by TR between the first question of the past and its last, and how long it took."""

    calls: Counter[str]
    seconds: float
    refused: int
    repeated: int

    @property
    def bound(self) -> float:
        """Seconds the calls need at the least: each TR at its limit, all together at the key's."""
        rates = RATES[Environment.SIMULATOR]
        narrowest = max(count / rates.gates(tr)[0].limit for tr, count in self.calls.items())
        return max(narrowest, self.calls.total() / rates.total)

    @property
    def efficiency(self) -> float:
        return self.bound / self.seconds


@dataclass(slots=True)
class _Tally:
    """Every account question the broker heard: when, what, and whether it was refused for being too many."""

    heard: list[tuple[float, str, str, int]] = field(default_factory=list)

    def note(self, question: Question, answer: Answer) -> None:
        body = question.body.decode() + question.headers.get("next-key", "")
        self.heard.append((time.monotonic(), question.tr, body, answer.status))


def measure_backfill(*, interrupted: bool) -> Backfilled:
    """Read the practice account's past into an empty product. Raises ``Trouble`` when it does not come."""
    with tempfile.TemporaryDirectory(prefix="kiwoomweb-bench-") as folder:
        var, tally = Path(folder) / "var", _Tally()
        keys.demo_keys(var / "keys" / "demo.json")
        pair = json.loads((var / "keys" / "demo.json").read_text())
        with running("real", keys=[KeyPair(pair["app_key"], pair["app_secret"], "real")]) as broker:
            broker.simulator.gate.witness = tally.note
            broker.call(_warmed)
            with _Product(var, broker).started() as product:
                product.connect()
                if interrupted:
                    product.read(KILLED_AT)
                    product.kill_worker()
                product.read(1)
            return _summed(tally)


def _warmed(exchange: Exchange) -> None:
    """A broker has its prices at hand: ours makes them now and not while it is asked."""
    for one in exchange.instruments():
        exchange.quote(one.code)


def _summed(tally: _Tally) -> Backfilled:
    """From the first window of the past to its last answer; what is polled meanwhile counts as calls, too."""
    past = [at for at, tr, body, _ in tally.heard if _of_the_past(tr, body)]
    begin, end = past[0], past[-1]
    within = [one for one in tally.heard if begin <= one[0] <= end]
    asked = Counter((tr, body) for _, tr, body, status in within if _of_the_past(tr, body) and status == 200)
    return Backfilled(
        calls=Counter(tr for _, tr, _, _ in within),
        seconds=end - begin,
        refused=sum(status == 429 for _, _, _, status in within),
        repeated=sum(times - 1 for times in asked.values()),
    )


def _of_the_past(tr: str, body: str) -> bool:
    """Windows that end before the broker's present day (the clock of the practice broker stands still)."""
    asked = json.loads(body[: body.rindex("}") + 1]) if "}" in body else {}
    last = asked.get("end_dt") or asked.get("ord_dt") or asked.get("base_dt") or asked.get("strt_dt") or ""
    return tr in OF_DAYS and "" < last < f"{OPENING:%Y%m%d}"


class _Product:
    """Web and order process, worker, clock and queue of one scratch folder, started here to be killed."""

    def __init__(self, var: Path, broker: Running) -> None:
        self._var, self._port = var, free_port("127.0.0.1", 0)
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        self._environment = {
            **kept,
            "KIWOOMWEB_VAR": str(var),
            "KIWOOMWEB_ENV": "",
            "KIWOOMWEB_DEMO": "1",
            "SIMULATOR_PORT": broker.address.rest.rpartition(":")[2],
        }
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    @contextmanager
    def started(self) -> Iterator["_Product"]:
        folder, prepared = self._var / "valkey", self._var / "prepared"
        folder.mkdir()
        valkey.private_socket_folder(folder)
        try:
            self._start("valkey", valkey.command(folder))
            self._module("prepare", str(prepared)).wait(PATIENCE)
            self._module("web", "127.0.0.1", str(self._port), str(prepared))
            self._start("orders", [sys.executable, "manage.py", "runorders"])  # hands out the access tokens
            self._module("worker")
            self._module("bells")
            yield self
        finally:
            for process in reversed(self._running.values()):
                process.send_signal(signal.SIGTERM)
            for process in self._running.values():
                process.wait(PATIENCE)

    def connect(self) -> None:
        """Sign up and take the practice account, as the first person does."""
        code = (self._var / "keys" / "setup.code").read_text().strip()
        with Visitor(f"http://127.0.0.1:{self._port}") as visitor:
            self.wait(lambda: self._answers(visitor, f"/setup/{code}/"))
            visitor.set_up(f"/setup/{code}/")
            self.wait(visitor.connect_demo, every=1)

    def kill_worker(self) -> None:
        """As a power cut would; the supervisor's part, starting it again, is done here."""
        self._running["worker"].kill()
        self._running.pop("worker").wait(PATIENCE)
        self._module("worker")

    def part_read(self) -> float:
        """How much of what is planned of the past has been read; 0 before there is a plan."""
        with closing(sqlite3.connect(f"file:{self._var}/kiwoomweb.sqlite3?mode=ro", uri=True)) as database:
            states = [state for state, _ in database.execute(TASKS)]
        return sum(state != "waiting" for state in states) / len(states) if states else 0.0

    def read(self, part: float) -> None:
        """Wait until so much of the past is read. Patience is with each next answer, not with all of them."""
        known = self.part_read()
        while known < part:
            self.wait(lambda: self.part_read() != known)  # noqa: B023  # it is called before ``known`` changes
            known = self.part_read()

    def wait(self, so: Callable[[], object], every: float = LOOK_EVERY) -> None:
        """Wait until it is so. Raises ``Trouble`` when the product dies or patience ends."""
        deadline = time.monotonic() + PATIENCE
        while not so():
            dead = [name for name, one in self._running.items() if name != "prepare" and one.poll() is not None]
            if dead or time.monotonic() > deadline:
                raise Trouble(
                    f"과거 내역을 다 읽지 못했습니다: {dead or '시간 초과'}",
                    f"the past did not arrive: {dead or 'timed out'}",
                )
            time.sleep(every)

    @staticmethod
    def _answers(visitor: Visitor, path: str) -> bool:
        try:
            return visitor.get(path) == 200
        except httpx.HTTPError:
            return False

    def _module(self, name: str, *arguments: str) -> "subprocess.Popen[bytes]":
        return self._start(name, [sys.executable, "-m", f"kiwoomweb.operation.{name}", *arguments])

    def _start(self, name: str, command: list[str]) -> "subprocess.Popen[bytes]":
        log = (self._var / f"{name}.log").open("ab")
        self._running[name] = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
        return self._running[name]
