"""What stands beside the product on the machine: services with passwords, a queue nobody else reaches, logs in
known places, memory nobody else reads."""

import logging
import os
import socket
import stat
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from kiwoomweb.beside import check_services
from kiwoomweb.log_lines import BAR, OneEntry
from kiwoomweb.operation import valkey as embedded
from kiwoomweb.operation.closed_memory import close_memory

NOBODY = 65534


@pytest.mark.security("S-71", asvs=["13.2.3"])
@pytest.mark.parametrize(
    ("password", "refused"),
    [("", True), ("postgres", True), ("db", True), ("Admin", True), ("0fX-own-one", False)],
)
def test_a_service_on_the_network_needs_a_password_of_its_own(
    password: str, refused: bool, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = {"HOST": "db.example", "USER": "db", "PASSWORD": password}
    monkeypatch.setitem(connections.settings, "default", {**connections.settings["default"], **far})
    settings.REDIS_URL = f"redis://:{password}@queue.example:6379" if password else "redis://queue.example:6379"
    mail = {"EMAIL_HOST": "mail.example", "EMAIL_HOST_USER": "db", "EMAIL_HOST_PASSWORD": password}
    settings.MAIL = {**settings.MAIL, **mail, "EMAIL_USE_TLS": True}
    found = {one.id for one in check_services(None)}
    assert found == ({"kiwoomweb.E004", "kiwoomweb.E005", "kiwoomweb.E006"} if refused else set()) - (
        {"kiwoomweb.E005"} if password == "db" else set()  # a queue has no user of that name
    )


@pytest.mark.security("S-71", asvs=["13.2.3"])
def test_on_this_machine_none_is_needed_and_mail_in_the_clear_is_told(settings: Any) -> None:
    assert check_services(None) == []
    mail = {"EMAIL_HOST": "mail.example", "EMAIL_HOST_USER": "me", "EMAIL_HOST_PASSWORD": "0fX-own-one"}
    settings.MAIL = {**settings.MAIL, **mail}
    assert [one.id for one in check_services(None)] == ["kiwoomweb.W002"]


@pytest.mark.security("S-71", asvs=["13.2.3"])
@pytest.mark.security("S-19", asvs=["13.2.1"])
def test_nobody_else_on_this_machine_reaches_the_embedded_queue(tmp_path: Path) -> None:
    folder = tmp_path / "valkey"
    folder.mkdir(mode=0o700)
    embedded.private_socket_folder(folder)
    place = embedded.socket_file(folder)
    server = subprocess.Popen(embedded.command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 20
        while not place.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert stat.S_IMODE(place.stat().st_mode) == 0o700 == stat.S_IMODE(place.parent.stat().st_mode)
        own = Path(f"/proc/{server.pid}/fd").glob("*") if sys.platform == "linux" else ()
        assert [one for one in own if _is_a_port(server.pid, one)] == []
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(place))  # we do
        if os.getuid() == 0:
            assert as_nobody(lambda: _reaches(place)) is False
    finally:
        server.kill()
        server.wait()


def _is_a_port(pid: int, opened: Path) -> bool:
    """Whether it is a socket that listens for TCP."""
    try:
        inode = str(opened.readlink()).removeprefix("socket:[").removesuffix("]")
    except FileNotFoundError:  # closed since it was listed
        return False
    tables = [Path(f"/proc/{pid}/net/{table}") for table in ("tcp", "tcp6")]
    lines = [line.split() for table in tables if table.exists() for line in table.read_text().splitlines()[1:]]
    return any(line[9] == inode and line[3] == "0A" for line in lines)


def _reaches(place: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(place))
        except PermissionError:
            return False
    return True


def forked() -> int:
    """Newer Pythons warn of threads that are not taken along; here nobody needs them."""
    with warnings.catch_warnings(action="ignore"):
        return os.fork()


def as_nobody(work: Any) -> bool:
    """What ``work`` answers for another user of this machine."""
    child = forked()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            answer = 1 if work() else 0
        except BaseException:
            answer = 9
        os._exit(answer)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in {0, 1}
    return bool(code)


@pytest.mark.security("S-71", asvs=["13.4.5"])
@pytest.mark.django_db
def test_nothing_tells_how_the_site_is_built_or_how_it_fares() -> None:
    visitor = Client()
    for path in ("metrics", "docs", "redoc", "swagger", "swagger.json", "openapi.json", "schema", "api",
                 "admin", "debug", "__debug__", "server-status", ".git/config", ".env", "graphql"):  # fmt: skip
        assert visitor.get(f"/{path}/").status_code == visitor.get(f"/{path}").status_code == 404, path
    told = visitor.get("/healthz").json()
    words = {"status", "database", "queue", "worker", "stream", "orders", "beat"}
    assert told.keys() <= words
    ages = [told[name] for name in told.keys() - {"status", "database", "queue"}]
    assert all(part.keys() == {"status", "age"} for part in ages)
    assert {told["status"], told["database"], told["queue"]} <= {"ok", "down"}


@pytest.mark.security("S-33", asvs=["13.3.2", "15.2.5"])
@pytest.mark.skipif(sys.platform != "linux", reason="memory is closed by a call Linux alone has")
def test_another_program_of_the_same_user_reads_neither_memory_nor_environment() -> None:
    assert looked_into(closed=False) == {"environ": True, "mem": True}, "else this shows nothing"
    assert looked_into(closed=True) == {"environ": False, "mem": False}


def looked_into(*, closed: bool) -> dict[str, bool]:
    """Whether a second process of an ordinary user may open these of the first."""
    with Living(closed=closed) as pid:
        return {
            name: _as_somebody(lambda name=name: _opens(f"/proc/{pid}/{name}")) for name in ("environ", "mem")
        }


def _as_somebody(work: Any) -> bool:
    return as_nobody(work) if os.getuid() == 0 else work()


def _opens(path: str) -> bool:
    try:
        Path(path).open("rb").close()
    except OSError:
        return False
    return True


class Living:
    """A process of that user which waits to be looked into."""

    def __init__(self, *, closed: bool) -> None:
        self.closed = closed

    def __enter__(self) -> int:
        ready, tell = os.pipe()
        self.pid = forked()
        if self.pid == 0:
            import ctypes

            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # a change of user has closed it; a plain process is open
            if self.closed and not close_memory():
                os._exit(1)
            os.write(tell, b"x")
            time.sleep(60)
            os._exit(0)
        os.close(tell)
        assert os.read(ready, 1) == b"x"
        os.close(ready)
        return self.pid

    def __exit__(self, *_: Any) -> None:
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)


@pytest.mark.security("S-33", asvs=["13.3.2"])
def test_every_process_that_holds_tokens_or_keys_closes_its_memory() -> None:
    from django.conf import settings as live

    root = Path(live.BASE_DIR) / "kiwoomweb"
    holds = ["operation/web.py", "operation/worker.py", "management/commands/runorders.py"]
    holds.append("management/commands/runstream.py")
    assert [name for name in holds if "    close_memory()\n" not in (root / name).read_text("utf-8")] == []


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What a log file would hold."""
    told: list[str] = []
    handler = logging.Handler()
    handler.setFormatter(OneEntry("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.emit = lambda record: told.extend(handler.format(record).split("\n"))
    logger = logging.getLogger("tests.lines")
    logger.addHandler(handler)
    yield told
    logger.removeHandler(handler)


@pytest.mark.security("S-74", asvs=["16.2.4"])
@pytest.mark.security("S-36", asvs=["16.4.1"])
def test_no_message_passes_for_an_entry_of_its_own(lines: list[str]) -> None:
    forged = "1999-01-01 12:00:00,000 CRITICAL kiwoomweb: all is well"
    logger = logging.getLogger("tests.lines")
    for breaks in ("\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x1b[2K\x1b[1G"):
        logger.error("said: %s", f"x{breaks}{forged}")
    try:
        raise ValueError(f"a\n{forged}")
    except ValueError:
        logger.exception("broke")
    assert len(lines) > 11
    assert [line for line in lines if line.startswith(forged[:10])] == []
    assert [line for line in lines if not (line.startswith(BAR) or " ERROR tests.lines: " in line)] == []
    assert all(line.isprintable() for line in (line.replace("\t", "") for line in lines))
