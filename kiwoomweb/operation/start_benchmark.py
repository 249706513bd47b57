"""The start benchmark: an empty folder, ``manage.py up``, a first user and the practice account, then memory.

Measured are the seconds from the command to the first healthy page, and the memory of all processes while the
practice market plays. The packages are installed already; the database, the keys and the static files are not.
"""

import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiwoomweb.operation.measuring import Memory, memory_of
from kiwoomweb.operation.ports import free_port
from kiwoomweb.operation.telling import Trouble
from kiwoomweb.operation.visitor import Visitor

__all__ = ["Started", "measure_start"]

ROOT = Path(__file__).resolve().parents[2]
#: Seconds a start may take before the benchmark gives up, and between two looks.
PATIENCE = 180
LOOK_EVERY = 0.05


@dataclass(frozen=True, slots=True)
class Started:
    """What one start took and what it holds."""

    seconds_to_page: float
    seconds_to_demo: float
    #: One line a process, at the moment when all together held the most.
    memory: list[Memory]

    @property
    def rss(self) -> float:
        """All processes together, in megabytes."""
        return sum(each.rss for each in self.memory)

    @property
    def pss(self) -> float:
        """The same without counting shared pages twice."""
        return sum(each.pss for each in self.memory)


def measure_start(seconds_playing: int) -> Started:
    """Start on an empty folder, use it as the first person does, and watch the memory for a while."""
    with tempfile.TemporaryDirectory(prefix="kiwoomweb-bench-") as folder:
        var, port = Path(folder) / "var", free_port("127.0.0.1", 0)
        began = time.monotonic()
        with _site(var, port) as process:
            _wait(lambda: _is_healthy(port), process)
            to_page = time.monotonic() - began
            _move_in(port, var, process)
            to_demo = time.monotonic() - began
            return Started(to_page, to_demo, _most(process.pid, seconds_playing))


@contextmanager
def _site(var: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, str(ROOT / "manage.py"), "up", "--port", str(port)]
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}
    }
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, env={**environment, "KIWOOMWEB_VAR": str(var), "KIWOOMWEB_ENV": ""}, stdout=quiet, stderr=quiet
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _move_in(port: int, var: Path, process: "subprocess.Popen[bytes]") -> None:
    code = (var / "keys" / "setup.code").read_text().strip()
    with Visitor(f"http://127.0.0.1:{port}") as visitor:
        visitor.set_up(f"/setup/{code}/")
        _wait(visitor.connect_demo, process, every=1)
        visitor.get("/")


def _most(pid: int, seconds: int) -> list[Memory]:
    looks = []
    for _ in range(max(seconds // 2, 1)):
        time.sleep(2)
        looks.append(memory_of(pid))
    return max(looks, key=lambda look: sum(each.rss for each in look))


def _wait(so: Callable[[], object], process: "subprocess.Popen[bytes]", every: float = LOOK_EVERY) -> None:
    deadline = time.monotonic() + PATIENCE
    while not so():
        if process.poll() is not None or time.monotonic() > deadline:
            raise Trouble(
                "시작하지 못했습니다. manage.py up 으로 확인하세요.", "it did not start; try manage.py up"
            )
        time.sleep(every)


def _is_healthy(port: int) -> bool:
    page = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        page.request("GET", "/healthz")
        return page.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        page.close()
