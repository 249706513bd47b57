"""PROTOCOL 11, 35-50: the account and its results."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

import pytest

from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.serve import OPENING, Running
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.conftest import Start

YEAR = {"strt_dt": "20251121", "end_dt": "20261120"}
HOLDINGS = {"qry_tp": "1", "dmst_stex_tp": "KRX"}
OPEN = {"all_stk_tp": "0", "trde_tp": "0", "stex_tp": "0"}
FILLED = {"qry_tp": "0", "sell_tp": "0", "stex_tp": "0"}
ORDERS = {"qry_tp": "1", "stk_bond_tp": "0", "sell_tp": "0", "dmst_stex_tp": "%"}
FILLS = {"qry_tp": "0", "stk_bond_tp": "0", "mrkt_tp": "0", "sell_tp": "0", "dmst_stex_tp": "%"}
LEDGER = {"tp": "0", "gds_tp": "0", "dmst_stex_tp": "%"}
DIARY = {"ottks_tp": "2", "ch_crd_tp": "0"}
BUY = {"dmst_stex_tp": "KRX", "stk_cd": "005930", "ord_qty": "10", "ord_uv": "", "trde_tp": "3"}


def won(text: str) -> int:
    return int(Decimal(text))


def sold_on(caller: Caller) -> list[str]:
    """Days with sales, newest first."""
    return [row["dt"] for row in caller.rows("ka10074", "dt_rlzt_pl", **YEAR)]


def later(caller: Caller, **by: float) -> None:
    caller.broker.clock.jump(caller.broker.clock.now() + timedelta(**by))


@pytest.mark.behaviour(35)
def test_an_empty_account_says_so_in_each_trs_own_way(fresh: Start) -> None:
    caller = fresh()
    assert caller.said("ka10075", **OPEN)["oso"] == []
    assert caller.said("ka10076", **FILLED)["cntr"] == []
    diary = caller.said("ka10170", **DIARY)
    assert len(diary["tdy_trde_diary"]) == 1
    assert set(diary["tdy_trde_diary"][0].values()) == {""}
    assert diary["tot_prft_rt"] == "0.00"
    assert caller.refusal("kt00009", **FILLS) == (20, "[2000](501724:관련자료가없습니다)")
    balance = caller.said("kt00018", **HOLDINGS)
    assert balance["acnt_evlt_remn_indv_tot"] == []
    assert won(balance["prsm_dpst_aset_amt"]) > 0


@pytest.mark.behaviour(36)
def test_the_diary_answers_two_months_back(caller: Caller) -> None:
    today = caller.said("ka10170", base_dt="", **DIARY)
    assert today == caller.said("ka10170", base_dt="20261120", **DIARY)
    assert "최근 2개월" not in caller.said("ka10170", base_dt="20260920", **DIARY)["return_msg"]
    old = caller.said("ka10170", base_dt="20260919", **DIARY)
    assert old["return_msg"] == "조회기간은 최근 2개월 이전까지만 가능합니다."
    assert set(old["tdy_trde_diary"][0].values()) == {""}
    assert old["tot_sell_amt"] == ""


@pytest.mark.behaviour(36)
def test_day_trades_or_all_sales(caller: Caller, year: Running) -> None:
    days = [day for day in sold_on(caller) if day > "20260921"]
    for day in days:
        both = caller.said("ka10170", base_dt=day, ottks_tp="1", ch_crd_tp="0")["tdy_trde_diary"]
        sales = caller.said("ka10170", base_dt=day, **DIARY)["tdy_trde_diary"]
        assert {row["stk_cd"] for row in both if row["stk_cd"]} <= {row["stk_cd"] for row in sales}
        assert any(won(row["sell_qty"]) for row in sales)


@pytest.mark.behaviour(37)
def test_only_days_with_a_sale_are_listed_and_totals_cover_all(caller: Caller, year: Running) -> None:
    told = caller.said("ka10074", **YEAR)
    rows = caller.rows("ka10074", "dt_rlzt_pl", **YEAR)
    days = year.call(lambda exchange: list(exchange.realised_days(date(2025, 11, 21), date(2026, 11, 20))))
    assert any(not day.has_sales for day in days)
    assert {row["dt"] for row in rows} == {f"{day.day:%Y%m%d}" for day in days if day.has_sales}
    assert (
        won(told["tot_buy_amt"]) == sum(day.bought for day in days) > sum(won(row["buy_amt"]) for row in rows)
    )
    assert won(told["rlzt_pl"]) == sum(won(row["tdy_sel_pl"]) for row in rows)


@pytest.mark.behaviour(38)
def test_today_ends_with_the_day(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh(**generous)
    first = caller.said("kt10000", **BUY)["ord_no"]
    later(caller, minutes=5)
    assert caller.said("ka10076", **FILLED)["cntr"][0]["ord_no"] == first
    caller.broker.clock.jump(OPENING + timedelta(days=3))
    caller.log_in()
    assert caller.said("ka10076", **FILLED)["cntr"] == []
    assert caller.said("ka10075", **OPEN)["oso"] == []
    assert caller.said("kt10000", **BUY)["ord_no"] == first
    past = caller.said("kt00007", **ORDERS, ord_dt="20261120")["acnt_ord_cntr_prps_dtl"]
    assert [row["ord_no"] for row in past] == [first]
    assert len(caller.said("kt00009", **FILLS, ord_dt="20261120")["acnt_ord_cntr_prst_array"]) == 1


@pytest.mark.behaviour(38)
def test_the_mock_host_wants_the_day_said(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh("mock", **generous)
    caller.said("kt10000", **BUY)
    later(caller, minutes=5)
    assert caller.refusal("kt00009", **FILLS)[0] == 20
    assert caller.said("kt00009", **FILLS, ord_dt="20261120")["acnt_ord_cntr_prst_array"]


@pytest.mark.behaviour(39)
def test_todays_detail_needs_a_stock(caller: Caller) -> None:
    assert "파라미터=stk_cd" in caller.refusal("ka10077")[1]
    assert caller.said("ka10077", stk_cd="005930")["tdy_rlzt_pl_dtl"] is not None


@pytest.mark.behaviour(40)
@pytest.mark.parametrize(("profile", "rate"), [("real", "0.00015"), ("mock", "0.0035")])
def test_commission_and_tax(fresh: Start, generous: dict[str, Any], profile: str, rate: str) -> None:
    caller = fresh(profile, **generous)
    caller.said("kt10000", **BUY)
    later(caller, minutes=5)
    caller.said("kt10001", **BUY)
    later(caller, minutes=5)
    sold, bought = caller.said("ka10076", **FILLED)["cntr"]
    orders = caller.broker.call(lambda exchange: list(exchange.orders_on(OPENING.date())))
    amounts = {order.number: order.amount for order in orders}
    for row in (sold, bought):
        assert won(row["cntr_qty"]) == 10
        assert won(row["tdy_trde_cmsn"]) == int(amounts[row["ord_no"]] * Decimal(rate)) // 10 * 10
    assert won(sold["tdy_trde_tax"]) == int(amounts[sold["ord_no"]] * Decimal("0.002"))
    assert won(bought["tdy_trde_tax"]) == 0


@pytest.mark.behaviour(41)
def test_value_is_gross_and_profit_net(caller: Caller) -> None:
    told = caller.said("kt00018", **HOLDINGS)
    rows = caller.rows("kt00018", "acnt_evlt_remn_indv_tot", **HOLDINGS)
    assert rows
    for row in rows:
        assert won(row["evlt_amt"]) == won(row["cur_prc"]) * won(row["rmnd_qty"])
        costs = won(row["sum_cmsn"]) + won(row["tax"])
        assert won(row["evltv_prft"]) == won(row["evlt_amt"]) - won(row["pur_amt"]) - costs
        assert won(row["sum_cmsn"]) == won(row["pur_cmsn"]) + won(row["sell_cmsn"])
    assert won(told["tot_evlt_amt"]) == sum(won(row["evlt_amt"]) for row in rows)
    assert won(told["tot_evlt_pl"]) == sum(won(row["evltv_prft"]) for row in rows)


@pytest.mark.behaviour(42)
def test_sales_add_up_row_by_row_and_differ_from_the_day_by_truncation(caller: Caller) -> None:
    rows = caller.rows("ka10073", "dt_stk_rlzt_pl", **YEAR)
    by_day = {row["dt"]: won(row["tdy_sel_pl"]) for row in caller.rows("ka10074", "dt_rlzt_pl", **YEAR)}
    for day, sales in groupby(rows, key=lambda row: row["dt"]):
        of_day = list(sales)
        total = sum(Decimal(row["tdy_sel_pl"]) for row in of_day)
        assert abs(total - by_day[day]) <= 20 * len(of_day) + 1
    for row in rows:
        gain = (Decimal(row["cntr_pric"]) - Decimal(row["buy_uv"])) * won(row["cntr_qty"])
        net = gain - won(row["tdy_trde_cmsn"]) - won(row["tdy_trde_tax"])
        assert abs(net - Decimal(row["tdy_sel_pl"])) <= Decimal("0.01") * won(row["cntr_qty"]) + Decimal("0.01")


@pytest.mark.behaviour(42)
def test_a_sales_commission_has_both_legs_where_the_orders_has_one(
    fresh: Start, generous: dict[str, Any]
) -> None:
    caller = fresh(**generous)
    caller.said("kt10000", **{**BUY, "ord_qty": "30"})
    later(caller, minutes=5)
    caller.said("kt10001", **{**BUY, "ord_qty": "30"})
    later(caller, minutes=5)
    sold = caller.said("ka10076", qry_tp="0", sell_tp="1", stex_tp="0")["cntr"][0]
    rows = caller.said("ka10077", stk_cd="005930")["tdy_rlzt_pl_dtl"]
    assert sum(won(row["tdy_trde_cmsn"]) for row in rows) > won(sold["tdy_trde_cmsn"])
    assert sum(won(row["cntr_qty"]) for row in rows) == 30


@pytest.mark.behaviour(43)
def test_equal_sales_give_equal_rows(caller: Caller, year: Running) -> None:
    sales = year.call(lambda exchange: list(exchange.realised_rows(date(2025, 11, 21), date(2026, 11, 20))))
    rows = caller.rows("ka10073", "dt_stk_rlzt_pl", **YEAR)
    assert len(rows) == len(sales)
    assert [(row["dt"], row["stk_cd"][1:], won(row["cntr_qty"])) for row in rows] == [
        (f"{sale.day:%Y%m%d}", sale.code, sale.quantity) for sale in reversed(sales)
    ]


@pytest.mark.behaviour(44)
def test_money_moves_two_business_days_after_a_fill(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh(**generous)
    before = caller.said("kt00001", qry_tp="3")
    caller.said("kt10000", **BUY)
    later(caller, minutes=5)
    after = caller.said("kt00001", qry_tp="3")
    assert after["entr"] == before["entr"]
    assert won(after["d2_entra"]) < won(before["d2_entra"])
    assert won(after["ord_alow_amt"]) < won(before["ord_alow_amt"])
    assert won(after["d2_entra"]) == won(after["d1_entra"]) + won(after["d2_slby_exct_amt"])
    assert (
        caller.said("kt00015", strt_dt="20261120", end_dt="20261120", **LEDGER | {"tp": "3"})[
            "trst_ovrl_trde_prps_array"
        ]
        == []
    )
    caller.broker.clock.jump(OPENING + timedelta(days=4))
    caller.log_in()
    settled = caller.said("kt00001", qry_tp="3")
    assert settled["entr"] == after["d2_entra"]
    row = caller.said("kt00015", strt_dt="20261120", end_dt="20261124", **LEDGER | {"tp": "3"})[
        "trst_ovrl_trde_prps_array"
    ][0]
    assert (row["trde_dt"], row["cntr_dt"], row["io_tp_nm"]) == ("20261124", "20261120", "매수")
    assert won(row["exct_amt"]) == won(row["trde_amt"]) + won(row["cmsn"]) > 0
    assert "," in row["trde_unit"]


@pytest.mark.behaviour(47)
def test_modifications_and_cancellations_are_rows_of_their_own(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh(**generous)
    low = caller.said("ka10001", stk_cd="005930")["lst_pric"].lstrip("-")
    first = caller.said("kt10000", **{**BUY, "ord_uv": low, "trde_tp": "0"})["ord_no"]
    named = {"dmst_stex_tp": "KRX", "orig_ord_no": first, "stk_cd": "005930"}
    cancelled = caller.said("kt10003", **named, cncl_qty="0")
    assert (cancelled["cncl_qty"], cancelled["base_orig_ord_no"]) == ("000000000010", first)
    rows = caller.said("kt00007", **ORDERS)["acnt_ord_cntr_prps_dtl"]
    assert [row["mdfy_cncl"] for row in rows] == ["", "취소"]
    assert rows[1]["ori_ord"] == first
    assert won(rows[1]["cnfm_qty"]) == 10
    assert rows[1]["cnfm_tm"]
    backwards = caller.said("kt00007", **{**ORDERS, "qry_tp": "2"})["acnt_ord_cntr_prps_dtl"]
    assert backwards == rows[::-1]


@pytest.mark.behaviour(47)
def test_a_mock_host_may_know_no_past_orders(fresh: Start) -> None:
    caller = fresh("mock", kt00007_empty=True, quota=10, total_quota=100)
    caller.said("kt10000", **BUY)
    told = caller.said("kt00007", **ORDERS)
    assert (told["acnt_ord_cntr_prps_dtl"], told["return_msg"]) == ([], "모의투자 해당조회내역이 없습니다.")


@pytest.mark.behaviour(49)
@pytest.mark.parametrize("tr", ["ka01690", "kt00002", "kt00010", "kt00011", "kt00015", "kt00016", "kt00017"])
def test_the_mock_host_refuses_these(mock_caller: Caller, tr: str) -> None:
    assert mock_caller.refusal(tr) == (20, "[2000](RC9000:모의투자에서는 해당업무가 제공되지 않습니다.)")


@pytest.mark.behaviour(50)
def test_orders_placed_elsewhere_appear_with_their_channel(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh(**generous)
    caller.broker.call(lambda exchange: exchange.place(Side.BUY, "005930", 3, kind="3", channel="영웅문S#"))
    later(caller, minutes=5)
    row = caller.said("kt00007", **ORDERS)["acnt_ord_cntr_prps_dtl"][0]
    assert row["comm_ord_tp"] == "영웅문S#"
    assert won(caller.said("ka10076", **FILLED)["cntr"][0]["cntr_qty"]) == 3


def test_a_past_day_is_remembered_as_it_closed(caller: Caller, year: Running) -> None:
    day = sold_on(caller)[-1]
    told = caller.said("ka01690", qry_dt=day)
    closed = year.call(lambda exchange: exchange.day_snapshot(date.fromisoformat(day)))
    assert closed is not None
    assert won(told["dbst_bal"]) == closed.cash
    assert won(told["tot_evlt_amt"]) == closed.value
    assert len(told["day_bal_rt"]) == len(closed.holdings)


def test_nobody_knows_the_account_before_it_was_opened_or_tomorrow(caller: Caller) -> None:
    for day in ("20150102", "20261121"):
        told = caller.said("ka01690", qry_dt=day)
        assert (told["day_bal_rt"], told["dbst_bal"]) == ([], "")


def test_unknown_codes_come_back_blank(caller: Caller) -> None:
    assert caller.said("ka10001", stk_cd="999999")["cur_prc"] == ""
    rows = caller.said("ka10095", stk_cd="005930|999999|000660")["atn_stk_infr"]
    assert [row["stk_cd"] for row in rows] == ["005930", "", "000660"]
    chart = caller.said("ka10081", stk_cd="999999", base_dt="20261120", upd_stkpc_tp="1")
    assert chart["stk_dt_pole_chart_qry"] == []


def test_a_hundred_codes_and_not_one_more(caller: Caller) -> None:
    codes = [row["code"] for row in caller.said("ka10099", mrkt_tp="0")["list"]][:100]
    assert len(caller.said("ka10095", stk_cd="|".join(codes))["atn_stk_infr"]) == len(codes)
    told = caller.ask("ka10095", {"stk_cd": "|".join(["005930"] * 101)})
    assert (told.status_code, told.json()["return_code"]) == (200, 5)
    assert "[1634:" in told.json()["return_msg"]
