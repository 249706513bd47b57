"""Taking back: a halted account's open orders are cancelled, the largest first, until the broker shows none.

The list is the broker's own (ka10075) together with ours, so it also holds orders of other channels. Each
cancellation is an intent and a command like any other: persisted before it is sent, and found in the audit.
"""

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
from orders.services.reading import trades_gold
from orders.services.telling import tell_account
from orders.states import OPEN
from orders.tickets import Kind, Ticket

__all__ = ["MOST_TRIES", "Open", "clear", "sweep", "to_clear"]

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
    """The newest halt in force here whose open orders are not yet taken back."""
    halt = _newest.first(account=account.pk)
    if halt is None or Lane.objects.filter(account=account, cleared_epoch__gte=halt.pk).exists():
        return None
    return halt


def sweep(account: Account, halt: Halt, broker: Broker) -> list[Open] | None:
    """What is to be cancelled next, the largest first; ``None`` when the broker shows nothing open.

    When the broker does not tell its list, what we know of is cancelled all the same.
    """
    try:
        lines = _waiting(account, broker)
    except BrokerError:
        found = [_known(account, halt, intent) for intent in live(account).exclude(kind=Kind.CANCEL)]
    else:
        if not lines:
            return None
        found = [_open(account, halt, line) for line in lines if line.remaining]
    wanted = [one for one in found if one.tries < MOST_TRIES and not _is_on_its_way(account, one)]
    return sorted(wanted, key=lambda one: -one.worth)


def _waiting(account: Account, broker: Broker) -> list[OrderLine]:
    """What the broker shows open: shares by ka10075, gold by its own list, where ours may be in it."""
    lines = calls.open_orders(broker)
    today = gateway.broker_now(account).date()
    if trades_gold(account, today):
        lines += [one.line for one in calls.gold_traced_on(broker, today) if one.line.remaining]
    return lines


def clear(account: Account, halt: Halt) -> None:
    """The broker's list of open orders is empty: this halt is done with this account."""
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


_newest = Prepared(
    lambda account: (
        Halt.objects.filter(
            Q(account=account) | Q(account__isnull=True), released_at__isnull=True, cancels=True
        )
        .select_related("by")
        .order_by("-pk")[:1]
    ),
    account=int,
)
