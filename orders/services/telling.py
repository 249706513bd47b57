"""Telling: what happens to an order goes into the audit chain and rings the bell of the pages, in one place.

Without the key of the audit trail nothing new is let out and nothing is let go again. Stopping, cancelling and
taking note of what the broker did go on: their entries are set aside.
"""

from contextlib import nullcontext

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from kiwoomweb.access.audit_key import AuditKeyMissing, audit_ring
from kiwoomweb.access.key_ring import SealError
from kiwoomweb.access.models import Account, AuditEntry, User
from kiwoomweb.access.services import auditing
from market.services.outbox import announce
from orders.models import Intent
from orders.selectors.halts import epoch
from orders.selectors.limits import limits_of, member_limits_of
from orders.services.aside import set_aside
from orders.tickets import Kind
from orders.versions import code_version, config_digest

__all__ = ["UNSEALED", "Detail", "about_of", "tell", "tell_account"]

#: The audit trail has lost its key, or it is damaged.
UNSEALED = (AuditKeyMissing, SealError)
#: What does not happen without an entry in the chain: an order on its way out, and letting go again.
_NEVER_ASIDE = frozenset({"order.decided", "order.ready", "order.pending_approval", "order.sending"})
#: Where the checks have been asked: what held for them belongs into the entry.
_UNDER_RULES = _NEVER_ASIDE | {"order.denied"}
_NEVER_ASIDE_EITHER = frozenset({"halt.released", "halt.release_asked", "day.opened"})

Detail = dict[str, str | int | None]


def tell(
    action: str,
    intent: Intent,
    *,
    by: User | None = None,
    detail: Detail | None = None,
    request: HttpRequest | None = None,
    is_quiet: bool = False,
) -> None:
    """Write down what happened to an intent, in the caller's transaction; pages hear of it after the commit.

    ``is_quiet``: no page is told, which may take time when the queue is slow.
    """
    account = intent.account
    takes_back = intent.kind == Kind.CANCEL
    must = action in _NEVER_ASIDE and not takes_back
    detail = {**(detail or {}), **_stamp(action, intent)}
    _record(action, account, about_of(intent), detail, by=by, request=request, must=must, is_stop=takes_back)
    if is_quiet:
        return
    body = {"intent": intent.code, "state": intent.state, "symbol": intent.symbol, "order_no": intent.order_no}
    announce(account.pk, account.code, "order", body)


def about_of(intent: Intent) -> str:
    """What the trail calls an order."""
    return f"{intent.kind} {intent.side} {intent.symbol} {intent.quantity} {intent.code}"


def tell_account(
    action: str,
    account: Account | None,
    *,
    by: User | None = None,
    about: str = "",
    detail: Detail | None = None,
    request: HttpRequest | None = None,
) -> None:
    """The same for what concerns an account as a whole, or all of them."""
    must = action in _NEVER_ASIDE_EITHER
    detail = {**(detail or {}), "code": code_version()}
    _record(action, account, about, detail, by=by, request=request, must=must, is_stop=not must)
    if account is not None:
        announce(account.pk, account.code, "order", {"about": action})


def _record(
    action: str,
    account: Account | None,
    about: str,
    detail: Detail | None,
    *,
    by: User | None,
    request: HttpRequest | None,
    must: bool,
    is_stop: bool,
) -> None:
    """Into the chain; where it cannot be sealed and need not be, into the file beside.

    ``is_stop``: not even a chain that takes no further entry (somebody has been at it) stands in its way.
    """
    try:
        if must or _is_sealable():
            with transaction.atomic() if is_stop else nullcontext():
                auditing.record(action, by=by, account=account, about=about, detail=detail, request=request)
            return
    except IntegrityError:
        if not is_stop:
            raise
    who = {"who": by.email if by else ""}
    set_aside(action, auditing.chain_key(account), about, {**(detail or {}), **who})


def _stamp(action: str, intent: Intent) -> Detail:
    """Under what the entry was made: the code always, the rules where they were asked (3.12)."""
    stamp: Detail = {"code": code_version()}
    if action not in _UNDER_RULES:
        return stamp
    now, account, author = timezone.now(), intent.account, intent.created_by
    limits = limits_of(account, now)
    member = member_limits_of(account, author, now) if author else None
    return stamp | {"config": config_digest(limits, member), "limits": limits.version, "epoch": epoch()}


def _is_sealable() -> bool:
    """Whether there is a key, or none was needed yet. Asked first: a failed entry undoes what it tells of."""
    try:
        audit_ring()
    except UNSEALED:
        return not AuditEntry.objects.exists()
    return True
