"""``manage.py faults``: somebody at a terminal hurts the practice broker, and is told what went wrong."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kiwoomweb.simulator.faults import KINDS
from kiwoomweb.simulator.serve import OPENING, running
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.conftest import GENEROUS


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def caller(state: Path) -> Iterator[Caller]:
    with running("real", trader=False, state=state, **GENEROUS) as broker:
        one = Caller(broker)
        yield one
        one.close()


def faults(state: Path, *words: str) -> str:
    out = io.StringIO()
    call_command("faults", "--state", str(state), *words, stdout=out)
    return out.getvalue()


def refused(state: Path, *words: str) -> str:
    with pytest.raises(CommandError) as error:
        faults(state, *words)
    return str(error.value)


def test_a_fault_is_set_acts_and_is_cleared(caller: Caller, state: Path) -> None:
    said = faults(state, "set", "html", "--tr", "ka00001", "--count", "2")
    assert "html" in said and "tr=ka00001" in said and "count=2" in said
    assert caller.ask("ka00001").headers["content-type"].startswith("text/html")
    assert "count=1" in faults(state, "list")
    assert "걸린 고장이 없습니다" in faults(state, "clear")
    assert caller.ask("ka00001").json()["return_code"] == 0


def test_the_list_says_what_could_be_set(caller: Caller, state: Path) -> None:
    said = faults(state, "list")
    assert [kind for kind in KINDS if kind not in said] == []


def test_a_fault_may_last_and_may_begin_later(caller: Caller, state: Path) -> None:
    caller.log_in()
    said = faults(state, "set", "status", "--status", "502", "--lasting", "60", "--after", "1")
    assert "lasting=60" in said
    assert [caller.ask("ka00001").status_code for _ in range(3)] == [200, 502, 502]


def test_the_clock_is_moved_paused_and_run(caller: Caller, state: Path) -> None:
    assert "2026-11-20T15:20:00+09:00" in faults(state, "clock", "--jump", "2026-11-20T15:20+09:00")
    assert "× 60" in faults(state, "clock", "--speed", "60")
    assert "멈춤" in faults(state, "clock", "--pause")
    assert caller.broker.clock.now() >= OPENING.replace(hour=15, minute=20)
    assert "멈춤" in faults(state, "clock")


def test_nobody_runs_and_that_is_said_in_two_languages(state: Path) -> None:
    for words in (["list"], ["set", "html"], ["clear"], ["clock", "--pause"]):
        said = refused(state, *words)
        assert "연습 거래소가 돌고 있지 않습니다" in said
        assert "no practice exchange runs" in said
        assert "manage.py up" in said


def test_a_broker_that_has_gone_is_no_longer_there(state: Path) -> None:
    with running("real", trader=False, state=state):
        pass
    assert "돌고 있지 않습니다" in refused(state, "list")


def test_another_brokers_folder_does_not_open_this_door(caller: Caller, state: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "control.port").write_text((state / "control.port").read_text())
    (other / "control.token").write_text("guess")
    assert "--state" in refused(other, "list")


@pytest.mark.parametrize(
    ("words", "korean"),
    [
        (["set", "earthquake"], "'earthquake'라는 고장은 없습니다"),
        (["clock", "--jump", "yesterday"], "형식이어야 합니다"),
        (["clock", "--jump", "2026-11-20T15:20"], "형식이어야 합니다"),
        (["clock", "--jump", "2020-11-20T15:20+09:00"], "받아들이지 않았습니다"),
        (["clock", "--speed", "-1"], "받아들이지 않았습니다"),
        (["set", "html", "--count", "0"], "받아들이지 않았습니다"),
    ],
)
def test_nonsense_is_refused_in_words(caller: Caller, state: Path, words: list[str], korean: str) -> None:
    said = refused(state, *words)
    assert korean in said
    assert "\n" in said, "the English half is missing"


@pytest.mark.parametrize("words", [[], ["set"], ["set", "html", "--count", "many"], ["hurt"]])
def test_half_a_command_is_refused(state: Path, words: list[str]) -> None:
    with pytest.raises(CommandError):
        faults(state, *words)


def test_the_ports_file_is_nobody_elses(caller: Caller, state: Path) -> None:
    kept: Any = (state / "control.port").stat()
    assert kept.st_mode & 0o077 == 0
