"""``manage.py up`` as a person meets it: one address, clear refusals, clean ends, and nobody left behind."""

import os
import re
import signal
import socket
import stat
import time
from contextlib import suppress
from pathlib import Path

import pytest

from kiwoomweb.log_lines import BAR
from tests.running import ROOT, Site, is_alive


def test_it_prints_one_address_and_ends_cleanly_on_ctrl_c(site: Site) -> None:
    site.start()
    children = site.pids()
    assert site.way_in().startswith(site.address)
    assert site.stop(signal.SIGINT) == 0
    assert "모두 멈췄습니다" in site.said[-1]
    assert [name for name, pid in children.items() if is_alive(pid)] == []


def test_a_second_start_says_where_the_first_one_is(site: Site) -> None:
    site.start()
    second = Site(site.var)
    second.launch()
    assert second.process.wait(60) != 0
    assert any("이미 실행 중입니다" in line and site.address in line for line in second.said)
    assert site.is_healthy()


def test_a_taken_port_is_refused_before_anything_starts(site: Site) -> None:
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", site.port))
        somebody.listen()
        site.launch()
        assert site.process.wait(60) != 0
    assert any(f"{site.port}번 포트를 다른 프로그램이 쓰고 있습니다" in line for line in site.said)
    assert not (site.var / "log").exists()


def test_a_crashed_process_comes_back_and_says_so(site: Site) -> None:
    site.start()
    site.wait_until(lambda: site.hears("worker"), 60, "the worker never worked")
    before = site.kill("worker")
    site.wait_until(lambda: site.pids()["worker"] != before, 60, "the worker was not started again")
    assert any(line.startswith("! worker") for line in site.said)


def test_nobody_outlives_a_killed_supervisor(site: Site) -> None:
    site.start()
    children = site.pids()
    site.stop(signal.SIGKILL)
    site.process = None
    deadline = time.monotonic() + 10
    while any(is_alive(pid) for pid in children.values()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [name for name, pid in children.items() if is_alive(pid)] == []


def test_a_database_that_cannot_be_prepared_stops_the_start(site: Site) -> None:
    site.var.mkdir(parents=True)
    (site.var / "kiwoomweb.sqlite3").write_text("this is no database")
    site.launch()
    assert site.process.wait(90) == 1
    assert any("준비하지 못해 멈춥니다" in line for line in site.said)


def test_a_closed_terminal_stops_everything(site: Site) -> None:
    site.start()
    children = site.pids()
    assert site.stop(signal.SIGHUP) == 0
    assert [name for name, pid in children.items() if is_alive(pid)] == []


def test_under_nohup_a_closed_terminal_is_no_reason_to_stop(site: Site) -> None:
    usual = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # what nohup does; the child inherits it
    try:
        site.start()
    finally:
        signal.signal(signal.SIGHUP, usual)
    site.process.send_signal(signal.SIGHUP)
    time.sleep(2)
    assert site.is_healthy()
    assert site.stop() == 0


#: What may be written below the folder besides the logs the README names.
WRITTEN = re.compile(
    r"kiwoomweb\.sqlite3(-wal|-shm|-journal)?|beat\.schedule\S*|valkey/\S+|run/\S+|keys/\S+|HALT|orders\.lock|\S+\.lock"
)
ENTRY = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ \S+: ")
#: Of two programs that are not ours, and what is meant for the terminal.
OTHERS = {
    "supervisor.log": re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ "),
    "valkey.log": re.compile(r"\d+:([A-Z] \d\d \w{3} \d{4}|signal-handler) "),
    "prepare.log": re.compile(r"\S "),
    "simulator.log": re.compile(r"simulator ready: "),
}


def open_for_writing(pid: int) -> set[Path]:
    """Regular files a process holds open to write to; none where the system does not tell us."""
    found = set()
    for opened in Path(f"/proc/{pid}/fd").glob("*"):
        with suppress(FileNotFoundError):  # closed while we look
            flags = (opened.parent.parent / "fdinfo" / opened.name).read_text().partition("flags:")[2].split()
            if int(flags[0], 8) & 3 and opened.is_file():
                found.add(opened.readlink())
    return found


@pytest.mark.security("S-74", asvs=["16.2.3", "16.2.4"])
def test_it_writes_where_the_readme_says_and_every_line_is_an_entry(site: Site) -> None:
    site.start()
    for process in ("worker", "stream", "orders"):
        site.wait_until(lambda name=process: site.hears(name), 60, f"{process} never worked")
    told = set(
        re.findall(r"`(\w+\.log)`", (ROOT / "README.md").read_text().partition("**What it writes.**")[2])
    )
    assert {path.name for path in (site.var / "log").iterdir()} <= told
    if os.getuid() == 0:  # of processes that keep their memory closed only root sees what they have opened
        files = {path for pid in site.pids().values() if is_alive(pid) for path in open_for_writing(pid)}
        inside = {str(path.relative_to(site.var)) for path in files if path.is_relative_to(site.var)}
        beside = {str(path) for path in files if not path.is_relative_to(site.var)}
        assert any("sqlite3" in name for name in inside), "else this sees nothing"
        assert {name for name in inside if not WRITTEN.fullmatch(name)} == set()
        assert {name for name in beside if "(deleted)" not in name and not name.startswith("/dev/")} == set()
    odd = []
    for path in (site.var / "log").iterdir():
        begins = OTHERS.get(path.name, ENTRY)
        for line in path.read_text().split("\n"):
            if line and not (ENTRY.match(line) or begins.match(line) or line.startswith(BAR)):
                odd.append(f"{path.name}: {line[:120]}")
    assert odd == []
    # Nor can anybody else on the machine look in.
    for path in (site.var, site.var / "log", site.var / "keys", site.var / "valkey"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700, path
    assert stat.S_IMODE((site.var / "kiwoomweb.sqlite3").stat().st_mode) == 0o600


def test_a_history_that_cannot_be_played_is_told_at_the_terminal(site: Site, tmp_path: Path) -> None:
    bad = tmp_path / "bars.csv"
    bad.write_text("this,is,no,history\n1,2,3,4\n")
    site.options = ("--history", str(bad))
    site.start()
    site.wait_until(lambda: any(line.startswith("! simulator") for line in site.said), 60, "nothing was said")
    told = next(line for line in site.said if line.startswith("! simulator"))
    assert "bars.csv" in told, told


def test_keys_are_made_once_and_readable_by_their_owner_only(site: Site) -> None:
    site.start()
    files = [path for path in (site.var / "keys").iterdir() if path.is_file()]
    assert {"django.key", "demo.json"} <= {path.name for path in files}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    desk = site.var.with_name("var-desk") / "desk.keys"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (desk, desk.parent)] == [0o400, 0o700]
    made = [site.var / "keys" / "demo.json", desk]
    first = [path.read_text() for path in made]
    site.stop()
    site.start()
    assert [path.read_text() for path in made] == first
