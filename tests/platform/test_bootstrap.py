"""From a bare Python to a running command: what is made, what is respected, what is said when it cannot be."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiwoomweb import bootstrap
from tests.architecture.sources import ROOT


class Started(Exception):
    """The command was started again in the new environment."""


class Machine:
    """A machine without the environment: commands are written down, and fail when told to."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.commands: list[tuple[str, ...]] = []
        self.failing: set[str] = set()
        self.free = 10**12

    def runs(self, *command: str, quiet: bool = False) -> bool:
        self.commands.append(command)
        return not self.failing & set(command)

    def did(self, word: str) -> bool:
        return any(word in command for command in self.commands)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(tmp_path)
    venv = tmp_path / ".venv"
    for name, value in {
        "ROOT": tmp_path,
        "VENV": venv,
        "PYTHON": venv / "bin" / "python",
        "STAMP": venv / "made-from",
        "RUN": tmp_path / "requirements.txt",
        "DEVELOP": tmp_path / "requirements-dev.txt",
        "INSTALLER": tmp_path / "requirements-uv.txt",
    }.items():
        monkeypatch.setattr(bootstrap, name, value)
    locks = {bootstrap.RUN: 800, bootstrap.DEVELOP: 1600}
    monkeypatch.setattr(bootstrap, "SPACE", locks)
    monkeypatch.setattr(
        bootstrap, "NEEDED", {bootstrap.RUN: ("channels",), bootstrap.DEVELOP: ("no_such_module",)}
    )
    for lock in (*locks, bootstrap.INSTALLER):
        lock.write_text("django==5.2.19\n")
    (venv / "bin").mkdir(parents=True)
    monkeypatch.setattr(bootstrap, "_runs", machine.runs)
    monkeypatch.setattr(bootstrap.importlib.metadata, "version", lambda name: "1.0")
    monkeypatch.setattr(bootstrap.os, "execv", _start)
    return machine


def _start(program: Path, arguments: list[str]) -> None:
    raise Started(arguments)


def begin(*arguments: str) -> None:
    """Run ``manage.py`` with these arguments and expect it to start again inside ``.venv``."""
    with pytest.raises(Started):
        bootstrap.ensure(["manage.py", *arguments])


def test_a_bare_machine_gets_an_environment_and_the_command_starts_again(machine: Machine, capsys) -> None:
    begin("up")
    assert machine.did("venv")
    assert machine.did(str(bootstrap.RUN))
    assert machine.did("--require-hashes")
    assert "실행 환경을 준비합니다" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["test"], ["drill", "orders"], ["bench", "journal"]])
def test_whoever_proves_something_gets_the_larger_set(machine: Machine, command: list[str]) -> None:
    begin(*command)
    assert machine.did(str(bootstrap.DEVELOP))


def test_an_environment_that_is_ready_is_not_touched(machine: Machine, monkeypatch) -> None:
    begin("up")
    machine.commands.clear()
    monkeypatch.setattr(bootstrap.sys, "prefix", str(bootstrap.VENV))
    bootstrap.ensure(["manage.py", "up"])
    assert machine.commands == []


def test_a_changed_lock_is_installed_into_the_environment_there_is(machine: Machine, monkeypatch) -> None:
    begin("up")
    machine.commands.clear()
    monkeypatch.setattr(bootstrap.sys, "prefix", str(bootstrap.VENV))
    bootstrap.PYTHON.touch()
    bootstrap.RUN.write_text("django==5.2.20\n")
    begin("up")
    assert machine.did(str(bootstrap.RUN))
    assert not machine.did("venv")


def test_an_environment_with_test_packages_keeps_them_whatever_command_comes_first(machine: Machine) -> None:
    bootstrap.STAMP.write_text("requirements-dev.txt:of-yesterday")
    with pytest.raises(Started):
        bootstrap.ensure(["manage.py", "up"])
    assert machine.did(str(bootstrap.DEVELOP))
    assert bootstrap.STAMP.read_text().startswith("requirements-dev.txt:")


def test_a_run_that_was_interrupted_is_finished_by_the_next_one(machine: Machine, monkeypatch) -> None:
    def interrupt(lock: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(bootstrap, "_install", interrupt)
        with pytest.raises(SystemExit, match="다시 실행하면 이어집니다"):
            bootstrap.ensure(["manage.py", "up"])
    assert not bootstrap.STAMP.exists()
    begin("up")
    assert bootstrap.STAMP.exists()


def test_an_environment_without_pip_is_made_anew(machine: Machine) -> None:
    bootstrap.PYTHON.touch()
    machine.failing = {"--version"}
    begin("up")
    assert machine.did("--clear")


def test_without_uv_pip_does_it(machine: Machine) -> None:
    (bootstrap.VENV / "bin" / "uv").touch()
    machine.failing = {"sync"}
    begin("up")
    assert ("install" in machine.commands[-1], str(bootstrap.RUN) in machine.commands[-1]) == (True, True)


def test_an_activated_environment_with_the_packages_is_respected(machine: Machine, monkeypatch) -> None:
    monkeypatch.setattr(bootstrap.importlib.metadata, "version", lambda name: "5.2.19")
    bootstrap.ensure(["manage.py", "up"])
    assert machine.commands == []


def test_an_activated_environment_without_test_packages_is_left_alone(machine: Machine, monkeypatch) -> None:
    monkeypatch.setattr(bootstrap.importlib.metadata, "version", lambda name: "5.2.19")
    begin("test")
    assert all(command[0] in {sys.executable, str(bootstrap.PYTHON)} for command in machine.commands)


def test_a_full_disk_is_said_before_anything_is_made(machine: Machine, monkeypatch) -> None:
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda place: type("Usage", (), {"free": 5_000_000}))
    with pytest.raises(SystemExit, match="디스크 공간이 부족합니다"):
        bootstrap.ensure(["manage.py", "up"])
    assert machine.commands == []


def test_a_python_without_venv_is_told_what_to_install(machine: Machine, monkeypatch) -> None:
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"apt install python3\.\d+-venv"):
        bootstrap.ensure(["manage.py", "up"])


def test_a_machine_without_network_is_told_so_and_stays_unfinished(machine: Machine) -> None:
    machine.failing = {"sync", "install"}
    with pytest.raises(SystemExit, match="네트워크와 디스크를 확인"):
        bootstrap.ensure(["manage.py", "up"])
    assert not bootstrap.STAMP.exists()


def test_an_old_python_is_told_which_one_is_needed() -> None:
    pretend = "import sys; sys.version_info = (3, 9, 2); sys.argv = ['manage.py', 'up']; "
    pretend += "import shutil; shutil.which = lambda name: None; exec(open('manage.py').read())"
    ended = subprocess.run(
        [sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "Python 3.11 이상이 필요합니다. 지금은 3.9입니다." in ended.stderr


def test_the_bootstrap_needs_nothing_but_the_standard_library() -> None:
    code = "import sys; sys.path.insert(0, '.'); import kiwoomweb.bootstrap"
    bare = [sys.executable, "-I", "-S", "-c", code]
    assert subprocess.run(bare, cwd=ROOT, check=False).returncode == 0
