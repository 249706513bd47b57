"""The stage: everything the benchmark runs, in one scratch folder, each program by its own process id."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

from kiwoomweb.operation import keys, valkey
from kiwoomweb.operation.ports import free_port
from kiwoomweb.operation.telling import Trouble

__all__ = ["HERE", "Child", "Stage", "staged"]

ROOT = Path(__file__).resolve().parents[4]
HERE = "kiwoomweb.operation.benchmarks.relay"
PATIENCE = 300
#: Programs that only serve.
QUIET = {"valkey", "prepare", "web", "web2", "stream", "naive", "naive_stream", "watching"}


class Child:
    """One program; ``ask`` writes a line of JSON and reads one."""

    def __init__(self, command: list[str], environment: Mapping[str, str], log: Path, *, talks: bool) -> None:
        with log.open("ab") as said:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=dict(environment),
                stdin=subprocess.PIPE if talks else subprocess.DEVNULL,
                stdout=subprocess.PIPE if talks else said,
                stderr=said,
                text=True,
            )
        self.log = log

    @property
    def pid(self) -> int:
        return self.process.pid

    def line(self) -> Any:
        if self.process.stdout and (line := self.process.stdout.readline()):
            return json.loads(line)
        last = self.log.read_text()[-800:]
        raise Trouble(f"측정용 프로그램이 멈췄습니다: {last}", f"a program of the benchmark has ended: {last}")

    def ask(self, do: str, **more: Any) -> Any:
        if self.process.stdin:
            self.process.stdin.write(json.dumps({"do": do, **more}) + "\n")
            self.process.stdin.flush()
        return self.line()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(20)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()


class Stage:
    """``children`` and their ``ports`` by name; one member of the team per session."""

    def __init__(self, var: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        self.var = var
        self.environment = {**kept, "KIWOOMWEB_VAR": str(var), "KIWOOMWEB_ENV": "", "KIWOOMWEB_DEMO": "1"}
        self.environment["DJANGO_SETTINGS_MODULE"] = "kiwoomweb.settings"
        self.children: dict[str, Child] = {}
        self.ports: dict[str, int] = {}
        self.symbols: list[str] = []
        self.code = ""
        self.sessions: list[str] = []

    def begin(self, people: int) -> None:
        """Queue, database, people, feed, the product's stream and two web processes, the browsers."""
        folder, pair, prepared = self.var / "valkey", self.var / "keys" / "demo.json", self.var / "prepared"
        folder.mkdir(parents=True)
        valkey.private_socket_folder(folder)
        keys.demo_keys(pair)
        self._start("valkey", valkey.command(folder))
        self.module("prepare", "kiwoomweb.operation.prepare", str(prepared)).process.wait(PATIENCE)
        laid = self.module("laying", f"{HERE}.laying", str(people), str(pair)).line()
        self.code, self.sessions = laid["code"], laid["sessions"]
        feed = self.module("feed", f"{HERE}.feed", str(pair)).line()
        self.symbols, self.ports["feed"] = feed["symbols"], feed["port"]
        self.environment["SIMULATOR_PORT"] = str(feed["port"])
        self.module("token", f"{HERE}.first_token").process.wait(PATIENCE)
        for name in ("web", "web2"):
            self.ports[name] = free_port("127.0.0.1", 0)
            self.module(name, "kiwoomweb.operation.web", "127.0.0.1", str(self.ports[name]), str(prepared))
        self._start("stream", [sys.executable, "manage.py", "runstream"])
        self.module("load", f"{HERE}.load")
        for name in ("web", "web2"):
            self._answers(name)

    def others(self) -> None:
        """The designs beside ours."""
        self.ports["naive"] = free_port("127.0.0.1", 0)
        self.module("naive", f"{HERE}.naive_web", str(self.ports["naive"]))
        self.module("naive_stream", f"{HERE}.naive_stream", str(self.ports["feed"]))
        self._answers("naive")
        if program := self._compiled():
            for mode in ("eager", "lazy"):
                self._fanout(mode, [program], mode)
        else:
            self._fanout("loop", [sys.executable, "-m", f"{HERE}.fanout_loop"])

    def _compiled(self) -> str | None:
        """The bound in C, where this machine can make it."""
        compiler, program = shutil.which("cc"), str(self.var / "fanout")
        source = Path(__file__).with_name("fanout.c")
        if compiler is None or subprocess.run([compiler, "-O2", "-o", program, source], check=False).returncode:
            return None
        return program

    def _fanout(self, name: str, command: list[str], *mode: str) -> None:
        self.ports[name] = self._start(name, [*command, str(self.ports["feed"]), *mode]).line()["port"]

    @property
    def bounds(self) -> list[str]:
        """Which bounds there are, the one that counts first: the loops in C where they could be compiled."""
        return ["eager", "lazy"] if "eager" in self.ports else ["loop"]

    @property
    def load(self) -> Child:
        return self.children["load"]

    @property
    def feed(self) -> Child:
        return self.children["feed"]

    def kill(self, name: str) -> None:
        """As a power cut would; the supervisor's part, starting it again, is done here."""
        self.children[name].process.kill()
        self.children[name].process.wait(20)
        port, prepared = str(self.ports[name]), str(self.var / "prepared")
        self.module(name, "kiwoomweb.operation.web", "127.0.0.1", port, prepared)

    def _answers(self, name: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{self.ports[name]}/healthz", trust_env=False, timeout=10)
            except httpx.TransportError:
                if time.monotonic() > deadline:
                    raise Trouble(f"{name}이(가) 열리지 않습니다.", f"{name} does not open") from None
                time.sleep(0.1)
            else:
                return

    def module(self, name: str, module: str, *arguments: str) -> Child:
        """A module of ours as a program."""
        return self._start(name, [sys.executable, "-m", module, *arguments])

    def _start(self, name: str, command: list[str]) -> Child:
        talks = name not in QUIET
        if before := self.children.get(name):
            before.end()
        self.children[name] = child = Child(command, self.environment, self.var / f"{name}.log", talks=talks)
        return child

    def end(self) -> None:
        for child in reversed(self.children.values()):
            child.end()


@contextmanager
def staged(var: Path, people: int) -> Iterator[Stage]:
    """Everything running; stopped at the end, whatever happened."""
    stage = Stage(var)
    try:
        stage.begin(people)
        yield stage
    finally:
        stage.end()
