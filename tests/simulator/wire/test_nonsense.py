"""Whatever an order or an account question says, it is answered or refused; a refusal leaves nothing behind."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.credit import Credit
from kiwoomweb.simulator.exchange import Exchange, OrderRefused
from kiwoomweb.simulator.refusals import Refusal
from tests.simulator.core.conftest import FRIDAY, at
from tests.simulator.wire.replying import told

ORDERS = ("kt10000", "kt10001", "kt10002", "kt10003", "kt10006", "kt10007", "kt10008", "kt10009")
QUESTIONS = (
    *("ka01690", "ka10072", "ka10073", "ka10074", "ka10075", "ka10076", "ka10077", "ka10085", "ka10088"),
    *("ka10170", "kt00001", "kt00002", "kt00003", "kt00004", "kt00005", "kt00007", "kt00008", "kt00009"),
    *("kt00010", "kt00011", "kt00012", "kt00013", "kt00015", "kt00016", "kt00017", "kt00018"),
)
ODD = ("", "0", "00", "-1", "1", "2", "7", "10", "²", "٣", "x", "1.5", " 5 ", "9" * 12, "9" * 13, "1" * 400)
CODES = ("005930", "000660", "00104K", "999999", "A005930", "005930_NX", "005930_AL", "", "삼성", "00593")
DAYS = ("20261120", "20261119", "20261121", "00010101", "99991231", "20261131", "", "2026-11-20", "today")


@pytest.fixture(scope="module")
def exchange() -> Exchange:
    return in_the_middle_of_things()


def in_the_middle_of_things() -> Exchange:
    """Own shares, shares on credit and an order that waits, of each kind."""
    one = Exchange.opened(trader=False, now=at("10:30:00"))
    for credit in (Credit.CASH, Credit.LOAN):
        one.place(Side.BUY, "005930", 5, kind="3", credit=credit)
        one.place(Side.BUY, "005930", 2, one.quote("005930").lower_limit, credit=credit)
    one.jump(at("10:31:00"))
    return one


def value_for(name: str, choices: list[str], numbers: list[str]) -> st.SearchStrategy[str]:
    """Mostly what the field wants, sometimes anything."""
    if choices:
        return st.sampled_from([*choices, *choices, "ZZ", ""])
    if name == "stk_cd":
        return st.sampled_from([*CODES, *["005930"] * 8])
    if name.endswith(("_dt", "dt")):
        return st.sampled_from(DAYS)
    if name in ("orig_ord_no", "ord_no", "fr_ord_no"):
        return st.sampled_from([*numbers, *numbers, *ODD])
    if name.endswith("uv"):
        return st.sampled_from(["", "72000", "71900", "70050", "1", "95200", "99999999", *ODD])
    return st.sampled_from([*ODD, "1", "2", "3"]) | st.text(max_size=14)


def body_for(data: st.DataObject, tr_id: str, numbers: list[str]) -> dict[str, str]:
    fields = find(tr_id).request
    return {one.name: data.draw(value_for(one.name, list(one.choices), numbers)) for one in fields}


def standing(exchange: Exchange) -> tuple[Any, ...]:
    return exchange.orders_on(FRIDAY), exchange.positions(), exchange.deposit(), exchange.sequence


@settings(max_examples=200)
@given(st.data())
def test_an_order_is_taken_whole_or_leaves_nothing_behind(data: st.DataObject) -> None:
    exchange = in_the_middle_of_things()
    tr_id, before = data.draw(st.sampled_from(ORDERS)), standing(exchange)
    numbers = [order.number for order in exchange.orders_on(FRIDAY)]
    try:
        said = told(exchange, tr_id, **body_for(data, tr_id, numbers))
    except (Refusal, OrderRefused) as no:
        assert str(no)
        assert standing(exchange) == before
        return
    new = [order for order in exchange.orders_on(FRIDAY) if order.number not in numbers]
    assert [order.number for order in new] == [said["ord_no"]]
    assert bool(new[0].credit) is (tr_id > "kt10005")
    assert new[0].quantity > 0
    assert exchange.deposit().buying_power >= 0


@settings(max_examples=400)
@given(st.data())
def test_a_question_is_answered_or_refused_and_changes_nothing(exchange: Exchange, data: st.DataObject) -> None:
    tr_id, before = data.draw(st.sampled_from(QUESTIONS)), standing(exchange)
    numbers = [order.number for order in exchange.orders_on(FRIDAY)]
    try:
        said = told(exchange, tr_id, **body_for(data, tr_id, numbers))
    except Refusal as no:
        assert str(no)
    else:
        assert all(isinstance(value, str | list) for value in said.values())
    assert standing(exchange) == before


@pytest.mark.parametrize("tr_id", ["kt10000", "kt10001", "kt10006", "kt10003"])
@pytest.mark.parametrize("code", ["999999", "A005930", "005930_NX", "00593"])
def test_an_order_for_what_is_no_share_is_refused_by_the_gateway(
    exchange: Exchange, tr_id: str, code: str
) -> None:
    named = {"dmst_stex_tp": "KRX", "stk_cd": code, "ord_qty": "1", "trde_tp": "3"}
    with pytest.raises(Refusal) as no:
        told(exchange, tr_id, **named, orig_ord_no="0000001", cncl_qty="0")
    assert (no.value.family, no.value.code) == (5, "1902")
