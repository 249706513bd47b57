"""Following: our orders at the broker, moved to where everything that was said of them puts them."""

import logging
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import OrderKind
from kiwoomweb.prepared import Prepared, PreparedFor
from orders.crashing import crashpoint
from orders.models import Intent, OrderEvent
from orders.reducing import Standing, reduce
from orders.selectors.statements import statements_of
from orders.services.alarming import of_late_evidence
from orders.services.halting import halt
from orders.services.locking import locked
from orders.services.moving import IllegalMove, Overtaken, note, walk
from orders.services.telling import tell
from orders.services.triggers import ELSEWHERE, of_taken
from orders.statements import Told
from orders.states import LATE, State, way
from orders.tickets import Kind

__all__ = ["follow", "follow_news", "settle"]

log = logging.getLogger(__name__)

#: Orders that stay until somebody takes them back; the rest of a market or IOC order ends by itself.
WAITS = frozenset(OrderKind) - {one for one in OrderKind if one.is_immediate or one is OrderKind.MARKET}
#: Cancellations of ours that took nothing back.
VAIN = frozenset({State.NOT_SENT, State.REJECTED, State.NOT_PLACED})
#: Evidence of an order we had called not placed: nothing new goes out until it is known whose mistake it is.
GRAVE = frozenset({State.NOT_PLACED, State.REJECTED, State.NOT_SENT, State.EXPIRED_LOCAL})


def follow(account: Account, day: date, numbers: Iterable[str]) -> int:
    """Settle the intents bound to these numbers of the day; how many moved.

    What was said of them is read once for all, without a lock; only where it moves an intent, that one is
    settled under the lock, with what is known then. Whoever adds a statement meanwhile follows it in turn.
    """
    wanted = [number for number in numbers if number]
    if not wanted:
        return 0
    intents = _bound.rows(wanted, account=account.pk, day=day)
    told = statements_of(account.pk, day, [intent.order_no for intent in intents]) if intents else set()
    moved = 0
    for intent in intents:
        if _is_behind(intent, told):
            moved += settle(intent)
        crashpoint("CP12")
    return moved


def follow_news(account: Account, after: int) -> int:
    """Take what the socket has told since the message ``after``; the last message looked at."""
    rows = _news_since.rows(account=account.pk, after=after)
    for day in {row[1] for row in rows}:
        follow(account, day, {number for row in rows if row[1] == day for number in row[2:] if number})
    return max((row[0] for row in rows), default=after)


def settle(intent: Intent) -> bool:
    """Put one bound intent where its evidence says it is; whether anything changed. Any number of times."""
    if intent.day is None or not intent.order_no:
        return False
    try:
        with transaction.atomic():
            locked(intent.account_id)
            intent.refresh_from_db()
            told = statements_of(intent.account_id, intent.day, [intent.order_no])
            moved = _apply(intent, _standing(intent, told))
            crashpoint("CP11")
            return moved
    except Overtaken:
        return False
    except IllegalMove as trouble:
        log.exception("an order of account %s makes no sense", intent.account_id)
        halt(intent.account, None, str(trouble)[:300], cause="illegal_move", cancels=False)
        return False


def _standing(intent: Intent, told: Iterable[Told]) -> Standing:
    return reduce(intent.order_no, intent.quantity, told, takes_back=intent.takes_back)


def _is_behind(intent: Intent, told: Iterable[Told]) -> bool:
    """Whether the statements put it elsewhere than its row says."""
    standing = _standing(intent, told)
    return bool(_news(intent, standing) or way(intent.at, standing.state, takes_back=intent.takes_back))


def _news(intent: Intent, standing: Standing) -> dict[str, int]:
    known = _quantities(standing)
    return {name: value for name, value in known.items() if getattr(intent, name) != value}


def _quantities(standing: Standing) -> dict[str, int]:
    return {
        "filled": standing.filled,
        "remaining": standing.remaining,
        "cancelled": standing.cancelled,
        "filled_amount": standing.amount,
    }


def _apply(intent: Intent, standing: Standing) -> bool:
    known: dict[str, int | str] = {**_quantities(standing)}
    changed = _news(intent, standing)
    steps = way(intent.at, standing.state, takes_back=intent.takes_back)
    if steps:
        before = intent.at
        if standing.reason:
            known["why"] = standing.reason[:300]
        is_elsewhere = standing.state is State.CANCELLED and _is_elsewhere(intent, standing.cancelled)
        if is_elsewhere:
            known["why_code"] = ELSEWHERE
        walk(intent, steps, **known)
        _alarm(intent, before, steps)
        if is_elsewhere:
            of_taken(intent.account)
        return True
    if changed and intent.at is State.PARTIAL:
        walk(intent, [State.PARTIAL], **known)
    elif changed:
        note(intent, **changed)
    return bool(changed)


def _is_elsewhere(intent: Intent, cancelled: int) -> bool:
    """Whether more of an order that was to wait was taken back than ours asked for (거래소, 증권사, 영웅문)."""
    if OrderKind(intent.order_kind) not in WAITS:
        return False
    asked = Intent.objects.filter(account=intent.account_id, day=intent.day, kind=Kind.CANCEL)
    asked = asked.filter(target_no__in=_names(intent), commands__isnull=False).exclude(state__in=VAIN)
    shares = list(asked.distinct().values_list("quantity", flat=True))
    return 0 not in shares and sum(shares) < cancelled  # nothing named is all that remains


def _names(intent: Intent) -> list[str]:
    """Its number, and those it had before a change took all of it along: any of them may be named."""
    names, at = [intent.order_no], intent
    while at.kind == Kind.MODIFY and at.target is not None and at.target.at is State.REPLACED:
        at = at.target
        names.append(at.order_no)
    return names


def _alarm(intent: Intent, before: State, steps: Iterable[State]) -> None:
    """Late evidence is always told; of an order that should not exist it also halts the account."""
    if (before, next(iter(steps))) not in LATE:
        return
    of_late_evidence(intent)
    tell("order.late_evidence", intent, detail={"from": before, "to": intent.state})
    if before in GRAVE and not intent.takes_back:
        halt(intent.account, None, f"{intent.order_no}: {before} -> {intent.state}", cause="late_evidence")


_bound = PreparedFor(
    lambda wanted, account, day: (
        Intent.objects.filter(account=account, day=day, order_no__in=wanted)
        .select_related("account")
        .order_by("pk")
    ),
    account=int,
    day=date,
)
_news_since = Prepared(
    lambda account, after: (
        OrderEvent.objects.filter(account=account, pk__gt=after)
        .order_by("pk")
        .values_list("pk", "day", "order_no", "content__original_order_no")
    ),
    account=int,
    after=int,
)
