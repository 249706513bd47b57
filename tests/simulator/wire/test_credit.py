"""Orders on credit over the wire: kt10006-kt10009 and how every account TR shows what they did."""

from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from kiwoomweb.broker.calls import account, orders
from kiwoomweb.broker.client import Client
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.domain import Side
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.pacing import Unpaced
from kiwoomweb.broker.tokens import MemoryTokenStore
from kiwoomweb.simulator.account_facts import OrderEvent
from kiwoomweb.simulator.credit import Credit
from kiwoomweb.simulator.exchange import Exchange, OrderRefused
from kiwoomweb.simulator.flows.classes import class_of
from kiwoomweb.simulator.replies.realtime import balance_changed, order_event
from kiwoomweb.simulator.serve import OPENING
from tests.simulator.core.conftest import at
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.conftest import Start
from tests.simulator.wire.replying import told

BUY = {"dmst_stex_tp": "KRX", "stk_cd": "005930", "ord_qty": "10", "ord_uv": "", "trde_tp": "3"}
TODAY = f"{OPENING:%Y%m%d}"
HELD = {"dmst_stex_tp": "KRX"}
FILLED = {"qry_tp": "0", "sell_tp": "0", "stex_tp": "0"}
ORDERS = {"qry_tp": "1", "stk_bond_tp": "0", "sell_tp": "0", "dmst_stex_tp": "%", "ord_dt": TODAY}
FILLS = {**ORDERS, "qry_tp": "0", "mrkt_tp": "0"}


def later(caller: Caller, **by: float) -> None:
    caller.broker.clock.jump(caller.broker.clock.now() + timedelta(**by))


@pytest.fixture
def borrower(fresh: Start, generous: dict[str, Any]) -> Caller:
    """Ten shares on credit and four of one's own."""
    caller = fresh(**generous)
    said = caller.said("kt10006", **BUY)
    assert (len(said["ord_no"]), said["dmst_stex_tp"]) == (7, "KRX")
    assert said["return_msg"] == "신용 매수주문이 완료되었습니다."
    caller.said("kt10000", **{**BUY, "ord_qty": "4"})
    later(caller, minutes=1)
    return caller


@pytest.mark.behaviour(48)
def test_the_same_share_bought_both_ways_is_two_rows_and_one_when_merged(borrower: Caller) -> None:
    rows = borrower.rows("ka10085", "acnt_prft_rt", stex_tp="0")
    assert [(row["rmnd_qty"], row["crd_tp"], row["loan_dt"]) for row in rows] == [
        ("4", "00", "00000000"),
        ("10", "33", TODAY),
    ]
    assert (rows[1]["expr_dt"], rows[0]["expr_dt"]) == (
        f"{OPENING.date() + timedelta(days=90):%Y%m%d}",
        "00000000",
    )
    name = "acnt_evlt_remn_indv_tot"
    apart = borrower.rows("kt00018", name, qry_tp="2", **HELD)
    assert [(int(row["rmnd_qty"]), row["crd_tp"], row["crd_loan_dt"]) for row in apart] == [
        (4, "00", ""),
        (10, "33", TODAY),
    ]
    (merged,) = borrower.rows("kt00018", name, qry_tp="1", **HELD)
    for sum_of in ("rmnd_qty", "pur_amt", "evlt_amt", "evltv_prft", "tax", "sum_cmsn", "trde_able_qty"):
        assert int(merged[sum_of]) == sum(int(row[sum_of]) for row in apart)
    heads = [borrower.said("kt00018", qry_tp=kind, **HELD) for kind in "12"]
    assert all(heads[0][key] == heads[1][key] for key in heads[0] if key.startswith(("tot_", "prsm_")))
    assert int(heads[0]["tot_crd_loan_amt"]) == int(rows[1]["crd_amt"]) > 0


def test_the_loan_is_the_same_number_wherever_it_is_told(borrower: Caller) -> None:
    owed = int(borrower.rows("ka10085", "acnt_prft_rt", stex_tp="0")[1]["crd_amt"])
    money = borrower.said("kt00001", qry_tp="3")
    assert int(money["loan_sum"]) == owed
    assert float(money["crd_grnt_rt"]) > 140


def test_orders_say_with_whose_money(borrower: Caller) -> None:
    own, lent = borrower.said("ka10076", **FILLED)["cntr"]
    assert (own["io_tp_nm"], lent["io_tp_nm"]) == ("+매수", "+매수신용")
    rows = borrower.rows("kt00007", "acnt_ord_cntr_prps_dtl", **ORDERS)
    assert [(row["io_tp_nm"], row["crd_tp"], row["loan_dt"]) for row in rows] == [
        ("신용매수", "융자", TODAY),
        ("현금매수", "보통매매", ""),
    ]
    fills = borrower.rows("kt00009", "acnt_ord_cntr_prst_array", **FILLS)
    assert [row["crd_deal_tp"] for row in fills] == ["융자", "보통매매"]


def test_the_diary_tells_cash_and_credit_apart(borrower: Caller) -> None:
    told = {kind: borrower.said("ka10170", ottks_tp="2", ch_crd_tp=kind) for kind in "012"}
    quantities = {kind: int(one["tdy_trde_diary"][0]["buy_qty"]) for kind, one in told.items()}
    assert quantities == {"0": 14, "1": 4, "2": 10}
    for key in ("tot_buy_amt", "tot_cmsn_tax", "tot_exct_amt"):
        assert int(told["0"][key]) == int(told["1"][key]) + int(told["2"][key])


def test_a_sale_names_the_loan_it_repays(borrower: Caller) -> None:
    sale = {**BUY, "ord_qty": "3", "crd_deal_tp": "33", "crd_loan_dt": TODAY}
    assert "필수입력 파라미터=crd_loan_dt" in borrower.refusal("kt10007", **{**sale, "crd_loan_dt": ""})[1]
    assert "융자잔고가 없습니다" in borrower.refusal("kt10007", **{**sale, "crd_loan_dt": "20261119"})[1]
    assert "[1517:" in borrower.refusal("kt10007", **{**sale, "crd_deal_tp": "01"})[1]
    assert "10주 매도가능" in borrower.refusal("kt10007", **{**sale, "ord_qty": "11"})[1]
    assert borrower.said("kt10007", **sale)["return_msg"] == "신용 매도주문이 완료되었습니다."
    borrower.said("kt10007", **{**sale, "crd_deal_tp": "99", "crd_loan_dt": ""})
    later(borrower, minutes=1)
    rows = borrower.rows("ka10073", "dt_stk_rlzt_pl", strt_dt=TODAY, end_dt=TODAY)
    assert {(row["crd_tp"], row["loan_dt"], row["tdy_htssel_cmsn"]) for row in rows} == {
        ("융자잔고", TODAY, "융자")
    }
    assert [row["rmnd_qty"] for row in borrower.rows("ka10085", "acnt_prft_rt", stex_tp="0")] == ["4", "4"]
    later(borrower, days=4)
    borrower.log_in()
    ledger = {"strt_dt": TODAY, "end_dt": "20261130", "tp": "3", "gds_tp": "0", "dmst_stex_tp": "%"}
    rows = borrower.rows("kt00015", "trst_ovrl_trde_prps_array", **ledger)
    assert [(row["rmrk_nm"], row["crd_deal_tp_nm"]) for row in rows] == [
        ("융자상환매도", "융자"),
        ("장내매수", ""),
        ("융자매수", "융자"),
    ]
    sold, _, bought = rows
    costs = int(sold["cmsn"]) + int(sold["trde_agri_tax"]) + int(sold["int_ls_usfe"])
    assert int(sold["exct_amt"]) == int(sold["trde_amt"]) - costs - int(sold["loan_amt_rpya"])
    assert int(bought["exct_amt"]) == int(bought["trde_amt"]) + int(bought["cmsn"]) - int(
        bought["loan_amt_rpya"]
    )


def test_an_order_on_credit_moves_and_goes_by_its_own_trs(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh(**generous)
    low = caller.said("ka10001", stk_cd="005930")["lst_pric"].lstrip("-")
    root = caller.said("kt10006", **{**BUY, "trde_tp": "0", "ord_uv": low})["ord_no"]
    named = {"dmst_stex_tp": "KRX", "stk_cd": "005930"}
    change = {**named, "mdfy_qty": "0", "mdfy_uv": str(int(low) + 100)}
    assert caller.refusal("kt10002", **change, orig_ord_no=root)[0] == 20
    moved = caller.said("kt10008", **change, orig_ord_no=root)
    assert (moved["base_orig_ord_no"], moved["mdfy_qty"]) == (root, "000000000010")
    assert caller.refusal("kt10003", **named, cncl_qty="0", orig_ord_no=moved["ord_no"])[0] == 20
    gone = caller.said("kt10009", **named, cncl_qty="4", orig_ord_no=moved["ord_no"])
    assert (gone["base_orig_ord_no"], gone["cncl_qty"]) == (root, "000000000004")
    assert "dmst_stex_tp" not in gone
    (waiting,) = caller.said("ka10075", all_stk_tp="0", trde_tp="0", stex_tp="0")["oso"]
    assert (waiting["io_tp_nm"], waiting["oso_qty"]) == ("+매수신용정정", "6")


@pytest.mark.parametrize("tr", ["kt10006", "kt10007", "kt10008", "kt10009"])
def test_the_mock_host_takes_no_credit_orders_unless_told_to(
    fresh: Start, generous: dict[str, Any], tr: str
) -> None:
    assert "(RC9000:" in fresh("mock", **generous).refusal(tr)[1]
    bent = fresh("mock", mock_credit=True, **generous)
    assert "[1511:" in bent.refusal(tr)[1]
    if tr == "kt10006":
        assert bent.said(tr, **BUY)["return_msg"] == "모의투자 신용 매수주문완료"


def stream_of(exchange: Exchange, since: int) -> list[dict[str, str]]:
    """The values of every 00 and 04 frame since then."""
    quote = exchange.quote("005930")
    told = [
        order_event("8112345611", event, "삼성전자", quote)
        if isinstance(event, OrderEvent)
        else balance_changed("8112345611", event, "삼성전자", quote)
        for event in exchange.events(since)
    ]
    return [{"type": one["type"], **one["values"]} for one in told]


@pytest.mark.behaviour(73)
def test_the_stream_says_whose_money_it_was() -> None:
    exchange = Exchange.opened(trader=False, now=at("10:30:00"))
    exchange.place(Side.BUY, "005930", 3, kind="3")
    exchange.jump(at("10:31:00"))
    since = exchange.sequence
    exchange.place(Side.BUY, "005930", 10, kind="3", credit=Credit.LOAN)
    exchange.jump(at("10:32:00"))
    frames = stream_of(exchange, since)
    orders, balances = ([one for one in frames if one["type"] == kind] for kind in ("00", "04"))
    assert {(one["905"], one["922"], one["923"]) for one in orders} == {("+매수신용", "33", TODAY)}
    lot = balances[-1]
    assert (lot["917"], lot["916"], lot["918"]) == ("33", TODAY, "20270218")
    assert (lot["930"], lot["958"]) == ("10", "0")
    assert int(lot["957"]) == exchange.deposit().owed
    exchange.jump(at("10:33:00", OPENING.date() + timedelta(days=3)))
    borrowed = exchange.sequence
    exchange.place(Side.BUY, "005930", 5, kind="3", credit=Credit.LOAN)
    exchange.jump(exchange.now() + timedelta(minutes=1))
    since = exchange.sequence
    assert since > borrowed
    exchange.place(Side.SELL, "005930", 12, kind="3", credit=Credit.LOANS)
    exchange.jump(exchange.now() + timedelta(minutes=1))
    frames = stream_of(exchange, since)
    fills = [one for one in frames if one["913" if one["type"] == "00" else "917"] in ("체결", "33")]
    sold = [one for one in fills if one["type"] == "00"]
    assert {(one["922"], one["923"]) for one in sold} == {("99", TODAY), ("99", "20261123")}
    assert sum(int(one["915"]) for one in sold) == int(sold[-1]["911"]) == 12
    left = [one for one in fills if one["type"] == "04"][-1]
    assert (left["916"], left["930"], left["990"]) == ("20261123", "3", "")
    assert left["992"].lstrip("-").isdigit()


def test_our_own_client_reads_every_lot(borrower: Caller) -> None:
    broker = borrower.broker
    keys = Credentials(broker.keys.app_key, broker.keys.app_secret)
    client = Client(
        keys,
        broker.address,
        tokens=MemoryTokenStore(),
        pacer=Unpaced(),
        environment=Environment.SIMULATOR,
    )
    with closing(client):
        lots = account.positions(client)
        assert [(one.quantity, one.credit, one.loan_date) for one in lots] == [
            (4, "00", None),
            (10, "33", OPENING.date()),
        ]
        held = broker.call(lambda exchange: list(exchange.positions()))
        assert [one.cost for one in lots] == [one.cost for one in held]
        balance = account.balance(client)
        assert balance.estimated_assets == broker.call(lambda exchange: exchange.deposit()).estimated_assets
        assert sum(one.quantity for one in balance.holdings) == 14
        own, lent = orders.filled_today(client)
        assert (own.label, lent.label, lent.side) == ("+매수", "+매수신용", Side.BUY)
        told = orders.orders_on(client, OPENING.date())
        assert {one.side for one in told} == {Side.BUY}


def test_the_lists_of_what_may_be_bought_on_credit_are_what_the_desk_takes() -> None:
    exchange = Exchange.opened(trader=False, now=at("10:30:00"))
    every = exchange.instruments()
    without = [one for one in every if not class_of(one).on_credit]
    taken = {True: 0, False: 0}
    for share in [*every[:12], *without[:12]]:
        able = told(exchange, "kt20017", stk_cd=share.code)["crd_alow_yn"] == "Y"
        power = told(exchange, "kt00012", stk_cd=share.code)
        assert (power["stk_assr_rt_nm"] != "신용불가") is able
        try:
            exchange.place(Side.BUY, share.code, 1, kind="3", credit=Credit.LOAN)
        except OrderRefused as no:
            if no.text == "매매거래정지 종목입니다":
                continue
            assert (no.text, able) == ("신용융자 불가종목입니다", False)
        else:
            assert able
        taken[able] += 1
    assert taken[True]
    assert taken[False]
