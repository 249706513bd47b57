"""PROTOCOL 11, 63-71: the conversation on the socket, without a socket."""

import json
from dataclasses import replace
from typing import Any

import pytest

from kiwoomweb.simulator.hub import Line
from kiwoomweb.simulator.profile import MOCK, REAL, Profile
from kiwoomweb.simulator.refusals import auth
from kiwoomweb.simulator.registrations import Malformed, Registrations, TooMany
from kiwoomweb.simulator.session import BYE, Session
from kiwoomweb.simulator.tokens import KeyPair

GOOD = "good-token"


def owner_of(token: str) -> KeyPair:
    if token != GOOD:
        raise auth("8005")
    return KeyPair("key", "secret")


def session(profile: Profile = MOCK) -> Session:
    return Session(profile, owner_of, now=0.0)


def heard(one: Session) -> list[dict[str, Any]]:
    frames = [json.loads(text) for text in one.said]
    one.said.clear()
    return frames


def say(one: Session, now: float = 0.0, **message: Any) -> list[dict[str, Any]]:
    one.hear(json.dumps(message), now)
    return heard(one)


def logged_in(profile: Profile = MOCK) -> Session:
    one = session(profile)
    say(one, trnm="LOGIN", token=GOOD)
    return one


def registration(kinds: Any, items: Any, **other: Any) -> dict[str, Any]:
    return {"trnm": "REG", "grp_no": "1", "refresh": "1", "data": [{"item": items, "type": kinds}], **other}


@pytest.mark.behaviour(64)
def test_the_ack_comes_first() -> None:
    assert say(session(), trnm="LOGIN", token=GOOD) == [
        {"trnm": "LOGIN", "return_code": 0, "return_msg": "", "sor_yn": "Y"}
    ]


@pytest.mark.behaviour(64)
def test_a_system_frame_may_follow_on_the_real_host() -> None:
    assert [frame["trnm"] for frame in say(session(REAL), trnm="LOGIN", token=GOOD)] == ["LOGIN", "SYSTEM"]


@pytest.mark.behaviour(65)
@pytest.mark.parametrize("token", ["bad", f"Bearer {GOOD}", ""])
def test_a_bad_token_is_told_and_cut(token: str) -> None:
    one = session()
    [told] = say(one, trnm="LOGIN", token=token)
    assert told["return_code"] == 805004
    assert "CODE=8005" in told["return_msg"]
    assert one.ending == BYE


@pytest.mark.behaviour(66)
def test_nothing_else_before_login() -> None:
    one = session()
    [told] = say(one, **registration(["0B"], ["005930"]))
    assert told["trnm"] == "REG"
    assert told["return_code"] != 0
    assert not one.registrations.pairs()


@pytest.mark.behaviour(66)
def test_silence_is_cut_after_the_grace() -> None:
    one = session()
    one.tick(9.9)
    assert (one.said, one.ending) == ([], None)
    one.tick(10.0)
    assert [(frame["trnm"], frame["code"]) for frame in heard(one)] == [("SYSTEM", "R10004")]
    assert one.ending == BYE


@pytest.mark.behaviour(67)
def test_a_ping_about_every_ten_seconds() -> None:
    one = logged_in()
    for second in range(1, 61):
        one.tick(float(second))
        for frame in heard(one):
            assert frame == {"trnm": "PING"}
            one.hear('{"trnm":"PING"}', float(second))
    assert one.ending is None


@pytest.mark.behaviour(67)
def test_five_missed_echoes_end_it() -> None:
    one = logged_in()
    kinds = []
    for second in range(1, 100):
        one.tick(float(second))
        kinds += [frame.get("code", frame["trnm"]) for frame in heard(one)]
    assert kinds == [*["PING"] * 5, "R10002"]


@pytest.mark.behaviour(67)
def test_echoing_a_system_frame_ends_it() -> None:
    one = logged_in(REAL)
    say(one, trnm="SYSTEM", code="0", message="")
    assert one.ending == BYE


@pytest.mark.parametrize("noise", ["", "PING", "not json", "[]", '{"trnm": 5}', '{"nothing": 1}', b"\xff\xfe"])
def test_noise_is_ignored(noise: str | bytes) -> None:
    one = logged_in()
    one.hear(noise, 1.0)
    assert (one.said, one.ending) == ([], None)


@pytest.mark.behaviour(69)
@pytest.mark.parametrize(
    ("kinds", "items"),
    [("0B", ["005930"]), (["0B"], "005930"), ([], ["005930"]), (["9Z"], ["005930"]), (None, None)],
)
def test_lists_or_105111(kinds: Any, items: Any) -> None:
    [told] = say(logged_in(), **registration(kinds, items))
    assert told == {"trnm": "REG", "return_code": 105111, "return_msg": "실시간 항목 등록에 실패했습니다"}


@pytest.mark.behaviour(69)
@pytest.mark.parametrize("data", [None, [], "x", [["005930"]], {}])
def test_data_of_the_wrong_form_is_105111(data: Any) -> None:
    [told] = say(logged_in(), trnm="REG", grp_no="1", data=data)
    assert told["return_code"] == 105111


@pytest.mark.behaviour(69)
def test_acks_hold_three_fields() -> None:
    one = logged_in()
    [added] = say(one, **registration(["0B", "0D"], ["005930", "000660_AL"]))
    [removed] = say(one, **registration(["0B"], ["005930"], trnm="REMOVE"))
    assert added == {"trnm": "REG", "return_code": 0, "return_msg": ""}
    assert removed == {"trnm": "REMOVE", "return_code": 0, "return_msg": ""}


def registrations(scope: Any = "group") -> Registrations:
    return Registrations(200, scope)


def pairs(kind: str, *items: str) -> list[dict[str, Any]]:
    return [{"item": list(items), "type": [kind]}]


@pytest.mark.behaviour(70)
def test_refresh_one_adds_and_zero_replaces_the_group() -> None:
    wanted = registrations()
    wanted.add("1", pairs("0B", "A"), keep=True)
    wanted.add("1", pairs("0B", "B"), keep=True)
    wanted.add("2", pairs("0B", "C"), keep=True)
    assert wanted.wants("0B") == {"A", "B", "C"}
    wanted.add("1", pairs("0B", "D"), keep=False)
    assert wanted.wants("0B") == {"C", "D"}


@pytest.mark.behaviour(70)
def test_a_host_may_replace_everything() -> None:
    wanted = registrations("connection")
    wanted.add("1", pairs("0B", "A"), keep=True)
    wanted.add("2", pairs("0B", "B"), keep=False)
    assert wanted.wants("0B") == {"B"}


@pytest.mark.behaviour(70)
@pytest.mark.parametrize(("scope", "left"), [("group", {"C", "B"}), ("connection", {"B"})])
def test_what_refresh_zero_drops_is_a_knob(scope: Any, left: set[str]) -> None:
    one = logged_in(replace(MOCK, ws_refresh_scope=scope))
    say(one, **registration(["0B"], ["A"]))
    say(one, **registration(["0B"], ["C"], grp_no="2"))
    say(one, **registration(["0B"], ["B"], refresh="0"))
    assert one.registrations.wants("0B") == left


@pytest.mark.behaviour(70)
def test_removal_stops_the_pair_only() -> None:
    wanted = registrations()
    wanted.add("1", [{"item": ["A", "B"], "type": ["0B", "0D"]}], keep=True)
    wanted.remove("1", pairs("0B", "A"))
    wanted.remove("9", pairs("0B", "never"))
    assert (wanted.wants("0B"), wanted.wants("0D")) == ({"B"}, {"A", "B"})


@pytest.mark.behaviour(71)
def test_two_hundred_distinct_items() -> None:
    wanted = registrations()
    wanted.add("1", pairs("0B", *(f"{number:06}" for number in range(199))), keep=True)
    wanted.add("1", pairs("0D", "000000", "000001"), keep=True)
    wanted.add("1", [{"item": [""], "type": ["00", "04", "0s"]}], keep=True)
    wanted.add("1", pairs("0B", "000000_NX"), keep=True)
    with pytest.raises(TooMany):
        wanted.add("1", pairs("0B", "000000_AL"), keep=True)
    assert "000000_AL" not in wanted.wants("0B")


@pytest.mark.behaviour(71)
def test_the_code_of_the_refusal_is_a_knob() -> None:
    one = logged_in()
    many = [f"{number:06}" for number in range(201)]
    [told] = say(one, **registration(["0B"], many))
    assert told["return_code"] == MOCK.ws_over_limit_code != 0
    assert not one.registrations.pairs()


def test_account_types_need_no_item() -> None:
    wanted = registrations()
    wanted.add(
        "1", [{"item": [], "type": ["00"]}, {"type": ["04"]}, {"item": ["005930"], "type": ["0s"]}], keep=True
    )
    assert wanted.pairs() == {("00", ""), ("04", ""), ("0s", "")}


def test_malformed_registrations_change_nothing() -> None:
    wanted = registrations()
    wanted.add("1", pairs("0B", "A"), keep=True)
    with pytest.raises(Malformed):
        wanted.add("1", [{"item": ["B"], "type": "0B"}], keep=False)
    assert wanted.pairs() == {("0B", "A")}


def test_a_reader_too_far_behind_is_cut_off_and_not_lied_to() -> None:
    cuts: list[bool] = []
    line = Line(logged_in(), lambda: cuts.append(True))
    for number in range(2_001):
        line.tell([f"{number}"])
    assert not cuts
    line.tell(["one more"])
    assert cuts
    assert [json.loads(text)["data"] for text in line.waiting] == [[number] for number in range(2_001)]


def test_a_burst_becomes_several_frames() -> None:
    line = Line(logged_in(), lambda: None)
    line.tell([str(number) for number in range(250)])
    assert [len(json.loads(text)["data"]) for text in line.waiting] == [100, 100, 50]
