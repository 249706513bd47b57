"""Gold on the wire: market, account and orders of the gold TRs, as a stranger sees them."""

from email.utils import parsedate_to_datetime

import pytest

from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.domain import SEOUL
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.conftest import Start

BAR, MINI = "M04020000", "M04020100"
TODAY = {"base_dt": "20991231", "upd_stkpc_tp": "1"}
ORDERS = {"stk_bond_tp": "0", "sell_tp": "0", "dmst_stex_tp": "%", "qry_tp": "1"}
ASKED: dict[str, dict[str, str]] = {
    "ka50010": {"stk_cd": BAR},
    "ka50012": {"stk_cd": BAR, "base_dt": "20991231"},
    "ka50079": {"stk_cd": BAR, "tic_scope": "3", "upd_stkpc_tp": "0"},
    "ka50080": {"stk_cd": BAR, "tic_scope": "5", "upd_stkpc_tp": "0"},
    "ka50081": {"stk_cd": BAR, **TODAY},
    "ka50082": {"stk_cd": BAR, **TODAY},
    "ka50083": {"stk_cd": BAR, **TODAY},
    "ka50087": {"stk_cd": BAR},
    "ka50091": {"stk_cd": MINI, "tic_scope": "10"},
    "ka50092": {"stk_cd": MINI, "tic_scope": "60"},
    "ka50100": {"stk_cd": BAR},
    "ka50101": {"stk_cd": BAR, "tic_scope": "30"},
    "ka52301": {},
    "kt50020": {},
    "kt50021": {},
    "kt50032": {"strt_dt": "20200101", "end_dt": "20991231", "tp": "0"},
}
#: Fields that stay blank, and why: a warrant's barrier; money moves have no instrument, price or trade day.
BLANK = {("ka50101", "lpmmcm_nm_1")} | {
    ("kt50032", name) for name in ("stk_cd", "stk_nm", "uv_exrt", "cntr_dt")
}


def today(caller: Caller) -> str:
    """The broker's day, as its Date header tells it."""
    told = caller.ask("kt50021", {}).headers["date"]
    return f"{parsedate_to_datetime(told).astimezone(SEOUL):%Y%m%d}"


def orders_body(day: str, **other: str) -> dict[str, str]:
    return {**ORDERS, "ord_dt": day, "mrkt_deal_tp": "5", "slby_tp": "0"} | other


@pytest.mark.parametrize("tr", ASKED)
def test_every_field_of_the_guide_is_there_filled_and_no_other(caller: Caller, tr: str) -> None:
    told, spec = caller.said(tr, **ASKED[tr]), find(tr)
    assert set(told) == {field.name for field in spec.response} | {"return_code", "return_msg"}
    assert all(told[field.name] != "" for field in spec.response)
    for part in spec.lists:
        assert told[part.name]
        for row in told[part.name]:
            assert list(row) == [field.name for field in part.fields]
            assert {name for name, value in row.items() if value == "" and (tr, name) not in BLANK} == set()


def test_one_price_everywhere(caller: Caller) -> None:
    now = caller.said("ka50100", stk_cd=BAR)
    day = caller.said("ka50081", stk_cd=BAR, **TODAY)["gds_day_chart_qry"]
    trade = caller.said("ka50010", stk_cd=BAR)["gold_cntr"][0]
    daily = caller.said("ka50012", stk_cd=BAR, base_dt="20991231")["gold_daly_trnsn"]
    minute = caller.said("ka50092", stk_cd=BAR, tic_scope="1")["gds_min_chart_qry"][0]
    price = trade["cntr_pric"].lstrip("+-")
    assert price == day[0]["cur_prc"] == minute["cntr_pric"] == daily[0]["cur_prc"].lstrip("+-")
    assert now["pred_close_pric"] == day[1]["cur_prc"] == daily[1]["cur_prc"].lstrip("+-")
    assert now["trde_qty"] == trade["trde_qty"] == day[0]["acc_trde_qty"] == minute["acc_trde_qty"]
    assert (now["pred_pre"], now["flu_rt"]) == (trade["pred_pre"], trade["flu_rt"])
    assert int(price) - int(now["pred_close_pric"]) == int(now["pred_pre"])


def test_charts_page_and_go_on_where_they_stopped(caller: Caller) -> None:
    pages = list(caller.pages("ka50081", stk_cd=BAR, **TODAY))
    assert len(pages) == 2
    days = [row["dt"] for page in pages for row in page.json()["gds_day_chart_qry"]]
    assert len(days) == len(set(days)) > 900
    assert days == sorted(days, reverse=True)


def test_the_gold_account_adds_up(caller: Caller) -> None:
    held, money = caller.said("kt50020"), caller.said("kt50021")
    rows = held["gold_acnt_evlt_prst"]
    assert rows
    for row in rows:
        number = {name: int(value) for name, value in row.items() if value.lstrip("-").isdigit()}
        assert number["est_amt"] == number["cur_prc"] * number["real_qty"] - number["cmsn"] - number["vlad_tax"]
        assert number["est_lspft"] == number["est_amt"] - number["book_amt2"]
        assert len(row["est_ratio"].partition(".")[2]) == 4
        assert {len(row[name]) for name in ("real_qty", "avg_prc", "est_amt", "est_lspft", "pl_prch_prc")} == {
            12
        }
    assert int(held["tot_est_amt"]) == sum(int(row["est_amt"]) for row in rows)
    assert int(held["tot_dep_amt"]) == int(held["net_entr"]) + int(held["tot_est_amt"])
    assert int(held["tot_entr"]) == int(money["entra"])
    assert len(money["entra"]) == 15
    assert int(money["prsm_entra"]) == int(money["entra"]) + int(money["sell_buy_exct_amt"])
    assert int(money["ord_alow_amt"]) == int(money["prsm_entra"]) - int(money["profa_ch"])


def test_the_history_leads_to_the_balance(caller: Caller) -> None:
    rows = caller.rows("kt50032", "gold_trde_hist", **ASKED["kt50032"])
    balance = 0
    for row in rows:
        settled = int(row["exct_amt"])
        balance += settled if row["rmrk_nm"] in ("이체입금", "금현물매도") else -settled
        assert int(row["entra_remn"]) == balance
        if int(row["cmsn"]):
            sign = -1 if row["rmrk_nm"] == "금현물매도" else 1
            charged = int(row["cmsn"]) + int(row["gold_spot_vat"])
            assert int(row["gold_spot_vat"]) == int(row["cmsn"]) // 10
            assert settled >= int(row["deal_amt"]) + sign * charged
    assert balance == int(caller.said("kt50021")["entra"])
    held = {row["stk_cd"]: int(row["qty"]) for row in caller.said("kt50020")["gold_acnt_evlt_prst"]}
    for code, grams in held.items():
        assert [int(row["spot_remn"]) for row in rows if row["stk_cd"] == code][-1] == grams


@pytest.mark.parametrize(
    ("tp", "words"),
    [
        ("1", {"이체입금"}),
        ("2", set()),
        ("3", {"금현물매수", "금현물매도"}),
        ("4", {"금현물매수"}),
        ("5", {"금현물매도"}),
        ("6", {"이체입금"}),
        ("7", set()),
    ],
)
def test_the_history_is_filtered_by_kind(caller: Caller, tp: str, words: set[str]) -> None:
    rows = caller.rows("kt50032", "gold_trde_hist", **{**ASKED["kt50032"], "tp": tp})
    assert {row["rmrk_nm"] for row in rows} == words


def test_the_history_is_filtered_by_instrument_and_day(caller: Caller) -> None:
    every = caller.rows("kt50032", "gold_trde_hist", **ASKED["kt50032"])
    mini = caller.rows("kt50032", "gold_trde_hist", **{**ASKED["kt50032"], "stk_cd": MINI})
    assert mini == [row for row in every if row["stk_cd"] == MINI]
    day = every[len(every) // 2]["deal_dt"]
    of_day = caller.rows("kt50032", "gold_trde_hist", strt_dt=day, end_dt=day, tp="0")
    assert of_day == [row for row in every if row["deal_dt"] == day]


def test_an_order_is_placed_moved_and_taken_back(fresh: Start, generous: dict[str, int]) -> None:
    person = fresh("real", **generous)
    low = str(abs(int(person.said("ka50100", stk_cd=BAR)["lst_pric"])))
    before = person.said("kt50021")
    first = person.said("kt50000", stk_cd=BAR, ord_qty="5", ord_uv=low, trde_tp="00")
    assert first["return_msg"] == "매수주문이 완료되었습니다."
    assert len(first["ord_no"]) == 7
    assert set(first) == {"ord_no", "return_code", "return_msg"}
    reserved = person.said("kt50021")
    assert int(reserved["profa_ch"]) >= 5 * int(low)
    assert int(reserved["ord_alow_amt"]) == int(before["ord_alow_amt"]) - int(reserved["profa_ch"])
    moved = person.said(
        "kt50002", stk_cd=BAR, orig_ord_no=first["ord_no"], mdfy_qty="0", mdfy_uv=str(int(low) + 10)
    )
    assert (moved["base_orig_ord_no"], moved["mdfy_qty"]) == (first["ord_no"], "000000000005")
    gone = person.said("kt50003", stk_cd=BAR, orig_ord_no=moved["ord_no"], cncl_qty="2")
    assert (gone["base_orig_ord_no"], gone["cncl_qty"]) == (first["ord_no"], "000000000002")
    assert gone["return_msg"] == "매수취소 주문입력이 완료되었습니다"
    day = today(person)
    (open_one,) = person.said("kt50075", **orders_body(day))["acnt_ord_oso_prst"]
    assert (open_one["ord_no"], open_one["ord_remnq"]) == (moved["ord_no"], "0000000003")
    detail = person.said("kt50031", **orders_body(day))["acnt_ord_cntr_prps_dtl"]
    assert [row["mdfy_cncl"] for row in detail] == ["", "정정", "취소"]
    assert [row["ori_ord"] for row in detail] == ["0000000", first["ord_no"], moved["ord_no"]]
    assert all(row["ord_tm"].count(":") == 2 for row in detail)
    backwards = person.said("kt50030", **orders_body(day, qry_tp="2"))["acnt_ord_cntr_prst"]
    assert [row["ord_no"] for row in backwards] == [row["ord_no"] for row in detail][::-1]
    assert person.said("kt50031", **orders_body(day, qry_tp="4"))["acnt_ord_cntr_prps_dtl"] == []
    assert person.said("kt50031", **orders_body(day, sell_tp="1"))["acnt_ord_cntr_prps_dtl"] == []
    assert person.said("kt50031", **orders_body(day, dmst_stex_tp="NXT"))["acnt_ord_cntr_prps_dtl"] == []
    assert person.said("kt50031", **orders_body(day, stk_bond_tp="2"))["acnt_ord_cntr_prps_dtl"] == []
    assert person.said("kt50031", **orders_body(day, stk_cd=MINI))["acnt_ord_cntr_prps_dtl"] == []
    later = person.said("kt50031", **orders_body(day, fr_ord_no=gone["ord_no"]))["acnt_ord_cntr_prps_dtl"]
    assert [row["ord_no"] for row in later] == [gone["ord_no"]]


def test_what_the_gold_desk_refuses(fresh: Start, generous: dict[str, int]) -> None:
    person = fresh("real", **generous)
    price = abs(int(person.said("ka50010", stk_cd=BAR)["gold_cntr"][0]["cntr_pric"]))
    order = {"stk_cd": BAR, "ord_qty": "1", "ord_uv": str(price), "trde_tp": "00"}
    assert "571557" in person.refusal("kt50000", **{**order, "ord_uv": str(price + 3)})[1]
    assert "308003" in person.refusal("kt50000", **{**order, "ord_uv": ""})[1]
    assert "855056" in person.refusal("kt50000", **{**order, "ord_qty": "5000"})[1]
    assert "800033" in person.refusal("kt50001", **order)[1]
    assert "1517" in person.refusal("kt50000", **{**order, "stk_cd": "M04020999"})[1]
    assert "1517" in person.refusal("kt50000", **{**order, "trde_tp": "3"})[1]
    assert "1511" in person.refusal("kt50000", **{**order, "trde_tp": ""})[1]
    missing = {"stk_cd": BAR, "orig_ord_no": "0000001", "cncl_qty": "0"}
    assert person.refusal("kt50003", **missing)[0] == 20


def test_the_mock_host_has_no_gold_account(mock_caller: Caller) -> None:
    for tr in ("kt50020", "kt50021", "kt50032"):
        assert mock_caller.refusal(tr) == (20, "[2000](RC9000:모의투자에서는 해당업무가 제공되지 않습니다.)")
    assert mock_caller.said("ka50100", stk_cd=BAR)["trde_qty"]


def test_a_key_without_the_contract_is_refused(fresh: Start) -> None:
    person = fresh("real", gold="none")
    for tr, body in (("kt50020", {}), ("kt50000", {"stk_cd": BAR, "ord_qty": "1", "trde_tp": "00"})):
        family, words = person.refusal(tr, **body)
        assert family == 20
        assert "508540" in words
