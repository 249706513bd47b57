"""Orders of the rarer kinds over the wire: what they carry in, and how every TR shows it."""

import pytest

from kiwoomweb.simulator.account_facts import OrderEvent
from kiwoomweb.simulator.exchange import Exchange, OrderRefused
from kiwoomweb.simulator.replies.realtime import order_event
from tests.simulator.core.conftest import at
from tests.simulator.wire.replying import told

SHARE = {"dmst_stex_tp": "KRX", "stk_cd": "005930"}
OPEN = {"all_stk_tp": "0", "trde_tp": "0", "stex_tp": "0"}
ORDERS = {"qry_tp": "1", "stk_bond_tp": "0", "sell_tp": "0", "dmst_stex_tp": "%"}


@pytest.fixture
def exchange() -> Exchange:
    return Exchange.opened(trader=False, now=at("10:30:00"))


@pytest.mark.parametrize(("buy", "change"), [("kt10000", "kt10002"), ("kt10006", "kt10008")])
def test_a_stop_price_goes_in_is_shown_and_can_be_moved(exchange: Exchange, buy: str, change: str) -> None:
    quote = exchange.quote("005930")
    limit, stop, other = (str(quote.upper_limit - 100 * n) for n in (0, 1, 2))
    order = {**SHARE, "ord_qty": "2", "ord_uv": limit, "trde_tp": "28", "cond_uv": stop}
    number = told(exchange, buy, **order)["ord_no"]
    (row,) = told(exchange, "ka10075", **OPEN)["oso"]
    assert (row["trde_tp"], row["ord_pric"], row["stop_pric"]) == ("스톱지정가", limit, stop)
    (row,) = told(exchange, "kt00007", **ORDERS)["acnt_ord_cntr_prps_dtl"]
    assert (row["cond_uv"], row["cntr_qty"]) == (stop.zfill(10), "0000000000")
    moved = told(exchange, change, **SHARE, orig_ord_no=number, mdfy_qty="0", mdfy_uv=limit, mdfy_cond_uv=other)
    (row,) = told(exchange, "ka10075", **OPEN)["oso"]
    assert (row["ord_no"], row["stop_pric"]) == (moved["ord_no"], other)


def test_the_stream_spells_a_stop_order_in_its_own_way(exchange: Exchange) -> None:
    high, since = exchange.quote("005930").upper_limit, exchange.sequence
    order = {**SHARE, "ord_qty": "2", "ord_uv": str(high), "trde_tp": "28", "cond_uv": str(high)}
    told(exchange, "kt10000", **order)
    (event,) = exchange.events(since)
    assert isinstance(event, OrderEvent)
    values = order_event("8112345611", event, "삼성전자", exchange.quote("005930"))["values"]
    assert values["906"] == "스톰지정가"


def test_a_stop_order_without_a_stop_price_is_refused(exchange: Exchange) -> None:
    price = str(exchange.quote("005930").best_ask)
    with pytest.raises(OrderRefused, match="조건단가를 입력하십시요"):
        told(exchange, "kt10000", **SHARE, ord_qty="2", ord_uv=price, trde_tp="28")


@pytest.mark.behaviour(55)
@pytest.mark.parametrize("venue", ["NXT", "SOR"])
@pytest.mark.parametrize("kind", ["5", "61", "81"])
def test_kinds_of_krx_alone_are_refused_elsewhere(exchange: Exchange, venue: str, kind: str) -> None:
    price = str(exchange.quote("005930").best_bid) if kind == "5" else ""
    with pytest.raises(OrderRefused, match="407022"):
        told(
            exchange,
            "kt10000",
            stk_cd="005930",
            dmst_stex_tp=venue,
            ord_qty="1",
            ord_uv=price,
            trde_tp=kind,
        )
