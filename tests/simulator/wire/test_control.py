"""The control door: for this machine and for those who can read the token file, for nobody else."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiwoomweb.simulator.control import Control
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.faults import Faults
from kiwoomweb.simulator.serve import OPENING
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.conftest import Start


@pytest.fixture
def caller(fresh: Start, generous: dict[str, Any]) -> Caller:
    return fresh(**generous)


def ordered(caller: Caller, what: str, **body: Any) -> tuple[int, dict[str, Any]]:
    token = caller.broker.simulator.control.token
    told = caller.post(f"/__control__/{what}", body, x_control_token=token)
    return told.status_code, told.json()


def test_a_stranger_finds_no_such_door(caller: Caller) -> None:
    for headers in ({}, {"x_control_token": "guess"}, {"authorization": f"Bearer {caller.log_in()}"}):
        assert caller.post("/__control__/clock", {"speed": 5}, **headers).status_code == 404
    assert caller.broker.clock.now() == OPENING


def test_another_machine_finds_no_such_door() -> None:
    exchange = Exchange.opened(trader=False, now=OPENING)
    control = Control(exchange, Faults(lambda: None), None)
    status, _ = control.answer("/__control__/clock", "192.0.2.7", control.token, b"{}")
    assert status == 404


def test_the_token_lies_in_the_state_folder_for_its_owner_only(tmp_path: Path) -> None:
    control = Control(Exchange.opened(trader=False, now=OPENING), Faults(lambda: None), tmp_path)
    file = tmp_path / "control.token"
    assert file.read_text() == control.token
    assert file.stat().st_mode & 0o077 == 0


def test_the_clock_can_be_set(caller: Caller) -> None:
    status, told = ordered(caller, "clock", jump="2026-11-20T15:20:00+09:00")
    assert (status, told["now"]) == (200, "2026-11-20T15:20:00+09:00")
    ordered(caller, "clock", speed=1000)
    ordered(caller, "clock", pause=True)
    assert caller.broker.clock.now() > OPENING.replace(hour=15, minute=20)


def test_faults_can_be_set_and_cleared(caller: Caller) -> None:
    status, told = ordered(caller, "faults", kind="html", tr="ka00001", count=2)
    assert (status, [fault["kind"] for fault in told["faults"]]) == (200, ["html"])
    assert caller.ask("ka00001").headers["content-type"].startswith("text/html")
    assert ordered(caller, "faults", clear=True)[1]["faults"] == []
    assert caller.ask("ka00001").json()["return_code"] == 0


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("clock", {"jump": "2026-11-20T15:20:00"}),
        ("clock", {"jump": "yesterday"}),
        ("clock", {"speed": "fast"}),
        ("clock", {"jump": "2020-01-02T10:00:00+09:00"}),
        ("clock", {"jump": "2126-01-02T10:00:00+09:00"}),
        ("clock", {"jump": 20261120}),
        ("clock", {"speed": -5}),
        ("clock", {"speed": "nan"}),
        ("clock", {"speed": 1e12}),
        ("clock", {"sped": 5}),
        ("faults", {"kind": "html", "count": "many"}),
        ("faults", {"kind": "earthquake"}),
        ("faults", {"kind": "html", "colour": "red"}),
    ],
)
def test_nonsense_is_told_apart(caller: Caller, what: str, body: dict[str, Any]) -> None:
    status, told = ordered(caller, what, **body)
    assert status == 400
    assert told["error"]


def test_the_broker_itself_has_no_such_path(caller: Caller) -> None:
    assert ordered(caller, "tokens")[0] == 404
    token = caller.broker.simulator.control.token
    broken = caller.post("/__control__/clock", b"{", x_control_token=token)
    assert (broken.status_code, "error" in json.loads(broken.content)) == (400, True)
