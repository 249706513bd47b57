"""PROTOCOL 8.8 and 11, 76: condition search on the socket."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest

from kiwoomweb.broker.catalogue import find
from kiwoomweb.simulator.profile import REAL
from kiwoomweb.simulator.screening.conditions import CONDITIONS
from kiwoomweb.simulator.screening.facts import FactsOf
from kiwoomweb.simulator.serve import OPENING, Running, running
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.conftest import GENEROUS, Start
from tests.simulator.wire.listener import Listener

QUICK: dict[str, Any] = {"ws_flush_s": 0.02, "ws_dup": "allow", "opening": OPENING.replace(hour=9, minute=40)}
LATER = OPENING.replace(hour=13)
WELL_TRADED = next(one.seq for one in CONDITIONS.values() if "거래대금" in one.name)
GAP_UP = next(one.seq for one in CONDITIONS.values() if "갭상승" in one.name)


@pytest.fixture
def listening() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture(scope="module")
def broker() -> Iterator[Running]:
    """A market everybody looks at and nobody moves: the first look at all of it costs seconds."""
    with running("real", trader=False, ws_condition_rows=40, **QUICK, **GENEROUS) as one:
        yield one


@pytest.fixture
def caller(broker: Running) -> Iterator[Caller]:
    one = Caller(broker)
    yield one
    one.close()


@pytest.fixture
def moving(fresh: Start, generous: dict[str, Any]) -> Caller:
    """A market whose clock may be moved."""
    return fresh(**QUICK, **generous)


def connected(caller: Caller, listening: ExitStack) -> Listener:
    one = Listener(caller)
    listening.callback(one.close)
    one.log_in()
    return one


@pytest.fixture
def listener(caller: Caller, listening: ExitStack) -> Listener:
    return connected(caller, listening)


def search(listener: Listener, seq: str, kind: str = "0", **more: str) -> dict[str, Any]:
    listener.say(trnm="CNSRREQ", seq=seq, search_type=kind, stex_tp="K", **more)
    return listener.answer("CNSRREQ")


def listed(listener: Listener) -> list[list[str]]:
    listener.say(trnm="CNSRLST")
    rows: list[list[str]] = listener.answer("CNSRLST")["data"]
    return rows


def meeting(caller: Caller, seq: str) -> set[str]:
    """What the condition finds on the exchange itself."""

    def ask(exchange: Any) -> set[str]:
        facts_of, holds = FactsOf(exchange), CONDITIONS[seq].holds
        shares = [facts_of(one.code) for one in exchange.instruments("KOSPI") + exchange.instruments("KOSDAQ")]
        return {one.about.code for one in shares if one and holds(one)}

    return caller.broker.call(ask)


@pytest.mark.behaviour(76)
def test_the_list_holds_arrays_and_not_objects(listener: Listener) -> None:
    listener.say(trnm="CNSRLST")
    told = listener.answer("CNSRLST")
    assert (told["return_code"], told["return_msg"]) == (0, "")
    assert told["data"] == [[one.seq, one.name] for one in CONDITIONS.values()]


@pytest.mark.behaviour(76)
def test_a_single_search_has_padded_numbers(caller: Caller, listener: Listener) -> None:
    told = search(listener, GAP_UP, cont_yn="N", next_key="")
    assert told["seq"] == f"{GAP_UP}  "
    assert "return_msg" not in told
    assert (told["cont_yn"], told["next_key"]) == ("N", "")
    [rows] = [part for part in find("ka10172").response if part.name == "data"]
    assert {row["9001"][1:] for row in told["data"]} == meeting(caller, GAP_UP)
    for row in told["data"]:
        assert list(row) == [field.name for field in rows.fields]
        assert re.fullmatch(r"A[0-9][0-9A-Z]{5}", row["9001"])
        assert all(
            re.fullmatch(r"\d{9,}|-\d{8,}", row[fid]) for fid in ("10", "11", "12", "13", "16", "17", "18")
        )
        quote = caller.said("ka10001", stk_cd=row["9001"][1:])
        assert int(row["10"]) == int(quote["cur_prc"].lstrip("+-"))
        # The rate is a thousandfold: +1.50 % is 000001500.
        assert int(row["12"]) == round(float(quote["flu_rt"]) * 1000)


def test_a_long_list_is_turned_page_by_page_in_the_body(caller: Caller, listener: Listener) -> None:
    page = search(listener, WELL_TRADED, cont_yn="N", next_key="")
    seen = [row["9001"] for row in page["data"]]
    while page["cont_yn"] == "Y":
        assert len(page["data"]) == 40
        assert 0 < len(page["next_key"]) <= 50
        again = search(listener, WELL_TRADED, cont_yn="Y", next_key=page["next_key"])
        page = search(listener, WELL_TRADED, cont_yn="Y", next_key=page["next_key"])
        assert page["data"] == again["data"]
        seen += [row["9001"] for row in page["data"]]
    assert {code[1:] for code in seen} == meeting(caller, WELL_TRADED)
    assert len(seen) == len(set(seen)) > 80


def test_a_page_holds_a_hundred_and_not_one_more(moving: Caller, listening: ExitStack) -> None:
    listener = connected(moving, listening)
    moving.broker.clock.jump(OPENING.replace(hour=15))
    told = search(listener, WELL_TRADED)
    assert (len(told["data"]), told["cont_yn"]) == (100, "Y")


@pytest.mark.behaviour(76)
def test_realtime_needs_the_list_first_on_the_same_connection(caller: Caller, listening: ExitStack) -> None:
    first, second = connected(caller, listening), connected(caller, listening)
    listed(first)
    assert search(second, GAP_UP, "1")["return_code"] != 0
    assert search(first, GAP_UP, "1")["return_code"] == 0
    listed(second)
    assert search(second, GAP_UP, "1")["return_code"] == 0


@pytest.mark.behaviour(76)
def test_entries_and_exits_are_pushed_until_it_is_cleared(moving: Caller, listening: ExitStack) -> None:
    caller, listener = moving, connected(moving, listening)
    listed(listener)
    told = search(listener, GAP_UP, "1")
    assert (told["seq"], "return_msg" in told) == (GAP_UP, False)
    assert {tuple(row) for row in told["data"]} == {("jmcode",)}
    known = {row["jmcode"][1:] for row in told["data"]}
    assert known == meeting(caller, GAP_UP)
    caller.broker.clock.jump(LATER)
    wanted = meeting(caller, GAP_UP)
    assert wanted != known
    while known != wanted:
        for entry in pushes(listener):
            values = entry["values"]
            assert (entry["name"], set(values)) == ("조건검색", {"841", "9001", "843", "20", "907"})
            assert (values["841"], values["9001"]) == (GAP_UP, entry["item"])
            assert (values["20"], values["907"] in {"1", "2"}) == (f"{LATER:%H%M%S}", True)
            assert (entry["item"] in known) is (values["843"] == "D")
            known ^= {entry["item"]}
    listener.say(trnm="CNSRCLR", seq=GAP_UP)
    assert listener.answer("CNSRCLR") == {"trnm": "CNSRCLR", "seq": GAP_UP, "return_code": 0, "return_msg": ""}
    listener.heard.clear()
    caller.broker.clock.jump(OPENING.replace(hour=15))
    search(listener, GAP_UP)
    search(listener, GAP_UP)
    assert listener.entries("02") == []


def pushes(listener: Listener) -> list[dict[str, Any]]:
    """The entries of the next frame of pushes."""
    frame = listener.until(lambda told: told["trnm"] == "REAL" and told["data"][0]["type"] == "02")
    entries: list[dict[str, Any]] = frame["data"]
    return entries


def test_only_who_asked_hears_pushes(moving: Caller, listening: ExitStack) -> None:
    caller = moving
    one, other = connected(caller, listening), connected(caller, listening)
    for listener in (one, other):
        listed(listener)
    search(one, GAP_UP, "1")
    caller.broker.clock.jump(OPENING.replace(hour=14))
    pushes(one)
    search(other, GAP_UP)
    assert other.entries("02") == []


def test_ten_conditions_and_not_one_more(fresh: Start, listening: ExitStack) -> None:
    caller = fresh(ws_conditions=2, **QUICK)
    listener = connected(caller, listening)
    listed(listener)
    assert [search(listener, seq, "1")["return_code"] == 0 for seq in ("0", "1", "1", "2")] == [
        True,
        True,
        True,
        False,
    ]
    listener.say(trnm="CNSRCLR", seq="0")
    listener.answer("CNSRCLR")
    assert search(listener, "2", "1")["return_code"] == 0
    assert REAL.ws_conditions == 10


@pytest.mark.parametrize(
    "message",
    [
        {"search_type": "0", "stex_tp": "K"},
        {"seq": "", "search_type": "0", "stex_tp": "K"},
        {"seq": "99", "search_type": "0", "stex_tp": "K"},
        {"seq": "거래량", "search_type": "0", "stex_tp": "K"},
        {"seq": ["0"], "search_type": "0", "stex_tp": "K"},
        {"seq": "0", "search_type": "7", "stex_tp": "K"},
        {"seq": "0", "stex_tp": "K"},
        {"seq": "0", "search_type": "0", "stex_tp": "Z"},
        {"seq": "0", "search_type": "0", "stex_tp": "K", "cont_yn": "Y", "next_key": "made-up"},
        {"seq": "0", "search_type": "0", "stex_tp": "K", "cont_yn": "Y"},
    ],
)
def test_nonsense_is_refused_in_words(listener: Listener, message: dict[str, Any]) -> None:
    listener.say(trnm="CNSRREQ", **message)
    told = listener.answer("CNSRREQ")
    assert told["return_code"] != 0
    assert told["return_msg"]
    assert "data" not in told


def test_nothing_about_conditions_before_login(caller: Caller, listening: ExitStack) -> None:
    stranger = Listener(caller)
    listening.callback(stranger.close)
    stranger.say(trnm="CNSRLST")
    told = stranger.answer("CNSRLST")
    assert told["return_code"] != 0
    assert "data" not in told


def test_ticks_go_on_while_the_market_is_looked_through(moving: Caller, listening: ExitStack) -> None:
    caller, listener = moving, connected(moving, listening)
    listener.register(["0B"], ["005930"])
    caller.broker.clock.jump(OPENING.replace(hour=9, minute=41) + timedelta(seconds=30))
    listener.say(trnm="CNSRREQ", seq=GAP_UP, search_type="0", stex_tp="K")
    listener.entry("0B", "005930")
    if not any(frame["trnm"] == "CNSRREQ" for frame in listener.heard):
        assert listener.answer("CNSRREQ")["return_code"] == 0
