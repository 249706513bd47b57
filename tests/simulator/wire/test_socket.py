"""PROTOCOL 11, 63-78: the socket itself, over real connections."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.serve import OPENING
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.conftest import Start
from tests.simulator.wire.listener import Listener

Listen = Callable[..., Listener]
QUICK: dict[str, Any] = {"ws_flush_s": 0.02}


@pytest.fixture
def listen() -> Iterator[Listen]:
    with ExitStack() as stack:

        def start(caller: Caller, *, echo: bool = True) -> Listener:
            listener = Listener(caller, echo=echo)
            stack.callback(listener.close)
            return listener

        yield start


def fids(kind: str) -> set[str]:
    data = next(field for field in find(kind).response if field.name == "data")
    return {fid.name for fid in next(field for field in data.fields if field.name == "values").fields}


@pytest.mark.behaviour(63)
def test_no_header_is_needed_and_rfc_pings_are_answered(fresh: Start, listen: Listen) -> None:
    caller = fresh(**QUICK)
    listener = listen(caller)
    assert listener.wire.ping().wait(5)
    assert listener.log_in()["return_code"] == 0


@pytest.mark.behaviour(63)
def test_only_the_brokers_own_path_upgrades(fresh: Start) -> None:
    address = fresh().broker.address.socket.replace("/api/dostk/websocket", "/api/other")
    with pytest.raises(InvalidStatus), connect(address, proxy=None):
        pass


@pytest.mark.behaviour(64)
def test_the_first_frame_is_the_ack(fresh: Start, listen: Listen) -> None:
    real, mock = fresh("real", **QUICK), fresh("mock", **QUICK)
    first = listen(real)
    assert first.log_in() == {"trnm": "LOGIN", "return_code": 0, "return_msg": "", "sor_yn": "Y"}
    assert first.next()["trnm"] == "SYSTEM"
    second = listen(mock)
    assert second.log_in()["trnm"] == "LOGIN"
    second.listen(0.3)
    assert [frame["trnm"] for frame in second.heard] == ["LOGIN"]


@pytest.mark.behaviour(65)
def test_a_bad_token_is_closed_with_1000_bye(fresh: Start, listen: Listen) -> None:
    listener = listen(fresh(**QUICK))
    assert listener.log_in("wrong")["return_code"] == 805004
    assert listener.closed_with() == (1000, "Bye")


@pytest.mark.behaviour(66)
def test_silence_gets_r10004(fresh: Start, listen: Listen) -> None:
    listener = listen(fresh(ws_login_grace_s=0.1, **QUICK))
    assert listener.next()["code"] == "R10004"
    assert listener.closed_with() == (1000, "Bye")


@pytest.mark.behaviour(67)
def test_echoes_keep_it_alive_and_silence_ends_it(fresh: Start, listen: Listen) -> None:
    caller = fresh("mock", ws_ping_s=0.05, ws_dup="allow", **QUICK)
    faithful, silent = listen(caller), listen(caller, echo=False)
    faithful.log_in()
    silent.log_in()
    for _ in range(12):
        assert faithful.next()["trnm"] == "PING"
    assert silent.closed_with() == (1000, "Bye")
    assert silent.heard[-1]["code"] == "R10002"
    assert [frame["trnm"] for frame in silent.heard].count("PING") == 5


@pytest.mark.behaviour(68)
def test_the_second_login_ends_the_first(fresh: Start, listen: Listen) -> None:
    caller = fresh(**QUICK)
    old, new = listen(caller), listen(caller)
    old.log_in()
    new.log_in()
    assert old.closed_with() == (1000, "Bye")
    assert old.heard[-1]["code"] == "R10001"
    assert new.register(["0B"], ["005930"])["return_code"] == 0


@pytest.mark.behaviour(68)
def test_a_lenient_host_allows_two(fresh: Start, listen: Listen) -> None:
    caller = fresh(ws_dup="allow", **QUICK)
    old, new = listen(caller), listen(caller)
    old.log_in()
    new.log_in()
    assert old.register(["0B"], ["005930"])["return_code"] == 0


@pytest.mark.behaviour(72)
def test_ticks_arrive_as_the_virtual_clock_passes_them(fresh: Start, listen: Listen) -> None:
    caller = fresh(**QUICK)
    listener = listen(caller)
    listener.log_in()
    listener.register(["0B"], ["005930", "000660_AL"])
    caller.broker.clock.resume(60)
    tick = listener.entry("0B", "005930")
    listener.entry("0B", "000660_AL")
    assert (tick["name"], tick["item"]) == ("주식체결", "005930")
    assert set(tick["values"]) == fids("0B")
    assert {type(value) for value in tick["values"].values()} == {str}
    assert tick["values"]["15"][0] in "+-"
    assert abs(int(tick["values"]["15"])) > 0
    assert tick["values"]["9081"] in {"1", "2"}


@pytest.mark.behaviour(72)
def test_cumulative_volume_only_grows(fresh: Start, listen: Listen) -> None:
    caller = fresh(**QUICK)
    listener = listen(caller)
    listener.log_in()
    listener.register(["0B"], ["005930"])
    caller.broker.clock.resume(60)
    while len(listener.entries("0B")) < 20:
        listener.entry("0B")
    volumes = [int(entry["values"]["13"]) for entry in listener.entries("0B")]
    times = [entry["values"]["20"] for entry in listener.entries("0B")]
    assert volumes == sorted(volumes)
    assert times == sorted(times)


def test_a_paused_clock_sends_no_ticks(fresh: Start, listen: Listen) -> None:
    caller = fresh("mock", **QUICK)
    listener = listen(caller)
    listener.log_in()
    listener.register(["0B"], ["005930"])
    listener.listen(0.4)
    assert listener.entries("0B") == []


def test_the_book_has_ten_steps_each_way(fresh: Start, listen: Listen) -> None:
    caller = fresh(**QUICK)
    listener = listen(caller)
    listener.log_in()
    listener.register(["0D"], ["005930"])
    values = listener.entry("0D", "005930")["values"]
    assert set(values) == fids("0D")
    asks = [int(values[str(fid)].lstrip("+-")) for fid in range(41, 51)]
    bids = [int(values[str(fid)].lstrip("+-")) for fid in range(51, 61)]
    assert asks == sorted(asks)
    assert bids == sorted(bids, reverse=True)
    assert bids[0] < asks[0]
    assert int(values["121"]) == sum(int(values[str(fid)]) for fid in range(61, 71))


def test_indices_move(fresh: Start, listen: Listen) -> None:
    caller = fresh(**QUICK)
    listener = listen(caller)
    listener.log_in()
    listener.register(["0J"], ["001", "101"])
    caller.broker.clock.resume(30)
    kospi = listener.entry("0J", "001")
    assert set(kospi["values"]) == fids("0J")
    assert float(kospi["values"]["10"].lstrip("+-")) > 0
    listener.entry("0J", "101")


@pytest.mark.behaviour(70)
def test_removal_stops_and_registering_twice_doubles_nothing(fresh: Start, listen: Listen) -> None:
    caller = fresh(**QUICK)
    listener = listen(caller)
    listener.log_in()
    listener.register(["0B"], ["005930"])
    listener.register(["0B"], ["005930"], group="2")
    caller.broker.clock.jump(OPENING + timedelta(minutes=1))
    listener.entry("0B")
    listener.listen(0.3)
    seen = [entry["values"]["13"] for entry in listener.entries("0B")]
    assert len(seen) == len(set(seen))
    listener.remove(["0B"], ["005930"])
    listener.remove(["0B"], ["005930"], group="2")
    listener.heard.clear()
    caller.broker.clock.jump(OPENING + timedelta(minutes=2))
    listener.listen(0.3)
    assert listener.entries("0B") == []


def test_unknown_codes_are_acknowledged_and_silent(fresh: Start, listen: Listen) -> None:
    caller = fresh("mock", **QUICK)
    listener = listen(caller)
    listener.log_in()
    assert listener.register(["0B", "0D"], ["999999", "005930_XX"])["return_code"] == 0
    caller.broker.clock.jump(OPENING + timedelta(minutes=1))
    listener.listen(0.3)
    assert [frame["trnm"] for frame in listener.heard] == ["LOGIN", "REG"]


@pytest.mark.behaviour(73)
def test_an_order_is_told_step_by_step(fresh: Start, listen: Listen, generous: dict[str, Any]) -> None:
    caller = fresh(**QUICK, **generous)
    listener = listen(caller)
    listener.log_in()
    listener.register(["00", "04"], [""])
    number = caller.said("kt10000", dmst_stex_tp="KRX", stk_cd="005930", ord_qty="20", ord_uv="", trde_tp="3")[
        "ord_no"
    ]
    accepted = listener.entry("00")["values"]
    assert (accepted["9203"], accepted["913"], accepted["905"], accepted["904"]) == (
        number,
        "접수",
        "+매수",
        "0000000",
    )
    assert (accepted["900"], accepted["902"], accepted["909"], accepted["919"]) == ("20", "20", "", "0")
    assert set(accepted) == fids("00")
    assert accepted["9201"] == caller.broker.account
    caller.broker.clock.jump(OPENING + timedelta(minutes=5))
    position = listener.until(
        lambda frame: (
            frame["trnm"] == "REAL"
            and any(entry["type"] == "04" and entry["values"]["930"] == "20" for entry in frame["data"])
        )
    )
    assert position
    fills = [entry["values"] for entry in listener.entries("00") if entry["values"]["913"] == "체결"]
    assert sum(int(fill["915"]) for fill in fills) == 20
    assert [int(fill["911"]) for fill in fills] == [
        sum(int(fill["915"]) for fill in fills[: rank + 1]) for rank in range(len(fills))
    ]
    assert fills[-1]["902"] == "0"
    assert len({fill["909"] for fill in fills}) == len(fills)
    assert len(listener.entries("04")) == len(fills)
    assert set(listener.entries("04")[-1]["values"]) == fids("04")


@pytest.mark.behaviour(73)
def test_a_cancellation_is_accepted_and_confirmed(
    fresh: Start, listen: Listen, generous: dict[str, Any]
) -> None:
    caller = fresh(**QUICK, **generous)
    low = caller.said("ka10001", stk_cd="005930")["lst_pric"].lstrip("-")
    order = {"dmst_stex_tp": "KRX", "stk_cd": "005930", "ord_qty": "7", "ord_uv": low, "trde_tp": "0"}
    number = caller.said("kt10000", **order)["ord_no"]
    listener = listen(caller)
    listener.log_in()
    listener.register(["00"], ["005930"])
    cancel = caller.said("kt10003", dmst_stex_tp="KRX", stk_cd="005930", orig_ord_no=number, cncl_qty="0")[
        "ord_no"
    ]
    while len(listener.entries("00")) < 2:
        listener.entry("00")
    told = [entry["values"] for entry in listener.entries("00") if entry["values"]["9203"] == cancel]
    assert [(one["913"], one["902"], one["904"], one["905"]) for one in told] == [
        ("접수", "7", number, "매수취소"),
        ("확인", "0", number, "매수취소"),
    ]


@pytest.mark.behaviour(73)
def test_the_exchange_may_send_an_order_back(fresh: Start, listen: Listen, generous: dict[str, Any]) -> None:
    caller = fresh(**QUICK, **generous)
    before = caller.broker.call(lambda exchange: exchange.deposit())
    listener = listen(caller)
    listener.log_in()
    listener.register(["00"], [""])
    caller.broker.faults.add("exchange_reject", tr="kt10000")
    order = {"dmst_stex_tp": "KRX", "stk_cd": "005930", "ord_qty": "5", "ord_uv": "", "trde_tp": "3"}
    number = caller.said("kt10000", **order)["ord_no"]
    while len(listener.entries("00")) < 2:
        listener.entry("00")
    taken, rejected = (entry["values"] for entry in listener.entries("00"))
    assert (taken["9203"], taken["913"], taken["919"]) == (number, "접수", "0")
    assert (rejected["9203"], rejected["913"], rejected["902"]) == (number, "거부", "0")
    assert "거부" in rejected["919"]
    caller.broker.clock.jump(OPENING + timedelta(minutes=5))
    assert caller.broker.call(lambda exchange: exchange.deposit()).buying_power == before.buying_power
    assert caller.said("ka10075", all_stk_tp="0", trde_tp="0", stex_tp="0")["oso"] == []
    assert caller.said("ka10076", qry_tp="0", sell_tp="0", stex_tp="0")["cntr"] == []


@pytest.mark.behaviour(74)
def test_nothing_is_replayed_to_a_latecomer(fresh: Start, listen: Listen) -> None:
    caller = fresh("mock", **QUICK)
    caller.broker.call(lambda exchange: exchange.place(Side.BUY, "005930", 1, kind="3"))
    caller.broker.clock.jump(OPENING + timedelta(minutes=5))
    time.sleep(0.2)
    listener = listen(caller)
    listener.log_in()
    listener.register(["00", "04"], [""])
    listener.listen(0.3)
    assert listener.entries("00") == []


@pytest.mark.behaviour(75)
def test_a_new_connection_starts_without_registrations(fresh: Start, listen: Listen) -> None:
    caller = fresh("mock", **QUICK)
    first = listen(caller)
    first.log_in()
    first.register(["0B"], ["005930"])
    first.close()
    second = listen(caller)
    second.log_in()
    caller.broker.clock.jump(OPENING + timedelta(minutes=1))
    second.listen(0.3)
    assert second.entries("0B") == []


@pytest.mark.behaviour(77)
def test_session_events_at_their_virtual_times(fresh: Start, listen: Listen) -> None:
    caller = fresh(opening=OPENING.replace(hour=8, minute=59, second=59), **QUICK)
    listener = listen(caller)
    listener.log_in()
    listener.register(["0s"], [""])
    caller.broker.clock.jump(OPENING.replace(hour=9, minute=0, second=1))
    opened = listener.entry("0s")
    assert (opened["item"], opened["values"]["215"], opened["values"]["20"]) == ("", "3", "090000")
    caller.broker.clock.jump(OPENING.replace(hour=15, minute=31))
    listener.until(
        lambda frame: frame["trnm"] == "REAL" and any(one["values"]["215"] == "4" for one in frame["data"])
    )


HALTED, AROUND = "277810", OPENING.replace(hour=12, minute=40, second=20)


def test_halts_are_told_when_they_begin_and_when_they_end(fresh: Start, listen: Listen) -> None:
    caller = fresh(opening=AROUND, ws_dup="allow", **QUICK)
    of_all, of_one, of_another = listen(caller), listen(caller), listen(caller)
    for listener, item in ((of_all, ""), (of_one, HALTED), (of_another, "005930")):
        listener.log_in()
        assert listener.register(["1h"], [item])["return_code"] == 0
    caller.broker.clock.jump(AROUND + timedelta(minutes=1))
    begun = of_all.entry("1h")
    assert (begun["name"], begun["item"]) == ("VI발동/해제", HALTED)
    assert set(begun["values"]) == fids("1h")
    values = begun["values"]
    assert (values["9001"], values["9068"], values["1225"], values["9069"]) == (HALTED, "1", "정적", "1")
    assert values["1223"] > "124020" and values["1224"] == "000000"
    assert float(values["1238"]) >= 10
    assert int(values["1221"]) > int(values["1236"])
    caller.broker.clock.jump(AROUND + timedelta(minutes=3))
    ended = of_all.entry("1h")["values"]
    assert (ended["9068"], ended["1223"]) == ("2", values["1223"])
    assert ended["1224"] > ended["1223"]
    for _ in range(2):
        of_one.entry("1h", HALTED)
    of_another.listen(0.3)
    assert of_another.entries("1h") == []


@pytest.mark.behaviour(78)
def test_maintenance_closes_with_1000_bye(fresh: Start, listen: Listen) -> None:
    caller = fresh(**QUICK)
    listener = listen(caller)
    listener.log_in()
    caller.broker.faults.add("ws_bye")
    assert listener.closed_with() == (1000, "Bye")


@pytest.mark.behaviour(74)
def test_account_events_may_come_twice(fresh: Start, listen: Listen, generous: dict[str, Any]) -> None:
    caller = fresh(**QUICK, **generous)
    listener = listen(caller)
    listener.log_in()
    listener.register(["00", "04", "0B"], ["005930"])
    caller.broker.faults.add("ws_duplicate")
    order = {"dmst_stex_tp": "KRX", "stk_cd": "005930", "ord_qty": "1", "ord_uv": "", "trde_tp": "3"}
    number = caller.said("kt10000", **order)["ord_no"]
    listener.entry("00")
    told = [entry["values"] for entry in listener.entries("00")]
    assert [(one["9203"], one["913"]) for one in told] == [(number, "접수")] * 2
    assert told[0] == told[1]
    caller.broker.clock.jump(OPENING + timedelta(minutes=5))
    listener.entry("04")
    assert len(listener.entries("04")) == 1


@pytest.mark.behaviour(79)
def test_who_is_back_at_once_may_be_dropped_in_mid_handshake(fresh: Start, listen: Listen) -> None:
    caller = fresh(**QUICK)
    caller.broker.faults.add("ws_hasty")
    first = listen(caller)
    assert first.log_in()["return_code"] == 0
    first.close()
    deadline = time.monotonic() + 5
    while list(caller.broker.simulator.hub) and time.monotonic() < deadline:
        time.sleep(0.01)
    second = listen(caller)
    second.say(trnm="LOGIN", token=caller.token)
    assert second.closed_with() == (1000, "Bye")
    assert second.heard == []
    third = listen(caller)
    assert third.log_in()["return_code"] == 0


def test_a_drop_has_no_close_frame(fresh: Start, listen: Listen) -> None:
    caller = fresh(**QUICK)
    listener = listen(caller)
    listener.log_in()
    caller.broker.faults.add("ws_drop")
    assert listener.closed_with() == (None, "")


def test_a_silent_host_says_nothing_at_all(fresh: Start, listen: Listen) -> None:
    caller = fresh("mock", ws_ping_s=0.05, **QUICK)
    listener = listen(caller)
    listener.log_in()
    caller.broker.faults.add("ws_silence")
    time.sleep(0.1)
    listener.listen(0.1)
    listener.heard.clear()
    listener.say(trnm="REG", grp_no="1", refresh="1", data=[{"item": ["005930"], "type": ["0B"]}])
    listener.listen(0.4)
    assert listener.heard == []
    caller.broker.faults.clear()
    assert listener.next()["trnm"] == "PING"


def test_a_reader_who_never_reads_does_not_stop_the_others(fresh: Start, listen: Listen) -> None:
    caller = fresh(ws_dup="allow", **QUICK)
    lazy, keen = listen(caller), listen(caller)
    codes = [row["code"] for row in caller.said("ka10099", mrkt_tp="0")["list"]][:20]
    for listener in (lazy, keen):
        listener.log_in()
        listener.register(["0B", "0D"], codes)
    caller.broker.clock.resume(120)
    while len(keen.entries("0B")) < 300:
        keen.entry("0B")
    queued = max(len(line.waiting) for line in caller.broker.simulator.hub)
    assert queued <= 2_000
