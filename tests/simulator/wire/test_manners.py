"""PROTOCOL 11, what only shows when several TRs, hosts or doors are seen side by side."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest

from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.serve import OPENING, Running
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.conftest import Start
from tests.simulator.wire.listener import Listener

VENUE = {"dmst_stex_tp": "KRX"}
BUY = {**VENUE, "stk_cd": "005930", "ord_qty": "40", "ord_uv": "", "trde_tp": "3"}
TODAY = f"{OPENING:%Y%m%d}"
PREFIXED, BARE = re.compile(r"A[0-9][0-9A-Z]{5}"), re.compile(r"[0-9][0-9A-Z]{5}")
#: Widths of zero padding by TR: the flat part and the list of each.
TWELVE_WIDE = {
    "kt00004": (
        {"qry_tp": "0", **VENUE},
        ("entr", "tot_est_amt", "prsm_dpst_aset_amt"),
        ("rmnd_qty", "evlt_amt"),
    ),
    "kt00005": (VENUE, ("entr", "evlt_amt_tot", "tot_pl_tot"), ("cur_qty", "evlt_amt")),
}
#: TRs with a stock code per row: body, list, how the code is written.
CODES: dict[str, tuple[dict[str, str], re.Pattern[str]]] = {
    "kt00004": ({"qry_tp": "0", **VENUE}, PREFIXED),
    "kt00005": (VENUE, PREFIXED),
    "kt00008": ({}, PREFIXED),
    "kt00015": (
        {"strt_dt": "20261101", "end_dt": TODAY, "tp": "0", "gds_tp": "0", "dmst_stex_tp": "%"},
        PREFIXED,
    ),
    "ka10077": ({"stk_cd": "005930"}, PREFIXED),
    "ka10075": ({"all_stk_tp": "0", "trde_tp": "0", "stex_tp": "0"}, BARE),
    "ka10076": ({"qry_tp": "0", "sell_tp": "0", "stex_tp": "0"}, BARE),
    "ka10085": ({"stex_tp": "0"}, BARE),
    "ka10170": ({"base_dt": "", "ottks_tp": "2", "ch_crd_tp": "0"}, BARE),
}


@pytest.fixture
def listening() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture(scope="module")
def traded(request: pytest.FixtureRequest) -> Iterator[Caller]:
    """A year of trading, and today one share bought, partly sold, and an order left working."""
    from kiwoomweb.simulator.serve import running
    from tests.simulator.wire.conftest import GENEROUS

    with running("real", **GENEROUS) as broker:
        caller = Caller(broker)
        for side, quantity in ((Side.BUY, 30), (Side.SELL, 10)):
            broker.call(lambda exchange, s=side, q=quantity: exchange.place(s, "005930", q, kind="3"))
            broker.clock.jump(broker.clock.now() + timedelta(seconds=10))
        low = caller.said("ka10001", stk_cd="005930")["lst_pric"].lstrip("-")
        caller.said("kt10000", **{**BUY, "ord_qty": "1", "ord_uv": low, "trde_tp": "0"})
        yield caller
        caller.close()


def rows(caller: Caller, tr: str, **body: str) -> list[dict[str, str]]:
    told = caller.said(tr, **body)
    return [row for value in told.values() if isinstance(value, list) for row in value]


@pytest.mark.behaviour(16)
def test_a_token_of_another_address_is_8010(fresh: Start) -> None:
    caller = fresh()
    caller.log_in()
    caller.broker.faults.add("refuse", code="8010", count=1)
    told = caller.ask("ka00001").json()
    assert (told["return_code"], "[8010:" in told["return_msg"]) == (3, True)
    assert caller.ask("ka00001").json()["return_code"] == 0


@pytest.mark.behaviour(17)
def test_how_many_tokens_a_second_is_a_knob(fresh: Start) -> None:
    caller = fresh(token_quota=2)
    asked = [caller.post("/oauth2/token", caller.token_request()).status_code for _ in range(3)]
    assert asked == [200, 200, 429]


@pytest.mark.behaviour(25)
def test_rankings_have_a_hundred_rows_a_page_and_any_list_as_many_as_it_is_told(
    year: Running, fresh: Start, generous: dict[str, Any]
) -> None:
    caller = Caller(year)
    body = {
        "mrkt_tp": "000",
        "sort_tp": "1",
        "trde_qty_cnd": "0000",
        "stk_cnd": "0",
        "crd_cnd": "0",
        "updown_incls": "1",
        "pric_cnd": "0",
        "trde_prica_cnd": "0",
        "stex_tp": "1",
    }
    pages = [page.json()["pred_pre_flu_rt_upper"] for page in caller.pages("ka10027", **body)]
    caller.close()
    assert [len(page) for page in pages[:-1]] == [100] * (len(pages) - 1) and len(pages) > 1
    small = fresh(page_rows={"ka10075": 1}, **generous)
    low = small.said("ka10001", stk_cd="005930")["lst_pric"].lstrip("-")
    for _ in range(3):
        small.said("kt10000", **{**BUY, "ord_qty": "1", "ord_uv": low, "trde_tp": "0"})
    waiting = {"all_stk_tp": "0", "trde_tp": "0", "stex_tp": "0"}
    assert [len(page.json()["oso"]) for page in small.pages("ka10075", **waiting)] == [1, 1, 1]


@pytest.mark.behaviour(26)
def test_days_of_assets_come_oldest_first(caller: Caller) -> None:
    told = rows(caller, "kt00002", start_dt="20261101", end_dt=TODAY)
    days = [row["dt"] for row in told]
    assert days == sorted(days) and len(days) > 10


@pytest.mark.behaviour(27, 28)
@pytest.mark.parametrize("tr", TWELVE_WIDE)
def test_evaluations_are_twelve_wide_with_rates_of_four_decimals(traded: Caller, tr: str) -> None:
    body, flat, of_row = TWELVE_WIDE[tr]
    told = traded.said(tr, **body)
    assert {name: len(told[name]) for name in flat} == dict.fromkeys(flat, 12)
    for row in rows(traded, tr, **body):
        assert {len(row[name]) for name in of_row} == {12}
        assert re.fullmatch(r"-?\d+\.\d{4}", row["pl_rt"])
        assert not any(value.startswith("+") for value in row.values())


@pytest.mark.behaviour(30)
@pytest.mark.parametrize("tr", CODES)
def test_how_a_code_is_written_depends_on_the_tr(traded: Caller, tr: str) -> None:
    body, form = CODES[tr]
    found = [row["stk_cd"] for row in rows(traded, tr, **body) if row.get("stk_cd")]
    if tr != "kt00008":  # what settles tomorrow depends on the demo person
        assert found
    assert [code for code in found if not form.fullmatch(code)] == []


@pytest.mark.behaviour(41)
def test_one_position_has_two_values(traded: Caller) -> None:
    [gross] = [row for row in rows(traded, "kt00018", qry_tp="1", **VENUE) if row["stk_cd"] == "A005930"]
    [net] = [row for row in rows(traded, "kt00004", qry_tp="0", **VENUE) if row["stk_cd"] == "A005930"]
    price, quantity = int(gross["cur_prc"]), int(gross["rmnd_qty"])
    assert int(gross["evlt_amt"]) == price * quantity
    costs = int(gross["pur_cmsn"]) + int(gross["sell_cmsn"]) + int(gross["tax"])
    assert int(gross["evltv_prft"]) == int(gross["evlt_amt"]) - int(gross["pur_amt"]) - costs
    assert int(net["evlt_amt"]) == int(gross["evlt_amt"]) - costs


@pytest.mark.behaviour(49, 56)
def test_the_mock_host_knows_krx_alone(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh("mock", **generous)
    for venue in ("NXT", "SOR"):
        assert "(RC9000:" in caller.refusal("kt10000", **{**BUY, "dmst_stex_tp": venue})[1]


@pytest.mark.behaviour(50)
def test_orders_placed_elsewhere_are_told_on_the_socket(
    fresh: Start, listening: ExitStack, generous: dict[str, Any]
) -> None:
    caller = fresh(ws_flush_s=0.02, **generous)
    listener = Listener(caller)
    listening.callback(listener.close)
    listener.log_in()
    listener.register(["00"], [""])
    placed = caller.broker.call(
        lambda exchange: exchange.place(Side.BUY, "005930", 3, kind="3", channel="영웅문S#")
    )
    assert listener.entry("00")["values"]["9203"] == placed.number


@pytest.mark.behaviour(51)
def test_an_order_reports_its_number_and_little_else(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh(**generous)
    low = caller.said("ka10001", stk_cd="005930")["lst_pric"].lstrip("-")
    limit = {**BUY, "ord_qty": "2", "ord_uv": low, "trde_tp": "0"}
    bought = caller.said("kt10000", **limit)
    moved = caller.said(
        "kt10002", **VENUE, orig_ord_no=bought["ord_no"], stk_cd="005930", mdfy_qty="0", mdfy_uv=low
    )
    gone = caller.said("kt10003", **VENUE, orig_ord_no=moved["ord_no"], stk_cd="005930", cncl_qty="0")
    gold = caller.said("kt50000", stk_cd="M04020100", ord_qty="1", ord_uv=gold_price(caller), trde_tp="00")
    common = {"return_code", "return_msg"}
    assert set(bought) == {"ord_no", "dmst_stex_tp"} | common
    assert set(moved) == {"ord_no", "base_orig_ord_no", "mdfy_qty", "dmst_stex_tp"} | common
    assert set(gone) == {"ord_no", "base_orig_ord_no", "cncl_qty"} | common
    assert set(gold) == {"ord_no"} | common
    numbers = [told["ord_no"] for told in (bought, moved, gone)]
    assert numbers == sorted(numbers) and {len(number) for number in [*numbers, gold["ord_no"]]} == {7}


def gold_price(caller: Caller) -> str:
    price: str = caller.said("ka50100", stk_cd="M04020100")["pred_close_pric"]
    return price.lstrip("+-")


@pytest.mark.behaviour(59)
def test_a_part_filled_order_is_in_both_lists(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh(**generous)
    # A preferred share whose first step is worth less than the account: more than lies there stays waiting.
    best = caller.said("ka10004", stk_cd="00104K")
    price, size = best["sel_fpr_bid"].lstrip("+-"), int(best["sel_fpr_req"])
    order = {**BUY, "stk_cd": "00104K", "ord_qty": str(size + 3), "ord_uv": price, "trde_tp": "0"}
    number = caller.said("kt10000", **order)["ord_no"]
    open_body = {"all_stk_tp": "0", "trde_tp": "0", "stex_tp": "0"}
    filled_body = {"qry_tp": "0", "sell_tp": "0", "stex_tp": "0"}
    for _ in range(200):
        caller.broker.clock.jump(caller.broker.clock.now() + timedelta(milliseconds=200))
        waiting = [row for row in caller.said("ka10075", **open_body)["oso"] if row["ord_no"] == number]
        filled = [row for row in caller.said("ka10076", **filled_body)["cntr"] if row["ord_no"] == number]
        if waiting and filled:
            break
    assert waiting and filled, "the order was never filled in part"
    assert int(waiting[0]["oso_qty"]) + int(filled[0]["cntr_qty"]) == int(order["ord_qty"])
