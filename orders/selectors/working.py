"""Orders that wait: ours from the moment they are decided, those of other channels as the broker lists them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import is_gold
from market.selectors.instruments import named
from orders.models import Intent
from orders.selectors.blotter import OrderView, open_orders
from orders.selectors.intents import bound_numbers, open_intents
from orders.states import LIVE, UNSURE, State
from orders.tickets import Kind

__all__ = ["WorkingLine", "working"]

#: Where a change stands once the broker has taken it.
REACHED = LIVE | {State.FILLED, State.CANCELLED, State.EXPIRED, State.REPLACED}


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """One order with something left to fill. ``code`` is the intent's, blank for an order of another channel
    (영웅문, MTS). ``is_unsure``: nobody knows whether the broker has it. ``is_changing``: a change or a
    cancellation of it is on its way. ``is_changed``: a change has taken all of it along, and the broker has
    confirmed that; only the new order waits. ``price`` is won, ``None`` where the kind of order has none."""

    code: str
    order_no: str
    symbol: str
    name: str
    side: str
    quantity: int
    remaining: int
    filled: int
    price: int | None
    order_kind: str
    label: str
    venue: str
    at: datetime | None
    state: State
    version: int | None = None
    is_unsure: bool = False
    is_changing: bool = False
    is_changed: bool = False

    @property
    def is_external(self) -> bool:
        return not self.code

    @property
    def is_gold(self) -> bool:
        """Counted in grams."""
        return is_gold(self.symbol)


def working(account: Account, symbol: str = "") -> list[WorkingLine]:
    """Newest first; of one symbol or of all."""
    today = broker_now(account).date()
    intents = list(open_intents(account).filter(**({"symbol": symbol} if symbol else {})))
    changing = {intent.target_id for intent in intents if intent.target_id and _is_on_its_way(intent)}
    names = {found.symbol: found.name for found in named({intent.symbol for intent in intents})}
    ahead = broker_now(account) - timezone.now()
    accepted, confirmed = _taken_along(account, intents)
    mine = [
        _ours(one, names, changing | accepted, confirmed, ahead) for one in intents if one.kind != Kind.CANCEL
    ]
    bound = bound_numbers(account, today)
    others = [order for order in open_orders(account, today) if order.order_no.zfill(7) not in bound]
    theirs = [_theirs(order) for order in others if not symbol or order.symbol == symbol]
    return [*reversed(mine), *theirs]


def _taken_along(account: Account, intents: list[Intent]) -> tuple[set[int], set[int]]:
    """Orders with a change the broker has accepted and their own rows do not tell of yet; and those of them
    which it takes as a whole and is confirmed: without this both, the old and the new, would seem to wait."""
    orders = {one.pk: one for one in intents if one.at in LIVE and one.kind != Kind.CANCEL}
    changes = Intent.objects.filter(account=account, kind=Kind.MODIFY, target__in=orders, state__in=REACHED)
    taken: dict[int, int] = {}
    confirmed: dict[int, int] = {}
    for change in changes:
        pk = change.target_id or 0
        shares = change.quantity or orders[pk].quantity
        taken[pk] = taken.get(pk, 0) + shares
        if change.at is not State.ACCEPTED:
            confirmed[pk] = confirmed.get(pk, 0) + shares
    behind = {pk for pk, shares in taken.items() if _left(orders[pk], shares) < orders[pk].remaining}
    return behind, {pk for pk, shares in confirmed.items() if pk in behind and not _left(orders[pk], shares)}


def _left(order: Intent, taken: int) -> int:
    return max(order.quantity - order.filled - order.cancelled - taken, 0)


def _is_on_its_way(intent: Intent) -> bool:
    return intent.at in UNSURE or intent.at is State.READY


def _ours(
    one: Intent, names: dict[str, str], changing: set[int], changed: set[int], ahead: timedelta
) -> WorkingLine:
    quantity = one.quantity or one.filled + one.remaining + one.cancelled
    return WorkingLine(
        one.code,
        one.order_no,
        one.symbol,
        names.get(one.symbol, one.symbol),
        one.side,
        quantity,
        one.remaining if one.order_no else quantity,
        one.filled,
        one.price,
        one.order_kind,
        one.ticket.order_kind.label,
        one.venue,
        one.made_at + ahead,
        one.at,
        one.version,
        one.at in UNSURE - {State.SENDING},
        one.pk in changing or not one.order_no,
        one.pk in changed,
    )


def _theirs(order: OrderView) -> WorkingLine:
    return WorkingLine(
        "",
        order.order_no,
        order.symbol,
        order.name,
        order.side.value,
        order.quantity,
        order.remaining,
        order.filled,
        order.price or None,
        "limit" if order.price else "market",
        order.kind,
        order.venue.value,
        order.placed_at,
        State.PARTIAL if order.filled else State.WORKING,
    )
