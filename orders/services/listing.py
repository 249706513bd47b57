"""Order lists: what ka10075, ka10076, kt00007 and ka10088 say, as facts ready to be recorded."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from django.utils.translation import gettext as _

from kiwoomweb.broker import domain
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.calls import orders as calls
from orders.models import Order, SplitOrder
from orders.services.recording import Listing, Rejection

__all__ = ["filled", "listing", "open_now", "placed_on", "split"]


def open_now(broker: Broker, account_id: int, day: date) -> Listing:
    """미체결 (ka10075). An order leaves this list when it is done, so it may shrink."""
    return listing(account_id, day, "ka10075", calls.open_orders(broker), grows=False)


def filled(broker: Broker, account_id: int, day: date) -> Listing:
    """당일 체결 (ka10076), with each order's costs."""
    return listing(account_id, day, "ka10076", calls.filled_today(broker))


def placed_on(broker: Broker, account_id: int, day: date) -> Listing:
    """Every order of the day (kt00007), cancelled and refused ones included."""
    return listing(account_id, day, "kt00007", calls.orders_on(broker, day))


def listing(
    account_id: int, day: date, source: str, lines: Iterable[domain.OrderLine], *, grows: bool = True
) -> Listing:
    """One TR's whole list of one day's orders."""
    good, rejected = _sorted_out(lines)
    rows = [Order(source=source, **_columns(account_id, day, line)) for line in good]
    scope = {"account_id": account_id, "day": day, "source": source}
    return Listing(source, Order, account_id, day, rows, scope, grows=grows, rejected=rejected)


def split(broker: Broker, account_id: int, day: date, parents: Sequence[str]) -> Listing:
    """The children (ka10088) of the open orders named. Children of other orders are left as they are."""
    told = {parent: calls.split_orders(broker, parent) for parent in parents}
    rows: list[SplitOrder] = []
    refused: list[Rejection] = []
    for parent, lines in told.items():
        good, rejected = _sorted_out(lines)
        rows += [SplitOrder(parent_no=parent, **_columns(account_id, day, line)) for line in good]
        refused += rejected
    scope = {"account_id": account_id, "day": day, "parent_no__in": list(parents)}
    return Listing("ka10088", SplitOrder, account_id, day, rows, scope, grows=False, rejected=tuple(refused))


def _sorted_out(
    lines: Iterable[domain.OrderLine],
) -> tuple[list[domain.OrderLine], tuple[Rejection, ...]]:
    """Lines that can be true, and those that contradict themselves."""
    lines = list(lines)
    reasons = [(_contradiction(line), line) for line in lines]
    good = [line for reason, line in reasons if not reason]
    return good, tuple(Rejection(reason, _as_text(line)) for reason, line in reasons if reason)


def _contradiction(line: domain.OrderLine) -> str:
    if not line.order_no:
        return _("주문번호가 없는 주문입니다.")
    if line.filled and line.fill_price is not None and line.fill_price <= 0:
        return _("체결단가가 음수이거나 없습니다.")
    if line.filled > line.quantity:
        return _("체결수량이 주문수량보다 많습니다.")
    return ""


def _columns(account_id: int, day: date, line: domain.OrderLine) -> dict[str, object]:
    return {**_fields(line), "account_id": account_id, "day": day, "side": line.side.value}


def _fields(line: domain.OrderLine) -> dict[str, object]:
    return {**asdict(line), "venue": line.venue.value}


def _as_text(line: domain.OrderLine) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(line).items()}
