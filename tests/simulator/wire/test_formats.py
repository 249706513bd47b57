"""PROTOCOL 11, 27-34: how values are written."""

import re
from datetime import date
from decimal import Decimal

import pytest

from kiwoomweb.broker.wire import writing
from kiwoomweb.simulator.profile import MOCK, REAL
from kiwoomweb.simulator.replies import text
from tests.simulator.wire.caller import Caller

HOLDINGS = {"qry_tp": "1", "dmst_stex_tp": "KRX"}
ORDERS = {"qry_tp": "1", "stk_bond_tp": "0", "sell_tp": "0", "dmst_stex_tp": "%"}
YEAR = {"strt_dt": "20251121", "end_dt": "20261120"}


def traded_day(caller: Caller) -> str:
    """A past day with a sale."""
    return caller.said("ka10074", **YEAR)["dt_rlzt_pl"][-1]["dt"]


@pytest.mark.behaviour(27)
@pytest.mark.parametrize(
    ("value", "width", "written"),
    [
        (17598258, 15, "000000017598258"),
        (-84, 15, "-00000000000084"),
        (-163958, 12, "-00000163958"),
        (0, 10, "0" * 10),
    ],
)
def test_padding(value: int, width: int, written: str) -> None:
    assert writing.padded(value, width) == written


@pytest.mark.behaviour(27)
def test_deposit_and_holdings_are_fifteen_wide(caller: Caller) -> None:
    deposit = caller.said("kt00001", qry_tp="3")
    for name in ("entr", "d1_entra", "d2_entra", "ord_alow_amt", "pymn_alow_amt", "crd_grnta_ch"):
        assert re.fullmatch(r"-?\d+", deposit[name]) and len(deposit[name]) == 15
    for row in caller.said("kt00018", **HOLDINGS)["acnt_evlt_remn_indv_tot"]:
        assert {len(row[name]) for name in ("pur_pric", "rmnd_qty", "evltv_prft", "sum_cmsn", "evlt_amt")} == {
            15
        }
        assert {len(row[name]) for name in ("cur_prc", "pred_close_pric")} == {12}


@pytest.mark.behaviour(27)
def test_order_lists_are_ten_wide(caller: Caller) -> None:
    day = traded_day(caller)
    rows = caller.said("kt00007", **ORDERS, ord_dt=day)["acnt_ord_cntr_prps_dtl"]
    assert rows
    for row in rows:
        assert {
            len(row[name]) for name in ("ord_qty", "ord_uv", "cntr_qty", "cntr_uv", "ord_remnq", "cnfm_qty")
        } == {10}
    told = caller.said("kt00009", ord_dt=day, mrkt_tp="0", **{**ORDERS, "qry_tp": "0"})
    assert len(told["engg_amt"]) == 12
    assert all(len(row["cntr_qty"]) == 10 for row in told["acnt_ord_cntr_prst_array"])


@pytest.mark.behaviour(28)
def test_percents_are_plain_on_the_real_host(caller: Caller) -> None:
    told = caller.said("kt00018", **HOLDINGS)
    for rate in (told["tot_prft_rt"], *(row["prft_rt"] for row in told["acnt_evlt_remn_indv_tot"])):
        assert re.fullmatch(r"-?\d{1,3}\.\d\d", rate)


@pytest.mark.behaviour(28)
def test_percents_are_padded_on_the_mock_host(mock_caller: Caller) -> None:
    told = mock_caller.said("kt00018", **HOLDINGS)
    for rate in (told["tot_prft_rt"], *(row["prft_rt"] for row in told["acnt_evlt_remn_indv_tot"])):
        assert len(rate) == 12
        assert re.fullmatch(r"-?\d+\.\d\d", rate)


@pytest.mark.behaviour(28)
@pytest.mark.parametrize(
    ("rate", "real", "mock"),
    [("2.98", "2.98", "000000002.98"), ("-0.91", "-0.91", "-00000000.91"), ("-0.00", "0.00", "000000000.00")],
)
def test_the_two_hosts_write_the_same_rate(rate: str, real: str, mock: str) -> None:
    assert text.percent(Decimal(rate), REAL) == real
    assert text.percent(Decimal(rate), MOCK) == mock


@pytest.mark.behaviour(29)
def test_sales_carry_two_decimals_and_a_plus(caller: Caller) -> None:
    rows = caller.rows("ka10073", "dt_stk_rlzt_pl", **YEAR)
    assert len(rows) > 50
    for row in rows:
        assert re.fullmatch(r"\d+\.\d\d", row["buy_uv"])
        assert re.fullmatch(r"-?\d+\.\d\d", row["tdy_sel_pl"])
        assert re.fullmatch(r"\+\d+\.\d\d|-\d+\.\d\d|0\.00", row["pl_rt"])
        assert not row["cntr_qty"].startswith("0")


@pytest.mark.behaviour(29)
@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        ("97602.9573459", 7, "97602.9573459"),
        ("97602.95734591", 7, "97602.9573459"),
        ("60000", 7, "60000"),
        ("-0.5", 7, "-0.5"),
    ],
)
def test_todays_sales_carry_up_to_seven(value: str, places: int, written: str) -> None:
    assert text.decimals(Decimal(value), places) == written


@pytest.mark.behaviour(30)
def test_which_trs_prefix_the_code(caller: Caller) -> None:
    day = traded_day(caller)
    prefixed = [
        caller.said("kt00018", **HOLDINGS)["acnt_evlt_remn_indv_tot"],
        caller.said("kt00007", **ORDERS, ord_dt=day)["acnt_ord_cntr_prps_dtl"],
        caller.said("kt00009", ord_dt=day, mrkt_tp="0", **{**ORDERS, "qry_tp": "0"})[
            "acnt_ord_cntr_prst_array"
        ],
        caller.said("ka10072", strt_dt=day)["dt_stk_div_rlzt_pl"],
        caller.said("ka10073", **YEAR)["dt_stk_rlzt_pl"],
    ]
    bare = [
        caller.said("ka10085", stex_tp="0")["acnt_prft_rt"],
        caller.said("ka01690", qry_dt=day)["day_bal_rt"],
    ]
    assert all(re.fullmatch(r"A[0-9][0-9A-Z]{5}", row["stk_cd"]) for rows in prefixed for row in rows)
    assert all(re.fullmatch(r"[0-9][0-9A-Z]{5}", row["stk_cd"]) for rows in bare for row in rows)
    assert all(prefixed) and all(bare)


@pytest.mark.behaviour(30)
@pytest.mark.parametrize("tr", ["ka10001", "ka10004", "ka10100"])
def test_a_prefixed_request_is_refused(caller: Caller, tr: str) -> None:
    family, words = caller.refusal(tr, stk_cd="A005930")
    assert (family, "[1902:" in words) == (5, True)


@pytest.mark.behaviour(31)
@pytest.mark.parametrize(
    ("price", "base", "written"),
    [(61300, 60500, "+61300"), (60000, 60500, "-60000"), (60500, 60500, "60500"), (None, 1, "")],
)
def test_the_sign_of_a_price_is_its_direction(price: int | None, base: int, written: str) -> None:
    assert writing.directed(price, base) == written


@pytest.mark.behaviour(31)
def test_quotes_and_positions_are_directed(caller: Caller) -> None:
    quote = caller.said("ka10001", stk_cd="005930")
    price, base = int(quote["cur_prc"].lstrip("+-")), int(quote["base_pric"])
    assert quote["cur_prc"] == writing.directed(price, base)
    assert quote["upl_pric"].startswith("+") and quote["lst_pric"].startswith("-")
    assert int(quote["pred_pre"]) == price - base
    for row in caller.said("ka10085", stex_tp="0")["acnt_prft_rt"]:
        assert re.fullmatch(r"[+-]?\d+", row["cur_prc"])


@pytest.mark.behaviour(32)
def test_suffixes_are_echoed_on_quotes(caller: Caller) -> None:
    for code in ("005930", "005930_NX", "005930_AL"):
        assert caller.said("ka10001", stk_cd=code)["stk_cd"] == code
    rows = caller.said("ka10095", stk_cd="005930_AL|000660")["atn_stk_infr"]
    assert [row["stk_cd"] for row in rows] == ["005930_AL", "000660"]


@pytest.mark.behaviour(32)
@pytest.mark.parametrize("code", ["0156T0", "00104K", "33626K"])
def test_alphanumeric_codes_are_of_good_form(caller: Caller, code: str) -> None:
    assert caller.ask("ka10001", {"stk_cd": code}).json()["return_code"] == 0


@pytest.mark.behaviour(32)
def test_an_order_takes_no_suffix(caller: Caller) -> None:
    order = {"dmst_stex_tp": "KRX", "stk_cd": "005930_NX", "ord_qty": "1", "ord_uv": "100", "trde_tp": "0"}
    assert "[1902:" in caller.refusal("kt10000", **order)[1]


@pytest.mark.behaviour(33)
def test_times_with_and_without_colons(caller: Caller) -> None:
    day = traded_day(caller)
    orders = caller.said("kt00007", **ORDERS, ord_dt=day)["acnt_ord_cntr_prps_dtl"]
    ledger = caller.rows("kt00015", "trst_ovrl_trde_prps_array", **YEAR, tp="0", gds_tp="0", dmst_stex_tp="%")
    assert all(re.fullmatch(r"\d\d:\d\d:\d\d", row["ord_tm"]) for row in orders)
    assert all(re.fullmatch(r"\d\d:\d\d:\d\d", row["proc_tm"]) for row in ledger)
    for row in caller.said("ka10076", qry_tp="0", sell_tp="0", stex_tp="0")["cntr"]:
        assert re.fullmatch(r"\d{6}", row["ord_tm"])


@pytest.mark.behaviour(33)
def test_unknown_days_are_blank_or_zeros(caller: Caller) -> None:
    for row in caller.said("ka10085", stex_tp="0")["acnt_prft_rt"]:
        assert (row["dt"], row["loan_dt"], row["expr_dt"]) == ("", "00000000", "00000000")
    assert writing.day(None) == ""
    assert writing.day(date(2026, 11, 20)) == "20261120"


@pytest.mark.behaviour(34)
def test_success_is_worded_by_family(caller: Caller, mock_caller: Caller) -> None:
    today = {"all_stk_tp": "0", "trde_tp": "0", "stex_tp": "0"}
    assert caller.said("ka10075", **today)["return_msg"] == " 조회가 완료되었습니다."
    assert caller.said("kt00018", **HOLDINGS)["return_msg"] == "조회가 완료되었습니다"
    assert caller.said("ka10001", stk_cd="005930")["return_msg"] == "정상적으로 처리되었습니다"
    assert mock_caller.said("kt00018", **HOLDINGS)["return_msg"] == "모의투자 조회완료"


def test_all_values_are_text(caller: Caller) -> None:
    day = traded_day(caller)
    for told in (
        caller.said("kt00018", **HOLDINGS),
        caller.said("ka10001", stk_cd="005930"),
        caller.said("ka10004", stk_cd="005930"),
        caller.said("ka10170", base_dt=day, ottks_tp="2", ch_crd_tp="0"),
        caller.said("ka10099", mrkt_tp="0"),
    ):
        flat = {name: value for name, value in told.items() if name != "return_code"}
        rows = [row for value in flat.values() if isinstance(value, list) for row in value]
        texts = [value for value in flat.values() if not isinstance(value, list)]
        assert {type(value) for value in texts} | {type(value) for row in rows for value in row.values()} == {
            str
        }


def test_every_field_of_the_guide_is_there_and_no_other(caller: Caller) -> None:
    from kiwoomweb.broker.catalogue import find

    day = traded_day(caller)
    asked = {
        "ka10001": {"stk_cd": "005930"},
        "ka10004": {"stk_cd": "005930"},
        "ka10085": {"stex_tp": "0"},
        "ka01690": {"qry_dt": day},
        "kt00001": {"qry_tp": "3"},
        "kt00007": {**ORDERS, "ord_dt": day},
        "kt00018": HOLDINGS,
    }
    for tr, body in asked.items():
        told, spec = caller.said(tr, **body), find(tr)
        assert set(told) == {field.name for field in spec.response} | {"return_code", "return_msg"}
        for part in spec.lists:
            for row in told[part.name]:
                assert list(row) == [field.name for field in part.fields]
