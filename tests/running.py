"""The whole product, started as a person starts it: ``manage.py up`` on a scratch folder and a free port."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
STARTING = 240
STOPPING = 120


class Site:
    """One running product. ``said`` collects the lines of its terminal."""

    def __init__(self, var: Path, *options: str, **environment: str) -> None:
        self.var = var
        # A port of its own for the practice exchange: two sites that start at once must not choose the same.
        self.port, self.simulator_port = free_port(), free_port()
        self.options = options
        self.environment = {"SIMULATOR_PORT": str(self.simulator_port), **environment}
        self.said: list[str] = []
        self.process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Site":
        """Start and wait for the first healthy page."""
        self.launch()
        self.wait_until(self.is_healthy, STARTING, "no healthy page")
        self.wait_until(lambda: self.way_in() is not None, 10, "no address was printed")
        return self

    def launch(self) -> None:
        """Start without waiting."""
        command = [sys.executable, "-u", "manage.py", "up", "--port", str(self.port), *self.options]
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        self.process = subprocess.Popen(command, cwd=ROOT, env=self._around(), **pipes)
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()

    def run(self, *command: str) -> str:
        """What another ``manage.py`` command says, beside the running product and on its folder."""
        asked = [sys.executable, "manage.py", *command]
        done = subprocess.run(asked, cwd=ROOT, env=self._around(), capture_output=True, text=True, check=True)
        return done.stdout

    def _around(self) -> dict[str, str]:
        """The environment of a person's terminal."""
        left_out = {"DATABASE_URL", "REDIS_URL", "DESK_KEYS_FILE"}
        around = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DJANGO_", "PYTEST_")) and name not in left_out
        }
        return around | {"KIWOOMWEB_VAR": str(self.var), "KIWOOMWEB_ENV": "", **self.environment}

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        with process.stdout:
            self.said.extend(line.rstrip("\n") for line in process.stdout)

    def way_in(self) -> str | None:
        """The address the terminal shows."""
        shown = [line.removeprefix("➜").strip() for line in list(self.said) if line.startswith("➜")]
        return shown[-1] if shown else None

    def stop(self, with_signal: int = signal.SIGTERM) -> int:
        """Stop as Ctrl-C or the system would; the exit code."""
        self.process.send_signal(with_signal)
        return self.process.wait(STOPPING)

    def is_healthy(self) -> bool:
        return self.health().get("status") == "ok"

    def health(self) -> dict[str, Any]:
        """What /healthz says; empty when nobody answers."""
        page = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            page.request("GET", "/healthz")
            return json.loads(page.getresponse().read())
        except (OSError, http.client.HTTPException):
            return {}
        finally:
            page.close()

    def hears(self, process: str) -> bool:
        """Whether the worker or the stream was heard in the last seconds."""
        return self.health().get(process, {}).get("status") == "ok"

    def pids(self) -> dict[str, int]:
        """The running programs by name, as the supervisor last started them."""
        pids: dict[str, int] = {}
        for line in (self.var / "log" / "supervisor.log").read_text().splitlines():
            if started := re.search(r"spawned: '(\w+)' with pid (\d+)", line):
                pids[started[1]] = int(started[2])
        return pids

    def kill(self, program: str) -> int:
        """``kill -9`` one program; its process id."""
        pid = self.pids()[program]
        os.kill(pid, signal.SIGKILL)
        return pid

    def wait_until(self, so: Callable[[], object], seconds: float, otherwise: str) -> None:
        """Wait for a condition; fail with what the terminal said when it does not come."""
        deadline = time.monotonic() + seconds
        while not so():
            assert self.process.poll() is None, "it ended:\n" + "\n".join(self.said)
            assert time.monotonic() < deadline, f"{otherwise}:\n" + "\n".join(self.said)
            time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def is_alive(pid: int) -> bool:
    """Whether the process runs; a zombie does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A product that has not been started yet; stopped at the end, whatever happened."""
    site = Site(tmp_path / "var")
    yield site
    if site.process and site.process.poll() is None:
        site.stop(signal.SIGKILL)
