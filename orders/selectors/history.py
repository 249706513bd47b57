"""Past orders: the broker's lists day by day, joined with what we know of our own, and what never got there."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby

from django.utils import timezone

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL, Side
from market.selectors.instruments import named
from orders.models import Intent
from orders.selectors.blotter import OrderView, orders_between
from orders.states import LIVE, UNSURE, State

__all__ = ["FILTERS", "PastOrder", "past_orders"]

S = State
REFUSED = {S.DENIED, S.DECLINED, S.EXPIRED_LOCAL, S.NOT_SENT, S.REJECTED, S.NOT_PLACED}
#: The broker's words for an order that was taken, whatever became of it later.
TAKEN = {"접수", "체결"}
#: What the filter of the page calls states; an order without one of ours is judged by its quantities.
FILTERS: dict[str, frozenset[State]] = {
    "open": frozenset(LIVE | {S.READY, S.PENDING_APPROVAL}),
    "filled": frozenset({S.FILLED, S.PARTIAL}),
    "cancelled": frozenset({S.CANCELLED, S.EXPIRED, S.REPLACED, S.CONFIRMED}),
    "refused": frozenset(REFUSED),
    "unsure": frozenset(UNSURE),
}


@dataclass(frozen=True, slots=True)
class PastOrder:
    """One order. ``code`` and ``state`` are our intent's, blank for other channels. Money in won; unknown is
    ``None``. ``reason`` is the setup, or the words, with which it was given."""

    day: date
    at: datetime | None
    code: str
    order_no: str
    symbol: str
    name: str
    side: Side
    kind: str
    venue: str
    quantity: int
    price: int | None
    filled: int
    fill_price: Decimal | None
    commission: int | None
    tax: int | None
    state: State | None
    status: str
    origin: str = ""
    by: str = ""
    reason: str = ""
    is_open: bool = False


def past_orders(
    account: Account, first: date, last: date, *, side: str = "", symbol: str = "", state: str = ""
) -> Iterator[PastOrder]:
    """Newest first, a day in memory at a time."""
    for found in _joined(account, first, last):
        if (side and found.side != side) or (symbol and symbol not in {found.symbol, found.name}):
            continue
        if not state or _is(found, state):
            yield found


def _joined(account: Account, first: date, last: date) -> Iterator[PastOrder]:
    here = broker_now(account)
    ahead = here - timezone.now()
    intents = _by_day(account, first, last, ahead)
    listed = groupby(orders_between(account, first, last), key=lambda order: order.day)
    day, group = next(listed, (None, iter(())))
    at = last
    while at >= first:
        told: list[OrderView] = []
        if day == at:
            told = list(group)
            day, group = next(listed, (None, iter(())))
        if told or at in intents:
            found = _of_day(at, told, intents.get(at, []), ahead)
            yield from (_as_it_ended(one) for one in found) if at < here.date() else found
        at -= timedelta(days=1)


def _of_day(day: date, told: list[OrderView], intents: list[Intent], ahead: timedelta) -> list[PastOrder]:
    """``ahead``: the broker's clock before ours, by which what never got there is told too."""
    mine = {intent.order_no: intent for intent in intents if intent.order_no}
    names = {order.symbol: order.name for order in told}
    names |= {one.symbol: one.name for one in named({i.symbol for i in intents} - names.keys())}
    listed = [_listed(order, mine.pop(order.order_no.zfill(7), None)) for order in told]
    rest = [one for one in intents if not one.order_no or one.order_no in mine]
    found = [*listed, *(_unlisted(day, one, names, ahead) for one in rest)]
    midnight = datetime.combine(day, time(), tzinfo=SEOUL)
    return sorted(found, key=lambda one: (one.at or midnight, one.order_no), reverse=True)


def _by_day(account: Account, first: date, last: date, ahead: timedelta) -> dict[date, list[Intent]]:
    begin = datetime.combine(first, time(), tzinfo=SEOUL) - ahead
    end = datetime.combine(last + timedelta(days=1), time(), tzinfo=SEOUL) - ahead
    found: dict[date, list[Intent]] = defaultdict(list)
    rows = Intent.objects.filter(account=account).select_related("created_by")
    for intent in rows.filter(day__range=(first, last)).order_by("pk"):
        found[intent.day or first].append(intent)
    for intent in rows.filter(day=None, made_at__gte=begin, made_at__lt=end).order_by("pk"):
        found[(intent.made_at + ahead).astimezone(SEOUL).date()].append(intent)
    return found


def _reason(intent: Intent) -> str:
    told = intent.ticket.reason
    return (told.setup or told.words) if told else ""


def _listed(order: OrderView, intent: Intent | None) -> PastOrder:
    return PastOrder(
        order.day,
        order.placed_at,
        intent.code if intent else "",
        order.order_no,
        order.symbol,
        order.name,
        order.side,
        order.kind or order.label,
        intent.venue if intent else order.venue.value,
        order.quantity,
        order.price or None,
        order.filled,
        order.fill_price if order.filled else None,
        order.commission,
        order.tax,
        intent.at if intent else _filled(order),
        order.status,
        intent.origin if intent else "",
        str(intent.created_by) if intent and intent.created_by else "",
        _reason(intent) if intent else "",
        order.is_open,
    )


def _filled(order: OrderView) -> State | None:
    """Of another channel's order: that it is filled. The list of a past day says 접수 of every order."""
    is_taken = order.status in TAKEN and 0 < order.quantity <= order.filled
    return S.FILLED if is_taken else None


def _as_it_ended(one: PastOrder) -> PastOrder:
    """Of a day that is over: what is left of an order the list still calls taken has run out."""
    return replace(one, state=S.EXPIRED) if one.state is None and one.status in TAKEN else one


def _unlisted(day: date, intent: Intent, names: dict[str, str], ahead: timedelta) -> PastOrder:
    ticket = intent.ticket
    average = Decimal(intent.filled_amount) / intent.filled if intent.filled else None
    return PastOrder(
        day,
        intent.made_at + ahead,
        intent.code,
        intent.order_no,
        intent.symbol,
        names.get(intent.symbol, intent.symbol),
        ticket.side,
        ticket.order_kind.label,
        intent.venue,
        intent.quantity,
        intent.price,
        intent.filled,
        average,
        None,
        None,
        intent.at,
        "",
        intent.origin,
        str(intent.created_by) if intent.created_by else "",
        _reason(intent),
        intent.at in LIVE,
    )


def _is(found: PastOrder, state: str) -> bool:
    if found.state is not None:
        return found.state in FILTERS[state]
    if state == "open":
        return found.is_open
    if state == "filled":
        return bool(found.filled)
    return state == "cancelled" and not found.filled and not found.is_open
