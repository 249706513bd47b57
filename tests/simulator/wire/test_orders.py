"""PROTOCOL 11, 51-62: orders over the wire, as far as the ledger's rules go."""

from datetime import timedelta
from typing import Any

import pytest

from kiwoomweb.simulator.serve import OPENING
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.conftest import Start

MARKET = {
    "dmst_stex_tp": "KRX",
    "stk_cd": "005930",
    "ord_qty": "10",
    "ord_uv": "",
    "trde_tp": "3",
    "cond_uv": "",
}
OPEN = {"all_stk_tp": "0", "trde_tp": "0", "stex_tp": "0"}
HOLDINGS = {"qry_tp": "1", "dmst_stex_tp": "KRX"}


@pytest.fixture
def trader(fresh: Start, generous: dict[str, Any]) -> Caller:
    return fresh(**generous)


def limit(caller: Caller, *, price: str = "", **other: str) -> dict[str, str]:
    """A buy far below the market, which waits."""
    low = price or caller.said("ka10001", stk_cd="005930")["lst_pric"].lstrip("-")
    return {**MARKET, "trde_tp": "0", "ord_uv": low, **other}


@pytest.mark.behaviour(51)
@pytest.mark.parametrize(
    ("profile", "words"),
    [
        ("real", ("매수주문이 완료되었습니다.", "매수취소 주문입력이 완료되었습니다")),
        ("mock", ("모의투자 매수주문완료", "모의투자 취소주문완료")),
    ],
)
def test_what_success_says(
    fresh: Start, generous: dict[str, Any], profile: str, words: tuple[str, str]
) -> None:
    caller = fresh(profile, **generous)
    placed = caller.said("kt10000", **limit(caller))
    assert set(placed) == {"ord_no", "dmst_stex_tp", "return_code", "return_msg"}
    assert (len(placed["ord_no"]), placed["dmst_stex_tp"], placed["return_msg"]) == (7, "KRX", words[0])
    cancelled = caller.said(
        "kt10003", dmst_stex_tp="KRX", orig_ord_no=placed["ord_no"], stk_cd="005930", cncl_qty="0"
    )
    assert set(cancelled) == {"ord_no", "base_orig_ord_no", "cncl_qty", "return_code", "return_msg"}
    assert cancelled["return_msg"] == words[1]
    assert int(cancelled["ord_no"]) > int(placed["ord_no"])


@pytest.mark.behaviour(52)
def test_a_chain_names_its_root(trader: Caller) -> None:
    root = trader.said("kt10000", **limit(trader))["ord_no"]
    named = {"dmst_stex_tp": "KRX", "stk_cd": "005930"}
    price = trader.said("ka10001", stk_cd="005930")["base_pric"]
    modified = trader.said("kt10002", **named, orig_ord_no=root, mdfy_qty="0", mdfy_uv=price)
    assert (modified["base_orig_ord_no"], modified["mdfy_qty"]) == (root, "000000000010")
    cancelled = trader.said("kt10003", **named, orig_ord_no=modified["ord_no"], cncl_qty="0")
    assert cancelled["base_orig_ord_no"] == root
    assert len({root, modified["ord_no"], cancelled["ord_no"]}) == 3


@pytest.mark.behaviour(52)
def test_unknown_old_and_cancelled_numbers_are_refused(trader: Caller) -> None:
    root = trader.said("kt10000", **limit(trader))["ord_no"]
    named = {"dmst_stex_tp": "KRX", "stk_cd": "005930", "cncl_qty": "0"}
    cancel = trader.said("kt10003", **named, orig_ord_no=root)["ord_no"]
    for number in ("9999999", root, cancel):
        family, words = trader.refusal("kt10003", **named, orig_ord_no=number)
        assert family == 20
        assert words.startswith("[2000](")
    assert "571435" in trader.refusal("kt10003", **named, orig_ord_no=cancel)[1]


@pytest.mark.behaviour(53)
def test_a_partial_cancellation_leaves_the_rest_working(trader: Caller) -> None:
    number = trader.said("kt10000", **limit(trader))["ord_no"]
    told = trader.said("kt10003", dmst_stex_tp="KRX", stk_cd="005930", orig_ord_no=number, cncl_qty="4")
    assert told["cncl_qty"] == "000000000004"
    [row] = trader.said("ka10075", **OPEN)["oso"]
    assert (row["ord_no"], row["oso_qty"]) == (number, "6")


@pytest.mark.behaviour(54)
def test_too_little_money_and_too_few_shares(trader: Caller) -> None:
    poor = trader.ask("kt10000", limit(trader, ord_qty="9999999"))
    assert poor.status_code == 200
    assert poor.json()["return_code"] == 20
    assert "[2000](855056:매수증거금이 부족합니다." in poor.json()["return_msg"]
    assert "매수가능)" in poor.json()["return_msg"]
    assert "ord_no" not in poor.json()
    assert "(800033:" in trader.refusal("kt10001", **MARKET)[1]


@pytest.mark.behaviour(54)
def test_the_mock_host_says_it_with_its_own_codes(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh("mock", **generous)
    assert "(RC4025:" in caller.refusal("kt10000", **limit(caller, ord_qty="9999999"))[1]


@pytest.mark.behaviour(55)
def test_prices_off_the_grid_and_missing_prices(trader: Caller) -> None:
    price = int(limit(trader)["ord_uv"])
    assert "(571557:" in trader.refusal("kt10000", **limit(trader, price=str(price + 1)))[1]
    assert "(308003:" in trader.refusal("kt10000", **{**MARKET, "trde_tp": "0"})[1]


@pytest.mark.behaviour(56)
def test_the_mock_host_knows_only_krx(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh("mock", **generous)
    for venue in ("NXT", "SOR"):
        assert "(RC9000:" in caller.refusal("kt10000", **limit(caller, dmst_stex_tp=venue))[1]
    assert "(RC4026:" in caller.refusal("kt10000", **{**MARKET, "trde_tp": "6"})[1]


@pytest.mark.behaviour(57)
@pytest.mark.parametrize(("hour", "code"), [(8, "RC4057"), (16, "RC4058")])
def test_the_mock_host_has_hours(fresh: Start, generous: dict[str, Any], hour: int, code: str) -> None:
    caller = fresh("mock", opening=OPENING.replace(hour=hour, minute=10), **generous)
    assert f"({code}:" in caller.refusal("kt10000", **MARKET)[1]


@pytest.mark.behaviour(57)
def test_no_market_orders_in_the_after_market(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh(opening=OPENING.replace(hour=16, minute=30), **generous)
    assert "(521790:" in caller.refusal("kt10000", **MARKET)[1]


@pytest.mark.behaviour(58)
def test_an_sor_cancellation_needs_an_sor_order(trader: Caller) -> None:
    number = trader.said("kt10000", **limit(trader))["ord_no"]
    named = {"stk_cd": "005930", "orig_ord_no": number, "cncl_qty": "0"}
    assert "(571412:" in trader.refusal("kt10003", **named, dmst_stex_tp="SOR")[1]


@pytest.mark.behaviour(60)
def test_the_same_body_twice_is_two_orders(trader: Caller) -> None:
    body = limit(trader)
    assert trader.said("kt10000", **body)["ord_no"] != trader.said("kt10000", **body)["ord_no"]
    assert len(trader.said("ka10075", **OPEN)["oso"]) == 2


@pytest.mark.behaviour(61)
def test_day_orders_vanish_and_their_money_returns(trader: Caller) -> None:
    before = trader.said("kt00001", qry_tp="3")["ord_alow_amt"]
    trader.said("kt10000", **limit(trader))
    assert trader.said("kt00001", qry_tp="3")["ord_alow_amt"] < before
    trader.broker.clock.jump(OPENING.replace(hour=15, minute=31))
    assert trader.said("ka10075", **OPEN)["oso"] == []
    assert trader.said("kt00001", qry_tp="3")["ord_alow_amt"] == before


@pytest.mark.behaviour(62)
def test_acceptance_reserves_money_and_shares(trader: Caller) -> None:
    trader.said("kt10000", **MARKET)
    trader.broker.clock.jump(OPENING + timedelta(minutes=5))
    high = trader.said("ka10001", stk_cd="005930")["upl_pric"].lstrip("+")
    [before] = trader.said("kt00018", **HOLDINGS)["acnt_evlt_remn_indv_tot"]
    trader.said("kt10001", **{**MARKET, "trde_tp": "0", "ord_uv": high, "ord_qty": "4"})
    [after] = trader.said("kt00018", **HOLDINGS)["acnt_evlt_remn_indv_tot"]
    assert (int(before["trde_able_qty"]), int(after["trde_able_qty"])) == (10, 6)
    assert after["rmnd_qty"] == before["rmnd_qty"]


def test_a_blank_quantity_is_a_missing_input(trader: Caller) -> None:
    assert "파라미터=ord_qty" in trader.refusal("kt10000", **{**MARKET, "ord_qty": ""})[1]
    assert "파라미터=ord_qty" in trader.refusal("kt10000", **{**MARKET, "ord_qty": "ten"})[1]
    assert "[1517:" in trader.refusal("kt10000", **{**MARKET, "dmst_stex_tp": "NYSE"})[1]


def test_gold_is_not_for_this_account(trader: Caller) -> None:
    gold = {"stk_cd": "M04020000", "ord_qty": "1", "ord_uv": "100000", "trde_tp": "00"}
    assert trader.ask("kt50000", gold).json()["return_code"] == 20
