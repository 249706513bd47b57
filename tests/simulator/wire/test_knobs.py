"""Appendix B: every open question about the broker has a knob, and turning it changes what it says.

Knobs proved where their behaviour is (rate limits, tokens, pages, sockets) are named in ``ELSEWHERE``.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.profile import MOCK, REAL, Profile
from kiwoomweb.simulator.serve import OPENING
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.conftest import Start
from tests.simulator.wire.listener import Listener

#: Row of appendix B -> the field of a profile; row 19 (GET) has none.
KNOBS = {
    1: "reissue",
    2: "ws_dup",
    3: "ws_refresh_scope",
    4: "ws_ping_s",
    5: "burst",
    6: "rate_http",
    7: "bad_next_key",
    8: "kt00009_rows",
    9: "kt00007_empty",
    10: "ka10072_since",
    11: "history_days",
    12: "page_rows",
    13: "ws_over_limit_code",
    14: "mock_credit",
    15: "fid911",
    16: "ws_a_prefix",
    17: "closed_rows",
    18: "krx_premarket",
    20: "account_kind",
    21: "mock_ka01690",
    22: "camel_return",
    23: "fees",
}
#: Two knobs in one row.
ALSO = {4: "ws_login_grace_s", 14: "mock_gold"}
#: Field -> the file whose tests turn it.
ELSEWHERE = {
    "reissue": "test_tokens.py",
    "ws_dup": "test_socket.py",
    "ws_refresh_scope": "test_session.py",
    "ws_ping_s": "test_socket.py",
    "ws_login_grace_s": "test_socket.py",
    "burst": "test_quotas.py",
    "rate_http": "test_quotas.py",
    "bad_next_key": "test_knobs.py",
    "page_rows": "test_paging.py",
    "ws_over_limit_code": "test_session.py",
}
BUY = {"dmst_stex_tp": "KRX", "stk_cd": "005930", "ord_qty": "30", "ord_uv": "", "trde_tp": "3"}
FILLS = {"stk_bond_tp": "0", "mrkt_tp": "0", "sell_tp": "0", "qry_tp": "1", "dmst_stex_tp": "%"}
ORDERS = {"qry_tp": "1", "stk_bond_tp": "0", "sell_tp": "0", "dmst_stex_tp": "%"}


def test_every_row_of_the_appendix_has_its_knob() -> None:
    assert sorted({*KNOBS, 19}) == list(range(1, 24))
    assert {*KNOBS.values(), *ALSO.values()} <= {field.name for field in fields(Profile)}


def test_a_knob_turned_elsewhere_is_turned_there() -> None:
    here = Path(__file__).parent
    assert [name for name, file in ELSEWHERE.items() if name not in (here / file).read_text()] == []


@pytest.fixture
def start(fresh: Start, generous: dict[str, Any]) -> Start:
    def opened(profile: str = "real", **knobs: Any) -> Caller:
        return fresh(profile, **{**generous, "ws_flush_s": 0.02, **knobs})

    return opened


@pytest.fixture
def listening() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def later(caller: Caller, **by: float) -> None:
    caller.broker.clock.jump(caller.broker.clock.now() + timedelta(**by))


def traded(caller: Caller) -> str:
    """Thirty shares bought and sold again, in several executions; the day."""
    for side in (Side.BUY, Side.SELL):
        caller.broker.call(lambda exchange, side=side: exchange.place(side, "005930", 30, kind="3"))
        later(caller, minutes=3)
    return f"{caller.broker.clock.now():%Y%m%d}"


def test_7_a_foreign_key_may_mean_the_first_page(start: Start) -> None:
    body = {"stk_cd": "005930", "base_dt": "20261120", "upd_stkpc_tp": "1"}
    asked = {"cont_yn": "Y", "next_key": "of-somebody-else"}
    strict, lenient = start(), start(bad_next_key="first")
    assert "[1517:" in strict.ask("ka10081", body, **asked).json()["return_msg"]
    first = lenient.ask("ka10081", body).json()
    assert lenient.ask("ka10081", body, **asked).json() == first


def test_8_one_row_an_order_or_an_execution(start: Start) -> None:
    rows = {}
    for how in ("order", "execution"):
        caller = start(kt00009_rows=how)
        day = traded(caller)
        fills = caller.broker.call(lambda exchange: exchange.executions_on(exchange.now().date()))
        rows[how] = len(caller.said("kt00009", ord_dt=day, **FILLS)["acnt_ord_cntr_prst_array"])
        assert rows[how] == (2 if how == "order" else len(fills))


def test_9_a_mock_host_may_know_no_orders(start: Start) -> None:
    for empty in (False, True):
        caller = start("mock", kt00007_empty=empty)
        day = traded(caller)
        rows = caller.said("kt00007", ord_dt=day, **ORDERS)["acnt_ord_cntr_prps_dtl"]
        assert bool(rows) is not empty


def test_10_a_day_or_since_a_day(start: Start) -> None:
    seen = {}
    for since in (False, True):
        caller = start(ka10072_since=since)
        day = traded(caller)
        later(caller, days=3)
        traded(caller)
        seen[since] = len(caller.said("ka10072", stk_cd="005930", strt_dt=day)["dt_stk_div_rlzt_pl"])
    assert seen[True] > seen[False] > 0


def test_11_a_host_may_look_back_only_so_far(start: Start) -> None:
    memory = {"ka10073": 2, "ka10074": 2, "kt00007": 2, "kt00009": 2}
    forgetful, faithful = start(history_days=memory), start()
    for caller, remembers in ((forgetful, False), (faithful, True)):
        day = traded(caller)
        later(caller, days=5)
        today = f"{caller.broker.clock.now():%Y%m%d}"
        sales = caller.said("ka10073", strt_dt=day, end_dt=today)["dt_stk_rlzt_pl"]
        totals = caller.said("ka10074", strt_dt=day, end_dt=today)
        orders = caller.said("kt00007", ord_dt=day, **ORDERS)["acnt_ord_cntr_prps_dtl"]
        assert [bool(sales), bool(totals["dt_rlzt_pl"]), bool(orders)] == [remembers] * 3
        fills = caller.ask("kt00009", {"ord_dt": day, **FILLS}).json()
        assert (fills["return_code"] == 0) is remembers
        traded(caller)
        assert caller.said("ka10073", strt_dt=today, end_dt=today)["dt_stk_rlzt_pl"]


@pytest.mark.parametrize(
    ("knob", "tr", "body"),
    [
        (
            "mock_credit",
            "kt10006",
            {"dmst_stex_tp": "KRX", "stk_cd": "005930", "ord_qty": "1", "ord_uv": "", "trde_tp": "3"},
        ),
        ("mock_gold", "kt50020", {}),
    ],
)
def test_14_the_mock_host_may_lend_and_deal_in_gold(
    start: Start, knob: str, tr: str, body: dict[str, str]
) -> None:
    assert "(RC9000:" in start("mock").ask(tr, body).json()["return_msg"]
    told = start("mock", **{knob: True}).ask(tr, body).json()
    assert "RC9000" not in told["return_msg"]
    assert told["return_code"] == 0


def told_of_fills(caller: Caller, listening: ExitStack) -> list[dict[str, Any]]:
    """The 00 and 04 entries of thirty shares bought."""
    listener = Listener(caller)
    listening.callback(listener.close)
    listener.log_in()
    listener.register(["00", "04"], [""])
    caller.said("kt10000", **BUY)
    later(caller, minutes=3)
    listener.until(lambda frame: any(entry["values"].get("930") == "30" for entry in frame.get("data", [])))
    return [*listener.entries("00"), *listener.entries("04")]


def test_15_911_is_the_total_so_far_or_this_execution(start: Start, listening: ExitStack) -> None:
    for how in ("cumulative", "unit"):
        entries = told_of_fills(start(fid911=how), listening)
        fills = [entry["values"] for entry in entries if entry["values"].get("913") == "체결"]
        sizes = [int(fill["915"]) for fill in fills]
        assert sum(sizes) == 30
        totals = [sum(sizes[: rank + 1]) for rank in range(len(sizes))]
        assert [int(fill["911"]) for fill in fills] == (totals if how == "cumulative" else sizes)


def test_16_the_code_may_have_its_letter(start: Start, listening: ExitStack) -> None:
    for prefixed in (False, True):
        entries = told_of_fills(start(ws_a_prefix=prefixed), listening)
        code = "A005930" if prefixed else "005930"
        assert {(entry["item"], entry["values"]["9001"]) for entry in entries} == {(code, code)}


def test_17_what_was_sold_out_today_stays_or_goes(start: Start) -> None:
    for stays in (True, False):
        caller = start(closed_rows=stays)
        traded(caller)
        assert len(caller.said("ka10085", stex_tp="0")["acnt_prft_rt"]) == stays
        assert len(caller.said("kt00005", dmst_stex_tp="KRX")["stk_cntr_remn"]) == stays


@pytest.mark.behaviour(57)
def test_18_krx_may_open_at_seven(start: Start) -> None:
    early = OPENING.replace(hour=7, minute=20)
    limit = {**BUY, "trde_tp": "0", "ord_qty": "1"}
    closed = start(opening=early)
    low = closed.said("ka10001", stk_cd="005930")["lst_pric"].lstrip("-")
    assert closed.ask("kt10000", {**limit, "ord_uv": low}).json()["return_code"] == 20
    opened = start(opening=early, krx_premarket=True)
    assert opened.said("kt10000", **{**limit, "ord_uv": low})["ord_no"]
    assert opened.ask("kt10000", BUY).json()["return_code"] == 20  # limit orders only
    later(opened, minutes=30)
    assert opened.broker.call(lambda exchange: exchange.quote("005930")).volume > 0
    assert closed.broker.call(lambda exchange: exchange.quote("005930")).phase is None


@pytest.mark.behaviour(1)
@pytest.mark.parametrize("tr", ["ka00001", "kt10000"])
def test_19_get_is_405(start: Start, tr: str) -> None:
    caller = start()
    headers = {"authorization": f"Bearer {caller.log_in()}", "api-id": tr}
    assert caller.http.get("/api/dostk/acnt", headers=headers).status_code == 405


def test_20_an_isa_account_has_no_sales_by_stock(start: Start) -> None:
    for kind in ("cash", "isa"):
        caller = start(account_kind=kind)
        day = traded(caller)
        rows = caller.said("ka10073", strt_dt=day, end_dt=day)["dt_stk_rlzt_pl"]
        rows += caller.said("ka10072", stk_cd="005930", strt_dt=day)["dt_stk_div_rlzt_pl"]
        assert bool(rows) is (kind == "cash")


@pytest.mark.behaviour(49)
def test_21_who_refuses_ka01690_on_the_mock_host(start: Start) -> None:
    assert start("mock").refusal("ka01690", qry_dt="20261119")[0] == 20
    family, words = start("mock", mock_ka01690="8104").refusal("ka01690", qry_dt="20261119")
    assert (family, "[8104:" in words) == (2, True)
    assert start("real", mock_ka01690="8104").said("ka01690", qry_dt="20261119")


def test_22_two_trs_may_answer_in_camel_case(start: Start) -> None:
    snake, camel = start(), start(camel_return=True)
    body = {"stk_cd": "005930", "tdy_pred": "1", "tic_min": "0", "tm": ""}
    assert snake.ask("ka10084", body).json()["return_code"] == 0
    told = camel.ask("ka10084", body).json()
    assert told["returnCode"] == 0 and told["returnMsg"]
    assert not {"return_code", "return_msg"} & told.keys()
    assert camel.ask("ka00001").json()["return_code"] == 0


@pytest.mark.behaviour(40)
def test_23_another_commission(start: Start) -> None:
    for fees in (None, 140):
        caller = start(fees=fees)
        traded(caller)
        sale = caller.said("ka10076", qry_tp="0", sell_tp="1", stex_tp="0")["cntr"][0]
        amount = int(sale["cntr_pric"].lstrip("+-")) * int(sale["cntr_qty"])
        assert int(sale["tdy_trde_cmsn"]) == pytest.approx(amount * (fees or 15) / 100_000, abs=30)


@pytest.mark.behaviour(74)
def test_account_events_may_come_before_the_orders_own_answer(start: Start, listening: ExitStack) -> None:
    caller = start(ws_events="before", ws_flush_s=30.0)
    listener = Listener(caller)
    listening.callback(listener.close)
    listener.log_in()
    listener.register(["00"], [""])
    number = caller.said("kt10000", **BUY)["ord_no"]
    # The answer is here, and no heartbeat has passed since: what is heard now was said before it.
    assert listener.entry("00")["values"]["9203"] == number


def test_the_hosts_differ_only_where_the_protocol_says() -> None:
    """PROTOCOL 4.3, 8.2 and 9."""
    differ = {field.name for field in fields(Profile) if getattr(REAL, field.name) != getattr(MOCK, field.name)}
    assert differ == {"name", "quota", "burst", "total_quota", "order_quota", "refuses", "system_frame"}
    assert (REAL.quota, REAL.burst, REAL.total_quota, REAL.order_quota) == (5, 0, 20, 5)
    assert (MOCK.quota, MOCK.burst, MOCK.total_quota, MOCK.order_quota) == (1, 1, 5, None)
    nine = {"ka01690", "kt00002", "kt00010", "kt00011", "kt00015", "kt00016", "kt00017"}
    assert nine <= MOCK.refuses
    assert {tr for tr in MOCK.refuses if tr.startswith("ka")} == {"ka01690"}
