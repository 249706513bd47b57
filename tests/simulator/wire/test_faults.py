"""PROTOCOL 11 item 11: a broker that misbehaves on request."""

import time
from datetime import timedelta
from typing import Any

import httpx
import pytest

from kiwoomweb.simulator.faults import KINDS, Faults
from kiwoomweb.simulator.serve import OPENING
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.conftest import Start

ORDER = {"dmst_stex_tp": "KRX", "stk_cd": "005930", "ord_qty": "1", "ord_uv": "", "trde_tp": "3"}
HOLDINGS = {"qry_tp": "1", "dmst_stex_tp": "KRX"}


@pytest.fixture
def victim(fresh: Start, generous: dict[str, Any]) -> Caller:
    caller = fresh(**generous)
    caller.log_in()
    return caller


def orders(caller: Caller) -> int:
    return caller.broker.call(lambda exchange: len(exchange.orders_on(OPENING.date())))


@pytest.mark.behaviour(11)
def test_the_maintenance_page_is_html_with_200(victim: Caller) -> None:
    victim.broker.faults.add("html")
    told = victim.ask("ka00001")
    assert (told.status_code, told.headers["content-type"]) == (200, "text/html;charset=UTF-8")
    assert "점검" in told.text
    assert victim.ask("ka00001").json()["return_code"] == 0


@pytest.mark.behaviour(11)
def test_the_firewall_knows_user_agents(victim: Caller) -> None:
    victim.broker.faults.add("blocked", user_agent="aiohttp", count=None)
    assert victim.ask("ka00001").status_code == 200
    told = victim.ask("ka00001", user_agent="Python/3.11 aiohttp/3.9")
    assert (told.status_code, "Request Blocked" in told.text) == (400, True)


@pytest.mark.behaviour(11)
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_server_errors(victim: Caller, status: int) -> None:
    victim.broker.faults.add("status", status=status)
    assert victim.ask("ka00001").status_code == status


@pytest.mark.behaviour(11)
def test_a_reset_after_the_order_was_booked(victim: Caller) -> None:
    victim.broker.faults.add("reset_after", tr="kt10000")
    with pytest.raises(httpx.TransportError):
        victim.ask("kt10000", ORDER)
    assert orders(victim) == 1


@pytest.mark.behaviour(11)
def test_a_reset_before_it_was(victim: Caller) -> None:
    victim.broker.faults.add("reset_before", tr="kt10000")
    with pytest.raises(httpx.TransportError):
        victim.ask("kt10000", ORDER)
    assert orders(victim) == 0


@pytest.mark.behaviour(11)
def test_half_the_json(victim: Caller) -> None:
    victim.broker.faults.add("truncated")
    told = victim.ask("kt00018", HOLDINGS)
    assert told.status_code == 200
    with pytest.raises(ValueError):
        told.json()


def test_nothing_comes_for_a_while_and_then_the_end(victim: Caller) -> None:
    victim.broker.faults.add("hang", seconds=0.2)
    with pytest.raises(httpx.TransportError):
        victim.ask("ka00001")


def test_a_slow_answer_is_late_and_true(victim: Caller) -> None:
    victim.broker.faults.add("slow", seconds=0.2)
    began = time.monotonic()
    assert victim.said("ka00001")["acctNo"] == victim.broker.account
    assert time.monotonic() - began >= 0.2


def test_a_burst_of_429(victim: Caller) -> None:
    victim.broker.faults.add("429", count=3)
    assert [victim.ask("ka00001").status_code for _ in range(4)] == [429, 429, 429, 200]


def test_all_tokens_end_at_once(victim: Caller) -> None:
    victim.broker.faults.add("expire_tokens")
    assert "[8005:" in victim.ask("ka00001").json()["return_msg"]
    victim.log_in()
    assert victim.ask("ka00001").json()["return_code"] == 0


def test_the_wrong_environment(victim: Caller) -> None:
    victim.broker.faults.add("refuse", code="8030", tr="au10001")
    told = victim.post("/oauth2/token", victim.token_request()).json()
    assert (told["return_code"], "[8030:" in told["return_msg"]) == (3, True)
    assert victim.ask("ka00001").json()["return_code"] == 0


def test_half_a_list_and_then_an_error(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh(page_rows={"ka10081": 10}, **generous)
    caller.broker.faults.add("broken_paging", tr="ka10081")
    body = {"stk_cd": "005930", "base_dt": "20261120", "upd_stkpc_tp": "1"}
    first = caller.ask("ka10081", body)
    assert first.json()["return_code"] == 0
    second = caller.ask("ka10081", body, cont_yn="Y", next_key=first.headers["next-key"])
    assert second.json()["return_code"] != 0
    assert "stk_dt_pole_chart_qry" not in second.json()


def test_a_fill_of_a_stock_nobody_lists(victim: Caller) -> None:
    victim.ask("kt10000", ORDER)
    victim.broker.clock.jump(OPENING + timedelta(minutes=5))
    victim.broker.faults.add("unknown_symbol", tr="ka10076")
    [row] = victim.said("ka10076", qry_tp="0", sell_tp="0", stex_tp="0")["cntr"]
    assert victim.said("ka10001", stk_cd=row["stk_cd"])["cur_prc"] == ""
    assert int(row["cntr_qty"]) == 1
    victim.broker.faults.add("unknown_symbol", tr="kt00018")
    [held] = victim.said("kt00018", **HOLDINGS)["acnt_evlt_remn_indv_tot"]
    assert held["stk_cd"].startswith("A") and len(held["stk_cd"]) == 7


@pytest.mark.behaviour(31)
def test_two_signs_where_one_was_meant(caller: Caller) -> None:
    plain = caller.said("ka10001", stk_cd="005930")
    caller.broker.faults.add("double_sign", tr="ka10001")
    odd = caller.said("ka10001", stk_cd="005930")
    assert odd["lst_pric"] == f"-{plain['lst_pric']}"
    assert odd["lst_pric"].startswith("--")
    assert odd["upl_pric"] == plain["upl_pric"]
    assert caller.said("ka10001", stk_cd="005930") == plain


@pytest.mark.behaviour(31)
def test_a_counter_that_has_run_full(caller: Caller) -> None:
    body = {"stk_cd": "005930", "base_dt": "20261120", "upd_stkpc_tp": "1"}
    plain = caller.said("ka10081", **body)["stk_dt_pole_chart_qry"]
    caller.broker.faults.add("saturated", tr="ka10081")
    odd = caller.said("ka10081", **body)["stk_dt_pole_chart_qry"]
    assert {row["trde_qty"] for row in odd} == {"4294967295"}
    assert [row["cur_prc"] for row in odd] == [row["cur_prc"] for row in plain]


class Stopwatch:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_faults_are_counted_limited_to_a_tr_and_to_a_time() -> None:
    watch = Stopwatch()
    faults = Faults(lambda: None, watch)
    faults.add("html", tr="kt00018", count=2, after=1)
    assert faults.next_for("ka00001") is None
    assert [faults.next_for("kt00018") is not None for _ in range(4)] == [False, True, True, False]
    faults.add("status", lasting=5)
    watch.now = 4.9
    assert faults.next_for("ka00001") is not None
    watch.now = 5.0
    assert faults.next_for("ka00001") is None
    assert faults.in_force() == []


def test_socket_faults_do_not_touch_requests() -> None:
    faults = Faults(lambda: None)
    faults.add("ws_drop")
    assert faults.next_for("ka00001") is None
    assert faults.next_on_socket("ws_drop") is not None
    assert faults.next_on_socket("ws_drop") is None


@pytest.mark.parametrize(
    "details",
    [
        {"count": "many"},
        {"count": 0},
        {"count": True},
        {"lasting": -1},
        {"lasting": float("nan")},
        {"lasting": "long"},
        {"seconds": -1},
        {"status": "503"},
        {"status": 99},
        {"tr": None},
        {"page": 1},
        {"after": -1},
        {"until": 5.0},
        {"colour": "red"},
    ],
)
def test_a_fault_nobody_could_carry_out_is_refused_at_once(details: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Faults(lambda: None).add("html", **details)


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown fault"):
        Faults(lambda: None).add("earthquake")
    assert "html" in KINDS
