"""Taking back: a halted account's open orders are cancelled, the largest first, until the broker shows none.

The list is the broker's own (ka10075) together with ours, so it also holds orders of other channels. Each
cancellation is an intent and a command like any other: persisted before it is sent, and found in the audit.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.calls import orders as calls
from kiwoomweb.broker.domain import CreditKind, OrderLine, Side, Venue, is_gold
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.prepared import Prepared
from orders.models import Halt, Intent, Lane
from orders.selectors.intents import live
from orders.selectors.lanes import lane_of
from orders.services.reading import trades_gold
from orders.services.telling import tell_account
from orders.states import OPEN
from orders.tickets import Kind, Ticket

__all__ = ["MOST_TRIES", "Open", "accounts_to_clear", "clear", "concerns", "sweep", "to_clear"]

#: How often the same order is asked back under one halt.
MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Open:
    """An order with something left, and how often its cancellation was asked for under this halt."""

    ticket: Ticket
    worth: int
    tries: int

    def key(self, halt: Halt) -> str:
        """The idempotency key of the next try: two sweeps at once are one cancellation."""
        return f"halt-{halt.pk}-{self.ticket.target_no}-{self.tries + 1}"


def to_clear(account: Account) -> Halt | None:
    """The halt in force here whose open orders are to be taken back next: one of the whole account first."""
    halts = _cancelling.rows(account=account.pk)
    if not halts:
        return None
    lane = lane_of(account)
    wide = [one for one in halts if not one.is_narrow and one.pk > lane.cleared_epoch]
    narrow = [one for one in halts if one.is_narrow and one.pk not in lane.cleared_narrow]
    return wide[-1] if wide else narrow[0] if narrow else None


def accounts_to_clear(accounts: Iterable[Account]) -> set[int]:
    """Those of the accounts in which a halt still has orders to take back; seldom more than one question."""
    if not Halt.objects.filter(released_at__isnull=True, cancels=True).exists():
        return set()
    return {account.pk for account in accounts if to_clear(account) is not None}


def sweep(account: Account, halt: Halt, broker: Broker) -> list[Open] | None:
    """What is to be cancelled next, the largest first; ``None`` when the broker shows nothing open.

    When the broker does not tell its list, what we know of is cancelled all the same.
    """
    try:
        lines = _held(account, halt, _waiting(account, broker))
    except BrokerError:
        ours = Intent.objects.filter(_matching(halt), pk__in=live(account)).exclude(kind=Kind.CANCEL)
        found = [_known(account, halt, intent) for intent in ours]
    else:
        if not lines:
            return None
        found = [_open(account, halt, line) for line in lines if line.remaining]
    wanted = [one for one in found if one.tries < MOST_TRIES and not _is_on_its_way(account, one)]
    return sorted(wanted, key=lambda one: -one.worth)


def concerns(halt: Halt, intent: Intent) -> bool:
    """Whether the halt keeps in this order of its account."""
    is_theirs = halt.member_id is None or intent.created_by_id == halt.member_id
    return is_theirs and halt.symbol in {"", intent.symbol}


def _matching(halt: Halt) -> Q:
    """The same as a condition."""
    of = Q(symbol=halt.symbol) if halt.symbol else Q()
    return of & Q(created_by_id=halt.member_id) if halt.member_id else of


def _held(account: Account, halt: Halt, lines: list[OrderLine]) -> list[OrderLine]:
    """The lines the halt speaks of. A member's are those whose number belongs to an order they have decided."""
    if halt.symbol:
        lines = [line for line in lines if line.symbol == halt.symbol]
    if halt.member_id is not None:
        today = gateway.broker_now(account).date()
        theirs = Intent.objects.filter(account=account, created_by_id=halt.member_id, day=today)
        numbers = set(theirs.exclude(order_no="").values_list("order_no", flat=True))
        lines = [line for line in lines if line.order_no in numbers]
    return lines


def _waiting(account: Account, broker: Broker) -> list[OrderLine]:
    """What the broker shows open: shares by ka10075, gold by its own list, where ours may be in it."""
    lines = calls.open_orders(broker)
    today = gateway.broker_now(account).date()
    if trades_gold(account, today):
        lines += [one.line for one in calls.gold_traced_on(broker, today) if one.line.remaining]
    return lines


def clear(account: Account, halt: Halt) -> None:
    """The broker's list of open orders holds nothing of it: this halt is done with this account."""
    if halt.is_narrow:
        standing = {one.pk for one in _cancelling.rows(account=account.pk) if one.is_narrow}
        done = standing & {*lane_of(account).cleared_narrow, halt.pk}
        Lane.objects.filter(account=account).update(cleared_narrow=sorted(done))
    else:
        Lane.objects.filter(account=account).update(cleared_epoch=halt.pk)
    tell_account("halt.cleared", account, detail={"epoch": halt.pk})


def _open(account: Account, halt: Halt, line: OrderLine) -> Open:
    credit = CreditKind.LOAN if "신용" in line.label and not is_gold(line.symbol) else None
    ticket = Ticket(
        Kind.CANCEL,
        line.symbol,
        Side(line.side),
        0,
        venue=Venue.SOR if line.routed else Venue.KRX if line.venue is Venue.ALL else line.venue,
        credit=credit,
        target_no=line.order_no,
    )
    return Open(ticket, line.remaining * (line.price or 10**9), _tries(account, halt, line.order_no))


def _known(account: Account, halt: Halt, intent: Intent) -> Open:
    said = intent.ticket
    ticket = Ticket(
        Kind.CANCEL,
        intent.symbol,
        said.side,
        0,
        venue=said.venue,
        credit=said.credit,
        target_no=intent.order_no,
    )
    worth = intent.remaining * (intent.price or 10**9)
    return Open(ticket, worth, _tries(account, halt, intent.order_no))


def _tries(account: Account, halt: Halt, order_no: str) -> int:
    return Intent.objects.filter(account=account, key__startswith=f"halt-{halt.pk}-{order_no}-").count()


def _is_on_its_way(account: Account, one: Open) -> bool:
    same = Intent.objects.filter(account=account, kind=Kind.CANCEL, target_no=one.ticket.target_no)
    return same.filter(state__in=OPEN).exists()


_cancelling = Prepared(
    lambda account: (
        Halt.objects.filter(
            Q(account=account) | Q(account__isnull=True), released_at__isnull=True, cancels=True
        )
        .select_related("by")
        .order_by("pk")
    ),
    account=int,
)
