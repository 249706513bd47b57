"""Calls about orders: open (ka10075), filled (ka10076), of any day (kt00007, gold kt50031), split (ka10088).

Five TRs say the same of an order under different names; the tables say which.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal

from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.domain import SEOUL, OrderLine, Venue
from kiwoomweb.broker.domain.orders import TracedOrder
from kiwoomweb.broker.wire import writing
from kiwoomweb.broker.wire.names import flag, order_no, routed, side, symbol, venue
from kiwoomweb.broker.wire.numbers import count, decimal, price, won
from kiwoomweb.broker.wire.row import Row
from kiwoomweb.broker.wire.times import clock, near

__all__ = ["filled_today", "gold_traced_on", "open_orders", "orders_on", "split_orders", "traced_on"]

#: What turns the clock time of a line into its moment.
Moment = Callable[[time], datetime]


@dataclass(frozen=True, slots=True)
class _Names:
    """A TR, its list, and where it keeps the parts of an order; a blank name is a part it does not tell."""

    tr: str
    lines: str
    original: str = "orig_ord_no"
    status: tuple[str, ...] = ("ord_stt",)
    price: str = "ord_pric"
    fill_price: str = "cntr_pric"
    remaining: str = "oso_qty"
    commission: str = "tdy_trde_cmsn"
    tax: str = "tdy_trde_tax"
    at: str = "ord_tm"
    venue: str = "stex_tp_txt"
    routed: str = "sor_yn"


_OPEN = _Names("ka10075", "oso", at="tm")
_FILLED = _Names("ka10076", "cntr")
_ON_A_DAY = _Names(
    "kt00007",
    "acnt_ord_cntr_prps_dtl",
    original="ori_ord",
    status=("mdfy_cncl", "acpt_tp"),
    price="ord_uv",
    fill_price="cntr_uv",
    remaining="ord_remnq",
    commission="",
    tax="",
    venue="dmst_stex_tp",
    routed="",
)
_GOLD_ON_A_DAY = replace(_ON_A_DAY, tr="kt50031")
_SPLIT = _Names(
    "ka10088", "osop", original="", fill_price="", remaining="osop_qty", commission="", tax="", at="", routed=""
)


def open_orders(broker: Broker) -> list[OrderLine]:
    """미체결 (ka10075): today's orders with something left to fill, on all venues."""
    body = {"all_stk_tp": "0", "trde_tp": "0", "stk_cd": "", "stex_tp": "0"}
    return _lines(broker, _OPEN, body, _today(broker))


def filled_today(broker: Broker) -> list[OrderLine]:
    """체결 (ka10076): today's orders that filled at least in part, fills summed up, each with its costs."""
    body = {"stk_cd": "", "qry_tp": "0", "sell_tp": "0", "ord_no": "", "stex_tp": "0"}
    return _lines(broker, _FILLED, body, _today(broker))


def orders_on(broker: Broker, day: date) -> list[OrderLine]:
    """주문체결내역상세 (kt00007): every order of a day, amendments and cancellations on lines of their own.

    ``status`` is 정정 or 취소 for those, else how it was taken in (접수). Costs are not told.
    """
    return _lines(broker, _ON_A_DAY, _of_day(day), lambda at: datetime.combine(day, at, tzinfo=SEOUL))


def traced_on(broker: Broker, day: date) -> list[TracedOrder]:
    """The same orders, the first first, each with the channel it came by and what of it was confirmed."""
    return _traced(broker, _ON_A_DAY, day)


def gold_traced_on(broker: Broker, day: date) -> list[TracedOrder]:
    """The same of orders of gold (금현물 주문체결조회, kt50031), which no other list has."""
    return _traced(broker, _GOLD_ON_A_DAY, day)


def _traced(broker: Broker, names: _Names, day: date) -> list[TracedOrder]:
    lines = broker.rows(names.tr, _of_day(day), names.lines)
    rows = [row for row in (Row(names.tr, line) for line in lines) if not row.blank()]

    def moment(at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=SEOUL)

    return [
        TracedOrder(_line(row, names, moment), row.text("comm_ord_tp"), row.may(count, "cnfm_qty") or 0)
        for row in rows
    ]


def _of_day(day: date) -> dict[str, str]:
    body = {"ord_dt": writing.day(day), "qry_tp": "1", "stk_bond_tp": "1", "sell_tp": "0"}
    return body | {"stk_cd": "", "fr_ord_no": "", "dmst_stex_tp": "%"}


def split_orders(broker: Broker, order_number: str) -> list[OrderLine]:
    """미체결 분할주문 상세 (ka10088): the parts of an order the router split."""
    return _lines(broker, _SPLIT, {"ord_no": order_number}, _today(broker))


def _today(broker: Broker) -> Moment:
    """Today by the broker's clock, looked at only when its answer is there: a first answer sets that clock."""
    return lambda at: near(broker.now(), at)


def _lines(broker: Broker, names: _Names, body: dict[str, str], moment: Moment) -> list[OrderLine]:
    rows = (Row(names.tr, line) for line in broker.rows(names.tr, body, names.lines))
    return [_line(row, names, moment) for row in rows if not row.blank()]


def _line(row: Row, names: _Names, moment: Moment) -> OrderLine:
    filled, at = row.need(count, "cntr_qty"), row.may(clock, names.at)
    said_venue = row.text(names.venue)
    return OrderLine(
        order_no=row.need(order_no, "ord_no"),
        original_order_no=row.may(order_no, names.original) or "",
        symbol=row.need(symbol, "stk_cd"),
        name=row.text("stk_nm"),
        side=row.need(side, "io_tp_nm"),
        label=row.text("io_tp_nm"),
        kind=row.text("trde_tp"),
        status=next(filter(None, map(row.text, names.status)), ""),
        quantity=row.need(count, "ord_qty"),
        price=row.need(price, names.price),
        filled=filled,
        fill_price=_fill_price(row, names.fill_price, filled),
        remaining=row.need(count, names.remaining),
        commission=row.may(won, names.commission),
        tax=row.may(won, names.tax),
        placed_at=moment(at) if at else None,
        venue=row.may(venue, names.venue) or Venue.ALL,
        routed=row.may(flag, names.routed) or routed(said_venue),
    )


def _fill_price(row: Row, name: str, filled: int) -> Decimal | None:
    """The average of the fills: zero where there are none, ``None`` where the TR leaves it out."""
    if not filled:
        return Decimal(0)
    return row.need(decimal, name) if name else None
