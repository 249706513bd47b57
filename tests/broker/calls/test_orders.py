"""Orders as four TRs tell them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kiwoomweb.broker.calls import orders
from kiwoomweb.broker.domain import SEOUL, Side, Venue
from kiwoomweb.broker.errors import Unreadable
from tests.broker.calls.samples import ORDER, REPLIES
from tests.broker.stage import said

DAY = date(2026, 8, 24)


def test_an_open_order_of_today_by_the_brokers_calendar(broker, stage):
    stage.now = datetime(2025, 6, 30, 2, 0, tzinfo=UTC)
    (order,) = orders.open_orders(broker)
    assert order.placed_at == datetime(2025, 6, 30, 10, 14, 14, tzinfo=SEOUL)
    assert (order.order_no, order.original_order_no, order.symbol) == ("0060327", "", "005930")
    assert (order.side, order.label, order.kind, order.status) == (Side.BUY, "+매수", "보통", "체결")
    assert (order.quantity, order.filled, order.remaining) == (2, 1, 1)
    assert (order.venue, order.routed) == (Venue.KRX, True)


def test_what_an_order_cost_today(broker):
    (order,) = orders.filled_today(broker)
    assert (order.fill_price, order.commission, order.tax) == (Decimal(250250), 870, 0)
    assert (order.venue, order.routed) == (Venue.KRX, False)


def test_no_orders_are_an_empty_list(broker, stage):
    stage["ka10075"] = {"oso": []}
    assert orders.open_orders(broker) == []


def test_an_order_of_another_day(broker):
    (order,) = orders.orders_on(broker, DAY)
    assert order.placed_at == datetime(2026, 8, 24, 13, 5, 43, tzinfo=SEOUL)
    assert (order.symbol, order.side, order.label, order.status) == ("069500", Side.BUY, "현금매수", "접수")
    assert (order.quantity, order.price, order.fill_price) == (1, 0, Decimal(4900))
    assert (order.commission, order.tax, order.original_order_no) == (None, None, "")
    assert (order.venue, order.routed) == (Venue.SOR, True)


def test_a_cancellation_is_a_line_of_its_own(broker, stage):
    (line,) = REPLIES["kt00007"]["acnt_ord_cntr_prps_dtl"]
    cancelled = line | {
        "ord_no": "0000051",
        "ori_ord": "0000050",
        "mdfy_cncl": "취소",
        "cntr_qty": "0000000000",
    }
    stage["kt00007"] = {"acnt_ord_cntr_prps_dtl": [line, cancelled]}
    _, order = orders.orders_on(broker, DAY)
    assert (order.status, order.original_order_no, order.fill_price) == ("취소", "0000050", 0)


def test_the_mock_says_in_words_that_a_day_has_no_orders(broker, stage):
    stage["kt00007"] = {"return_msg": "모의투자 해당조회내역이 없습니다."}
    assert orders.orders_on(broker, DAY) == []


def test_a_day_whose_orders_are_missing_is_not_a_day_without(broker, stage):
    stage["kt00007"] = {"return_msg": "조회가 완료되었습니다."}
    with pytest.raises(Unreadable):
        orders.orders_on(broker, DAY)


def test_the_parts_of_a_split_order_tell_no_price_of_their_fills(broker, stage):
    (part,) = orders.split_orders(broker, "8")
    assert (part.order_no, part.remaining, part.fill_price, part.placed_at) == ("0000008", 1, 0, None)
    stage["ka10088"] = {"osop": [REPLIES["ka10088"]["osop"][0] | {"cntr_qty": "1", "osop_qty": "0"}]}
    (part,) = orders.split_orders(broker, "8")
    assert (part.filled, part.fill_price) == (1, None)


def test_the_mock_pads_quantities_where_the_real_host_does_not(broker, stage):
    stage["ka10076"] = said({"cntr": [ORDER | {"ord_qty": "000000000000002", "cntr_qty": "000000000000001"}]})
    (order,) = orders.filled_today(broker)
    assert (order.quantity, order.filled) == (2, 1)
