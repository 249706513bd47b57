"""Whatever a person orders, on credit or off, every account TR tells the same story, to the won."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from kiwoomweb.simulator.account_facts import CashKind
from kiwoomweb.simulator.exchange import Exchange
from tests.simulator.core.conftest import at
from tests.simulator.core.playing import START, begun, histories, play
from tests.simulator.wire.replying import told

VENUE = {"dmst_stex_tp": "KRX"}
LEDGER = {"tp": "0", "gds_tp": "0", "dmst_stex_tp": "%"}
ORDERS = {"qry_tp": "1", "stk_bond_tp": "0", "sell_tp": "0", "dmst_stex_tp": "%"}


def won(text: str) -> int:
    return int(Decimal(text))


def total(rows: list[dict[str, str]], name: str) -> int:
    return sum(won(row[name]) for row in rows)


def day(value: date) -> str:
    return f"{value:%Y%m%d}"


def the_same_money(exchange: Exchange) -> None:
    """kt00001-kt00005, kt00010-kt00013, kt00016-kt00018 and ka01690 about money."""
    today = day(exchange.now().date())
    cash, value, filled = (
        told(exchange, "kt00001", qry_tp="3"),
        told(exchange, "kt00004", qry_tp="0", **VENUE),
        told(exchange, "kt00005", **VENUE),
    )
    last = told(exchange, "kt00002", start_dt=today, end_dt=today)["daly_prsm_dpst_aset_amt_prst"][-1]
    closed, margin = told(exchange, "ka01690", qry_dt=today), told(exchange, "kt00013")
    period = told(exchange, "kt00016", fr_dt=day(START.date()), to_dt=today)
    buying = told(exchange, "kt00011", stk_cd="005930")
    lending = told(exchange, "kt00012", stk_cd="005930")
    thought = told(exchange, "kt00010", stk_cd="005930", trde_tp="2", uv="70000")
    flow, balance = told(exchange, "kt00017"), told(exchange, "kt00018", qry_tp="1", **VENUE)

    def one(*values: str) -> int:
        assert len({won(text) for text in values}) == 1, values
        return won(values[0])

    one(
        *(cash["entr"], value["entr"], filled["entr"], last["entr"], closed["dbst_bal"], margin["ch_amt"]),
        *(period["entr_to"], buying["entr"], lending["entr"], thought["entr"]),
    )
    one(cash["d1_entra"], filled["entr_d1"])
    one(
        *(cash["d2_entra"], value["d2_entra"], filled["entr_d2"], thought["d2entra"]),
        *(flow["d2_entra"], margin["d2vexct_entr"]),
    )
    power = one(
        *(cash["ord_alow_amt"], cash["100stk_ord_alow_amt"], filled["ord_alowa"], buying["ord_alowa"]),
        *(buying["min_ord_alow_amt"], lending["ord_alowa"], thought["profa_100ord_alow_amt"]),
        *(margin["100ord_alow_amt"], thought["ord_alowa"]),
    )
    parts = margin["use_pos_ch"], margin["pred_reu_alowa"], margin["tdy_reu_alowa"]
    assert sum(map(won, parts)) == power
    one(cash["20stk_ord_alow_amt"], filled["20ord_alow_amt"], thought["profa_20ord_alow_amt"])
    one(cash["pymn_alow_amt"], filled["pymn_alow_amt"], thought["wthd_alowa"])
    one(
        *(balance["prsm_dpst_aset_amt"], value["prsm_dpst_aset_amt"], last["prsm_dpst_aset_amt"]),
        *(closed["day_stk_asst"], period["tot_amt_to"]),
        told(exchange, "kt00003", qry_tp="0")["prsm_dpst_aset_amt"],
    )
    one(
        *(cash["loan_sum"], filled["crd_loan_tot"], last["crd_loan"], period["crd_loan_to"]),
        *(flow["crd_loan_d2"], balance["tot_crd_loan_amt"]),
    )


def the_same_holdings(exchange: Exchange) -> None:
    """kt00004, kt00005, kt00018 (both ways), ka10085 and ka01690 about shares."""
    today = day(exchange.now().date())
    value, filled = told(exchange, "kt00004", qry_tp="0", **VENUE), told(exchange, "kt00005", **VENUE)
    merged, apart = (told(exchange, "kt00018", qry_tp=kind, **VENUE) for kind in "12")
    rows, lots = merged["acnt_evlt_remn_indv_tot"], apart["acnt_evlt_remn_indv_tot"]
    valued, kept = value["stk_acnt_evlt_prst"], filled["stk_cntr_remn"]
    listed = told(exchange, "ka10085", stex_tp="0")["acnt_prft_rt"]
    closed = told(exchange, "ka01690", qry_dt=today)
    open_rows = [row for row in kept if won(row["cur_qty"])]
    assert [(r["stk_cd"], won(r["rmnd_qty"]), r["loan_dt"]) for r in valued] == [
        (r["stk_cd"], won(r["cur_qty"]), r["loan_dt"]) for r in open_rows
    ]
    assert [(r["stk_cd"], won(r["rmnd_qty"]), r["crd_loan_dt"]) for r in lots] == [
        (r["stk_cd"], won(r["cur_qty"]), r["loan_dt"]) for r in open_rows
    ]
    assert [(f"A{r['stk_cd']}", won(r["rmnd_qty"]), r["crd_tp"]) for r in listed] == [
        (r["stk_cd"], won(r["cur_qty"]), r["crd_tp"]) for r in kept
    ]
    assert [(r["evlt_amt"], r["pl_amt"]) for r in valued] == [
        (r["evlt_amt"], r["evltv_prft"]) for r in open_rows
    ]
    for net, gross in zip(valued, lots, strict=True):
        costs = won(gross["sum_cmsn"]) + won(gross["tax"])
        assert won(net["evlt_amt"]) == won(gross["evlt_amt"]) - costs
        assert won(net["pl_amt"]) == won(gross["evltv_prft"]) == won(net["evlt_amt"]) - won(net["pur_amt"])
    for name, head in (("pur_amt", "tot_pur_amt"), ("evlt_amt", "tot_evlt_amt"), ("evltv_prft", "tot_evlt_pl")):
        assert total(rows, name) == total(lots, name) == won(apart[head]) == won(merged[head])
    assert won(value["tot_est_amt"]) == won(merged["tot_evlt_amt"]) == won(closed["tot_evlt_amt"])
    assert won(filled["tot_pl_tot"]) == won(merged["tot_evlt_pl"]) == won(closed["tot_evltv_prft"])
    assert won(filled["stk_buy_tot_amt"]) == won(value["tot_pur_amt"]) == won(closed["tot_buy_amt"])
    assert len({row["stk_cd"] for row in rows}) == len(rows)
    assert {row["stk_cd"]: won(row["rmnd_qty"]) for row in rows} == summed(lots, "stk_cd", "rmnd_qty")


def summed(rows: list[dict[str, str]], key: str, name: str) -> dict[str, int]:
    sums: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        sums[row[key]] += won(row[name])
    return dict(sums)


def the_same_settlement(exchange: Exchange) -> None:
    """kt00008 is what kt00001 expects of tomorrow."""
    cash, coming = told(exchange, "kt00001", qry_tp="3"), told(exchange, "kt00008")
    assert won(coming["sell_amt_sum"]) == won(cash["d1_sel_exct_amt"])
    assert won(coming["buy_amt_sum"]) == won(cash["d1_buy_exct_amt"])
    rows = coming["acnt_nxdy_setl_frcs_prps_array"]
    sold = [row for row in rows if row["sell_tp"] == "1"]
    assert total(sold, "exct_amt") == won(coming["sell_amt_sum"])
    for row in rows:
        if row["crd_tp"] == "00":
            costs = won(row["cmsn"]) + won(row["trde_tax"]) + won(row["rstx"])
            net = won(row["engg_amt"]) + (-costs if row in sold else costs)
            assert won(row["exct_amt"]) == net


def the_same_day(exchange: Exchange) -> None:
    """kt00017 is what ka10074 and ka10170 say of today."""
    today = day(exchange.now().date())
    flow, diary = told(exchange, "kt00017"), told(exchange, "ka10170", ottks_tp="2", ch_crd_tp="0")
    results = told(exchange, "ka10074", strt_dt=today, end_dt=today)
    assert won(flow["sell_amt"]) == won(results["tot_sell_amt"]) == won(diary["tot_sell_amt"] or "0")
    assert won(flow["buy_amt"]) == won(results["tot_buy_amt"]) == won(diary["tot_buy_amt"] or "0")
    costs = won(flow["cmsn"]) + won(flow["tax"])
    assert costs == won(results["trde_cmsn"]) + won(results["trde_tax"]) == won(diary["tot_cmsn_tax"] or "0")


def the_same_past(exchange: Exchange) -> None:
    """kt00002, ka01690 and the ends of kt00016 about every day that is over."""
    first, today = START.date(), exchange.now().date()
    rows = told(exchange, "kt00002", start_dt=day(first), end_dt=day(today))["daly_prsm_dpst_aset_amt_prst"]
    assert [row["dt"] for row in rows] == [day(first + timedelta(days=n)) for n in range(len(rows))]
    assert rows[-1]["dt"] == day(today)
    for row in rows:
        closed = told(exchange, "ka01690", qry_dt=row["dt"])
        period = told(exchange, "kt00016", fr_dt=day(first), to_dt=row["dt"])
        assert won(row["entr"]) == won(closed["dbst_bal"]) == won(period["entr_to"])
        assert won(row["prsm_dpst_aset_amt"]) == won(closed["day_stk_asst"]) == won(period["tot_amt_to"])
        assert won(row["crd_loan"]) == won(period["crd_loan_to"])
        flows = won(period["termin_tot_trns"]) - won(period["termin_tot_pymn"])
        assert won(period["evltv_prft"]) == won(period["tot_amt_to"]) - won(period["tot_amt_fr"]) - flows


@settings(max_examples=8)
@given(histories)
def test_every_account_tr_tells_the_same_story_at_every_instant(history: list[Any]) -> None:
    exchange = begun()
    for step in history:
        play(exchange, step)
        the_same_money(exchange)
        the_same_holdings(exchange)
        the_same_settlement(exchange)
        the_same_day(exchange)
    the_same_past(exchange)


@pytest.mark.behaviour(82)
@settings(max_examples=15)
@given(histories)
def test_a_journal_rebuilt_from_trs_alone_is_the_ledger(history: list[Any]) -> None:
    exchange = begun()
    for step in history:
        play(exchange, step)
    exchange.jump(at("09:00:00", exchange.trading_day_after(exchange.now().date(), 2)))
    last = exchange.now().date()
    span = {"strt_dt": day(START.date()), "end_dt": day(last)}
    days = [START.date() + timedelta(days=n) for n in range((last - START.date()).days + 1)]
    booked = told(exchange, "kt00015", **span, **LEDGER)["trst_ovrl_trde_prps_array"]
    cash_from_the_statement(exchange, booked)
    shares_from_the_orders(exchange, days)
    costs_and_results(exchange, booked, span, days)


def cash_from_the_statement(exchange: Exchange, booked: list[dict[str, str]]) -> None:
    """Money, loans and interest add up from kt00015 alone."""
    into = {"입금", "매도"}
    cash = sum(won(row["exct_amt"]) * (1 if row["io_tp_nm"] in into else -1) for row in booked)
    money = exchange.deposit()
    assert cash == money.cash == money.d2 == won(told(exchange, "kt00001", qry_tp="3")["d2_entra"])
    owed = sum(won(row["loan_amt_rpya"]) * (-1 if row["io_tp_nm"] == "매도" else 1) for row in booked)
    assert owed == money.owed
    for row in booked:
        costs = won(row["cmsn"]) + won(row["trde_agri_tax"]) + won(row["int_ls_usfe"])
        lent, amount = won(row["loan_amt_rpya"]), won(row["trde_amt"])
        net = {"매수": amount + costs - lent, "매도": amount - costs - lent}.get(row["io_tp_nm"], amount)
        assert won(row["exct_amt"]) == net


def shares_from_the_orders(exchange: Exchange, days: list[date]) -> None:
    """Replaying kt00007 gives the lots of kt00018; a sale of all loans is known by its share only."""
    held: defaultdict[tuple[str, bool], int] = defaultdict(int)
    for one in days:
        for row in told(exchange, "kt00007", ord_dt=day(one), **ORDERS)["acnt_ord_cntr_prps_dtl"]:
            sign = -1 if row["io_tp_nm"].endswith("매도") else 1
            held[row["stk_cd"], row["io_tp_nm"].startswith("신용")] += sign * won(row["cntr_qty"])
    lots = told(exchange, "kt00018", qry_tp="2", **VENUE)["acnt_evlt_remn_indv_tot"]
    shown: defaultdict[tuple[str, bool], int] = defaultdict(int)
    for row in lots:
        shown[row["stk_cd"], row["crd_tp"] != "00"] += won(row["rmnd_qty"])
    assert {lot: count for lot, count in held.items() if count} == dict(shown)


def costs_and_results(
    exchange: Exchange, booked: list[dict[str, str]], span: dict[str, str], days: list[date]
) -> None:
    """Fees and taxes of kt00015 are those of ka10074; sales add up to the days within the cut of each row."""
    results, rows = told(exchange, "ka10074", **span), told(exchange, "ka10073", **span)["dt_stk_rlzt_pl"]
    assert won(results["trde_cmsn"]) == total(booked, "cmsn")
    assert won(results["trde_tax"]) == total(booked, "trde_agri_tax") == total(rows, "tdy_trde_tax")
    assert won(results["tot_sell_amt"]) == sum(won(r["cntr_pric"]) * won(r["cntr_qty"]) for r in rows)
    realised = sum((Decimal(row["tdy_sel_pl"]) for row in rows), Decimal(0))
    assert abs(realised - won(results["rlzt_pl"])) <= 21 * len(rows)
    facts = exchange.realised_days(days[0], days[-1])
    assert won(results["rlzt_pl"]) == sum(one.realised for one in facts)
    bought = sum(row.amount for row in exchange.cash_ledger(days[0], days[-1]) if row.kind in BUYS)
    cost = sum(Decimal(row["buy_uv"]) * won(row["cntr_qty"]) for row in rows)
    left = won(told(exchange, "kt00018", qry_tp="1", **VENUE)["tot_pur_amt"])
    rounding = Decimal("0.01") * sum(won(row["cntr_qty"]) for row in rows) + 8
    assert abs(bought - cost - left) <= rounding


BUYS = {CashKind.BUY, CashKind.CREDIT_BUY}
