"""PROTOCOL 6.14-6.27: the account TRs beside holdings and orders, each in its own manner."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.exchange import Exchange, OrderRefused
from kiwoomweb.simulator.flows.classes import class_of
from kiwoomweb.simulator.profile import MOCK
from kiwoomweb.simulator.serve import OPENING, Running
from tests.simulator.core.conftest import FRIDAY, at
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.conftest import Start
from tests.simulator.wire.replying import told

SAMSUNG = "005930"
TODAY = f"{OPENING:%Y%m%d}"
BUY = {"dmst_stex_tp": "KRX", "stk_cd": SAMSUNG, "ord_qty": "10", "ord_uv": "", "trde_tp": "3"}
VENUE = {"dmst_stex_tp": "KRX"}
DAYS, SETTLING = "daly_prsm_dpst_aset_amt_prst", "acnt_nxdy_setl_frcs_prps_array"


def won(text: str) -> int:
    return int(Decimal(text))


@pytest.mark.behaviour(45)
def test_only_the_next_settlement_day_is_told_and_nothing_on_the_trade_day(
    fresh: Start, generous: dict[str, Any]
) -> None:
    caller = fresh(**generous)
    caller.said("kt10000", **BUY)
    caller.broker.clock.jump(OPENING + timedelta(minutes=5))
    assert caller.said("kt00008")[SETTLING] == []
    caller.broker.clock.jump(OPENING + timedelta(days=3))
    caller.log_in()
    caller.said("kt10000", **BUY)
    caller.broker.clock.jump(OPENING + timedelta(days=3, minutes=5))
    told_so = caller.said("kt00008")
    (row,) = told_so[SETTLING]
    assert (told_so["trde_dt"], told_so["setl_dt"], row["seq"]) == (TODAY, "20261124", "0000001")
    assert (row["sell_tp"], row["stk_cd"], won(row["qty"])) == ("2", "A005930", 10)
    assert won(row["exct_amt"]) == won(row["engg_amt"]) + won(row["cmsn"]) == won(told_so["buy_amt_sum"])
    assert won(told_so["sell_amt_sum"]) == 0
    assert caller.said("kt00008", strt_dcd_seq="0000002")[SETTLING] == []


@pytest.mark.behaviour(46)
def test_every_calendar_day_has_a_row_and_the_period_is_one_flat_answer(caller: Caller) -> None:
    rows = caller.rows("kt00002", DAYS, start_dt="20260801", end_dt="20261130")
    days = [date.fromisoformat(row["dt"]) for row in rows]
    assert days == [date(2026, 8, 1) + timedelta(days=n) for n in range(len(days))]
    assert (days[-1], len(days)) == (FRIDAY, 112)
    by_day = {row["dt"]: row for row in rows}
    friday, saturday, sunday = (by_day[f"202611{day}"] for day in (13, 14, 15))
    assert {**friday, "dt": ""} == {**saturday, "dt": ""} == {**sunday, "dt": ""}
    assert all(len(row[name]) == 12 for row in rows for name in ("entr", "prsm_dpst_aset_amt"))
    period = caller.said("kt00016", fr_dt="20261102", to_dt="20261113")
    assert not [name for name, value in period.items() if isinstance(value, list)]
    assert (period["tot_amt_fr"], period["tot_amt_to"]) == (
        by_day["20261101"]["prsm_dpst_aset_amt"],
        friday["prsm_dpst_aset_amt"],
    )
    assert period["entr_fr"] == by_day["20261101"]["entr"]
    flows = won(period["termin_tot_trns"]) - won(period["termin_tot_pymn"])
    gain = won(period["tot_amt_to"]) - won(period["tot_amt_fr"]) - flows
    assert won(period["evltv_prft"]) == gain
    rate = Decimal(gain) * 100 / won(period["invt_bsamt"])
    assert abs(Decimal(period["prft_rt"]) - rate) <= Decimal("0.005")


@pytest.mark.behaviour(46)
def test_periods_follow_one_another_without_a_gap(caller: Caller) -> None:
    spans = [("20260901", "20260930"), ("20261001", "20261031"), ("20261101", TODAY)]
    periods = [caller.said("kt00016", fr_dt=first, to_dt=last) for first, last in spans]
    for before, after in pairwise(periods):
        for name in ("entr", "scrt_evlt_amt", "tot_amt"):
            assert before[f"{name}_to"] == after[f"{name}_fr"]
    whole = caller.said("kt00016", fr_dt="20260901", to_dt=TODAY)
    assert won(whole["evltv_prft"]) == sum(won(one["evltv_prft"]) for one in periods)


def test_a_period_that_ends_before_it_begins_is_refused(caller: Caller) -> None:
    assert "파라미터=to_dt" in caller.refusal("kt00016", fr_dt=TODAY, to_dt="20261101")[1]
    assert "파라미터=end_dt" in caller.refusal("kt00002", start_dt=TODAY, end_dt="20261101")[1]


def test_nothing_is_told_of_days_before_the_account_or_after_today(caller: Caller) -> None:
    assert caller.said("kt00002", start_dt="00010101", end_dt="20200101")[DAYS] == []
    assert caller.said("kt00002", start_dt="20270101", end_dt="99991231")[DAYS] == []
    whole = caller.said("kt00016", fr_dt="00010101", to_dt="99991231")
    assert won(whole["tot_amt_fr"]) == 0
    assert won(whole["termin_tot_trns"]) > 0


def test_values_net_of_costs_have_four_decimals_and_the_mock_host_pads_them(
    caller: Caller, mock_caller: Caller
) -> None:
    row = caller.said("kt00004", qry_tp="0", **VENUE)["stk_acnt_evlt_prst"][0]
    assert len(row["pl_rt"].lstrip("-").partition(".")[2]) == 4
    assert abs(Decimal(row["pl_rt"]) - Decimal(won(row["pl_amt"])) * 100 / won(row["pur_amt"])) <= Decimal(
        "0.00005"
    )
    assert all(len(row[name]) == 12 for name in ("rmnd_qty", "avg_prc", "evlt_amt", "setl_remn"))
    for tr, name in (("kt00004", "stk_acnt_evlt_prst"), ("kt00005", "stk_cntr_remn")):
        asked = {"qry_tp": "0", **VENUE} if tr == "kt00004" else VENUE
        assert len(mock_caller.said(tr, **asked)[name][0]["pl_rt"]) == 12


def test_what_was_sold_out_today_stays_in_the_filled_balance_only(
    fresh: Start, generous: dict[str, Any]
) -> None:
    caller = fresh(**generous)
    caller.said("kt10000", **BUY)
    caller.broker.clock.jump(OPENING + timedelta(minutes=5))
    caller.said("kt10001", **BUY)
    caller.broker.clock.jump(OPENING + timedelta(minutes=10))
    (row,) = caller.said("kt00005", **VENUE)["stk_cntr_remn"]
    assert (row["stk_cd"], won(row["cur_qty"]), won(row["pur_amt"])) == ("A005930", 0, 0)
    assert caller.said("kt00004", qry_tp="0", **VENUE)["stk_acnt_evlt_prst"] == []


def test_only_the_margin_rate_that_applies_is_filled_in(caller: Caller, year: Running) -> None:
    share = class_of(year.call(lambda exchange: exchange.instrument(SAMSUNG)))
    answer = caller.said("kt00011", stk_cd=SAMSUNG, uv="70000")
    assert (answer["stk_profa_rt"], answer["profa_rt"], answer["aplc_rt"]) == (
        f"{share.margin}%",
        "100%",
        "100%",
    )
    assert {answer[f"profa_{rate}ord_alow_amt"] for rate in (20, 30, 40, 50, 60)} == {""}
    assert answer["profa_100ord_alowq"] == answer["min_ord_alowq"] != ""


def test_the_quantity_told_is_the_most_the_desk_takes(quiet_day: Exchange) -> None:
    price = quiet_day.quote(SAMSUNG).best_ask
    most = won(told(quiet_day, "kt00011", stk_cd=SAMSUNG, uv=str(price))["min_ord_alowq"])
    assert most == won(
        told(quiet_day, "kt00010", stk_cd=SAMSUNG, trde_tp="2", uv=str(price))["profa_100ord_alowq"]
    )
    with pytest.raises(OrderRefused, match=f"{most}주 매수가능"):
        quiet_day.place(Side.BUY, SAMSUNG, most + 1, price)
    quiet_day.place(Side.BUY, SAMSUNG, most, price)
    assert won(told(quiet_day, "kt00011", stk_cd=SAMSUNG, uv=str(price))["min_ord_alowq"]) == 0


def test_without_a_price_the_quantity_is_what_a_market_order_may_have(quiet_day: Exchange) -> None:
    most = won(told(quiet_day, "kt00011", stk_cd=SAMSUNG)["min_ord_alowq"])
    quiet_day.place(Side.BUY, SAMSUNG, most, kind="3")


def test_money_thought_of_as_paid_in_is_counted(quiet_day: Exchange) -> None:
    asked = {"stk_cd": SAMSUNG, "trde_tp": "2", "uv": "70000", "trde_qty": "3"}
    plain, more, less = (told(quiet_day, "kt00010", io_amt=io, **asked) for io in ("", "1000000", "-400000"))
    for name in ("entr", "ord_alowa", "wthd_alowa", "d2entra"):
        assert won(more[name]) == won(plain[name]) + 1_000_000
        assert won(less[name]) == won(plain[name]) - 400_000
    assert won(plain["pur_exct_amt"]) == won(plain["pur_amt"]) + won(plain["cmsn"]) == 210_030
    assert won(told(quiet_day, "kt00010", **{**asked, "trde_tp": "1"})["pur_amt"]) == 0


def test_a_share_without_credit_says_so(quiet_day: Exchange) -> None:
    share = next(one for one in quiet_day.instruments() if not class_of(one).on_credit)
    answer = told(quiet_day, "kt00012", stk_cd=share.code)
    assert (answer["stk_assr_rt"], answer["stk_assr_rt_nm"]) == ("100%", "신용불가")
    assert (won(answer["min_amt"]), won(answer["min_qty"])) == (0, 0)


@pytest.mark.parametrize("tr", ["kt00010", "kt00011", "kt00012"])
@pytest.mark.parametrize("code", ["999999", "A005930", "005930_NX"])
def test_an_unknown_share_is_refused(caller: Caller, tr: str, code: str) -> None:
    family, words = caller.refusal(tr, stk_cd=code, trde_tp="2", uv="70000")
    assert (family, "[1902:" in words) == (5, True)


@pytest.mark.parametrize("wrong", ["x", "-1", "²", "1" * 13, "1.5"])
def test_a_price_that_is_no_number_is_refused(caller: Caller, wrong: str) -> None:
    assert "[1517:" in caller.refusal("kt00011", stk_cd=SAMSUNG, uv=wrong)[1]


@pytest.mark.behaviour(49)
def test_the_mock_host_does_not_tell_credit_quantities(mock_caller: Caller) -> None:
    assert "(RC9000:" in mock_caller.refusal("kt00012", stk_cd=SAMSUNG)[1]


def test_margins_in_detail_are_fifteen_wide_and_add_up(caller: Caller) -> None:
    told_so = caller.said("kt00013")
    amounts = [value for name, value in told_so.items() if name not in ("evlt_repl_rt", "return_code")]
    assert {len(value) for value in amounts if value.isdigit()} == {15}
    assert told_so["evlt_repl_rt"] == "0.0000000"
    parts = ("use_pos_ch_fin", "pred_reu_alowa_fin", "tdy_reu_alowa_fin")
    assert sum(won(told_so[name]) for name in parts) == won(told_so["d2ch_ord_alow_amt"])
    assert won(told_so["ch_amt"]) == won(told_so["ch_profa"]) + won(told_so["use_pos_ch"])


def test_the_day_in_one_flat_answer(caller: Caller) -> None:
    told_so = caller.said("kt00017", acnt_no="ignored")
    assert not [name for name, value in told_so.items() if isinstance(value, list)]
    assert len(told_so) == 25 + 2


def test_the_mock_host_answers_what_it_knows() -> None:
    exchange = Exchange.opened(trader=False, profile="mock", now=at("10:30:00"))
    for tr, body in (("kt00003", {"qry_tp": "1"}), ("kt00008", {}), ("kt00013", {})):
        assert told(exchange, tr, MOCK, **body)


@pytest.fixture
def quiet_day() -> Exchange:
    return Exchange.opened(trader=False, now=at("10:30:00"))
