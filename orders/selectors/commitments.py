"""Commitments: what our own orders have traded today, may still trade, and have promised.

The broker's own figures already hold back what it had accepted when it was asked. What it cannot have known is
counted here at its worst: orders on their way, unsure ones, and whatever happened since (order safety 3.8).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Q, QuerySet, Sum

from kiwoomweb.access.models import Account, User
from kiwoomweb.broker.domain import SEOUL, OrderKind, Quote, Side
from market.selectors.kept import last_told
from orders.models import Fill, Intent
from orders.selectors.blotter import open_orders
from orders.situations import Promise
from orders.states import LIVE, OPEN, State
from orders.tickets import Kind, Ticket

__all__ = ["Commitments", "commitments_of", "sent_since"]

#: What never left the house, or is known to have come to nothing.
VAIN = frozenset(
    {
        State.DRAFT,
        State.DENIED,
        State.DECLINED,
        State.EXPIRED_LOCAL,
        State.NOT_SENT,
        State.REJECTED,
        State.NOT_PLACED,
    }
)
#: What may still trade.
ALIVE = OPEN | {State.PENDING_APPROVAL}
TWIN_WINDOW, MINUTE = timedelta(seconds=10), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Commitments:
    """``gross`` and ``member_gross`` are won, ``None`` when an order's worst price is not known."""

    promises: tuple[Promise, ...]
    gross: int | None
    member_gross: int | None
    open_orders: int
    made: tuple[datetime, ...]
    sent_today: int
    twins: tuple[str, ...]


def commitments_of(
    account: Account,
    user: User | None,
    ticket: Ticket,
    *,
    wall: datetime,
    day: date,
    told_at: datetime | None,
    without: Intent | None = None,
) -> Commitments:
    """``day`` is the broker's; ``told_at``: when it was asked for cash and holdings; ``without`` one intent."""
    intents = [one for one in _of_day(account, wall, told_at) if without is None or one.pk != without.pk]
    uppers: dict[str, int | None] = {}
    values = {one.pk: _value(account, one, uppers) for one in intents}
    todays = [one for one in intents if one.made_at >= _midnight(wall)]
    mine = [one for one in todays if user is not None and one.created_by_id == user.pk]
    gross = _sum(values[one.pk] for one in todays)
    return Commitments(
        promises=tuple(_promise(one, values[one.pk], told_at) for one in intents if _may_count(one, told_at)),
        gross=None if gross is None else gross + _elsewhere(account, day),
        member_gross=_sum(values[one.pk] for one in mine),
        open_orders=_open(account, day, intents),
        made=tuple(one.made_at for one in todays if one.made_at > wall - MINUTE and one.origin == "person"),
        sent_today=sum(one.kind == Kind.PLACE and one.origin == "person" for one in todays),
        twins=_twins(todays, ticket, wall),
    )


def sent_since(account: Account, wall: datetime) -> int:
    """How many orders of people have gone out today, by our clock."""
    sent = Intent.objects.filter(
        account=account, kind=Kind.PLACE, origin="person", made_at__gte=_midnight(wall)
    )
    return sent.exclude(state__in=VAIN).count()


def _of_day(account: Account, wall: datetime, told_at: datetime | None) -> "QuerySet[Intent]":
    """Orders and changes made today or still alive, and those that ended after the broker was asked."""
    since = min(_midnight(wall), told_at or wall)
    recent = Q(made_at__gte=since) | Q(state__in=ALIVE) | Q(state_at__gte=since)
    accepted = Max("commands__answered_at", filter=Q(commands__outcome="accepted"))
    rows = Intent.objects.filter(recent, account=account).exclude(state__in=VAIN).exclude(kind=Kind.CANCEL)
    return rows.select_related("reservation").annotate(accepted_at=accepted).order_by("-made_at", "-pk")


def _midnight(wall: datetime) -> datetime:
    return wall.astimezone(SEOUL).replace(hour=0, minute=0, second=0, microsecond=0)


def _value(account: Account, intent: Intent, uppers: dict[str, int | None]) -> int | None:
    """What it has traded, and may still trade at worst; ``None`` for a market order nobody knows a limit of."""
    traded = max(intent.filled_amount, intent.filled * (intent.price or 0))
    left = _left(intent)
    if not left:
        return traded
    price = intent.price if intent.order_kind != OrderKind.CONDITIONAL else None
    if price is None:
        if intent.symbol not in uppers:
            told = last_told(account.environment, f"quote:{intent.symbol}", Quote)
            uppers[intent.symbol] = told[0].upper_limit if told else None
        price = uppers[intent.symbol]
    return None if price is None else traded + price * left


def _left(intent: Intent) -> int:
    return max(0, intent.quantity - intent.filled - intent.cancelled) if intent.at in ALIVE else 0


def _may_count(intent: Intent, told_at: datetime | None) -> bool:
    """Alive, or ended with something traded after the broker was asked."""
    ended_since = told_at is None or intent.state_at >= told_at
    return intent.at in ALIVE or (intent.filled > 0 and ended_since)


def _promise(intent: Intent, value: int | None, told_at: datetime | None) -> Promise:
    """Nothing of cash and shares where the broker's figures show the order already; its value all the same."""
    side, worst = Side(intent.side), value or 0
    if _is_told(intent, told_at):
        return Promise(intent.symbol, side, 0, 0, worst)
    reservation = getattr(intent, "reservation", None)
    whole = worst + worst // 100
    # A change has reserved only what it may take beyond its order; once that one is gone, it takes it all.
    is_alone = intent.kind == Kind.MODIFY and not (intent.target and intent.target.at in ALIVE)
    cash = whole if reservation is None or is_alone else reservation.cash
    return Promise(intent.symbol, side, _shares(intent), cash if side is Side.BUY else 0, worst)


def _is_told(intent: Intent, told_at: datetime | None) -> bool:
    if told_at is None or intent.at not in LIVE:
        return False
    accepted_at: datetime = intent.accepted_at or intent.state_at  # type: ignore[attr-defined]
    return accepted_at < told_at


def _shares(intent: Intent) -> int:
    """A change takes the shares of the order it replaces, while that one still holds them."""
    target = intent.target if intent.kind == Kind.MODIFY else None
    if target is not None and target.at in ALIVE:
        return 0
    return intent.quantity if intent.at in ALIVE else intent.filled


def _elsewhere(account: Account, day: date) -> int:
    """Won traded today by orders that are not ours: from another terminal, or before we were installed."""
    ours = Intent.objects.filter(account=account, day=day).exclude(order_no="").values("order_no")
    fills = Fill.objects.current().filter(account=account, day=day).exclude(order_no__in=ours)
    return fills.aggregate(total=Sum("amount"))["total"] or 0


def _open(account: Account, day: date, intents: Sequence[Intent]) -> int:
    ours = {one.order_no for one in intents if one.order_no}
    others = sum(order.order_no not in ours for order in open_orders(account, day))
    return sum(one.at in ALIVE for one in intents) + others


def _twins(todays: Iterable[Intent], ticket: Ticket, wall: datetime) -> tuple[str, ...]:
    said = (ticket.symbol, ticket.side, ticket.quantity, ticket.price, ticket.order_kind)
    return tuple(
        one.code
        for one in todays
        if one.kind == Kind.PLACE
        and one.made_at > wall - TWIN_WINDOW
        and (one.symbol, one.side, one.quantity, one.price, one.order_kind) == said
    )


def _sum(values: Iterable[int | None]) -> int | None:
    told = list(values)
    return None if None in told else sum(value for value in told if value is not None)
