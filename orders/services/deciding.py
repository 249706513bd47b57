"""Deciding: a ticket becomes an intent, once, with all checks passed and its worst case reserved; or not.

The UNIQUE constraint on (account, key) is the only guard against two: there is no look before the insert.
Insert, checks and reservation share one transaction under the account's lock, so that orders asked for at the
same time cannot jointly pass a limit.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.models.proof import Proof
from kiwoomweb.access.services.proving import spend
from orders.crashing import crashpoint
from orders.errors import InProgress, KeyMissing, KeyReused, MayNot, NotStored
from orders.models import Intent
from orders.selectors.intents import target_of
from orders.services import examining
from orders.services.comparing import insist_it_is_as_seen
from orders.services.examining import Examined
from orders.services.locking import locked
from orders.services.moving import move
from orders.services.reserving import hold
from orders.services.room import with_room
from orders.services.telling import UNSEALED, tell
from orders.services.waking import wake
from orders.states import State
from orders.tickets import Kind, Ticket

__all__ = ["APPROVAL_TTL", "TTL", "Decision", "decide", "settle_draft"]

#: An order that has not left by then never leaves (and a quote older than that is no longer what was seen).
TTL = timedelta(seconds=15)
#: A second person has so long.
APPROVAL_TTL = timedelta(minutes=10)

_KEY = re.compile(r"[\x21-\x7e]{8,80}", re.ASCII).fullmatch


@dataclass(frozen=True, slots=True)
class Decision:
    """``replayed``: the key was known and this is its first answer; nothing new was done."""

    intent: Intent
    replayed: bool = False


def decide(
    account: Account,
    user: User | None,
    ticket: Ticket,
    key: str,
    *,
    origin: str = "person",
    request: HttpRequest | None = None,
    proof: Proof | None = None,
) -> Decision:
    """Record the decision and check it. The intent is READY, PENDING_APPROVAL or DENIED afterwards.

    ``proof`` is used up by it: it was given for this order alone. Raises ``KeyMissing``, ``KeyReused``,
    ``Moved``, ``MayNot``, ``InProgress`` or ``NotStored``; then nothing was recorded.
    """
    if not _KEY(key):
        raise KeyMissing
    examining.prepare(account, ticket)
    try:
        named = {"key": key, "origin": origin}

        def write() -> Intent:
            return _recorded(account, user, ticket, named, request=request, proof=proof)

        intent = with_room(write) if ticket.kind is Kind.CANCEL else write()
    except IntegrityError:
        return _replay(account, ticket, key)
    except OperationalError as trouble:
        raise (InProgress if "lock" in str(trouble).lower() else NotStored) from trouble
    except (DatabaseError, *UNSEALED) as trouble:
        raise NotStored from trouble
    if intent.at is State.READY:
        wake()
    return Decision(intent)


def _recorded(
    account: Account,
    user: User | None,
    ticket: Ticket,
    named: dict[str, str],
    *,
    request: HttpRequest | None,
    proof: Proof | None,
) -> Intent:
    now = timezone.now()
    with transaction.atomic():
        locked(account.pk)
        crashpoint("CP0")
        intent = Intent.objects.create(
            **_columns(account, ticket),
            **named,
            created_by=user,
            made_at=now,
            state_at=now,
            expires_at=now + TTL,
        )
        intent.account = account
        insist_it_is_as_seen(ticket, intent.target)
        detail: dict[str, str | int | None] = {**named, "payload": intent.payload_sha256}
        tell("order.decided", intent, by=user, detail=detail, request=request)
        crashpoint("CP1")
        is_stop = named["origin"] == "halt"  # the kill switch's own cancellations ask nobody
        said = Examined() if is_stop else examining.examine(account, user, ticket, now)
        settle_draft(intent, user, said, request)
        if proof is not None and proof.subject_hash and not spend(proof):
            raise MayNot(_("본인 확인이 다른 주문에 쓰였습니다. 다시 확인하고 보내세요."))
    return intent


def settle_draft(intent: Intent, user: User | None, said: Examined, request: HttpRequest | None = None) -> None:
    """What the checks said decides where a draft goes."""
    verdict = {
        "refusals": [[one.code, one.sentence] for one in said.refusals],
        "questions": [[one.code, one.sentence] for one in said.questions],
        "needs_approval": said.needs_approval,
    }
    columns: dict[str, Any] = {"verdict": verdict, "limits_version": said.limits_version}
    if not said.passes:
        first = (*said.refusals, *said.questions)[0]
        columns |= {"why_code": first.code[:24], "why": first.sentence[:300]}
        move(intent, State.DENIED, by=user, request=request, **columns)
        return
    hold(intent, said.cash)
    if said.needs_approval:
        until = intent.made_at + APPROVAL_TTL
        move(intent, State.PENDING_APPROVAL, by=user, request=request, expires_at=until, **columns)
        return
    move(intent, State.READY, by=user, request=request, remaining=intent.quantity, **columns)


def _columns(account: Account, ticket: Ticket) -> dict[str, object]:
    target = target_of(account, ticket) if ticket.kind is not Kind.PLACE else None
    return {
        "account": account,
        "environment": account.environment,
        "payload_sha256": ticket.digest,
        "ticket_json": ticket.as_json(),
        "kind": ticket.kind,
        "symbol": ticket.symbol,
        "side": ticket.side,
        "quantity": ticket.quantity,
        "price": ticket.price,
        "order_kind": ticket.order_kind,
        "venue": ticket.venue,
        "stop_price": ticket.stop_price,
        "credit": ticket.credit or "",
        "target_no": ticket.target_no,
        "target": target,
    }


def _replay(account: Account, ticket: Ticket, key: str) -> Decision:
    """The key was there first: the same ticket gets the first answer, another one gets nothing."""
    first = Intent.objects.filter(account=account, key=key).select_related("account").first()
    if first is None:  # the first was rolled back after it had stood in our way
        raise InProgress
    if first.payload_sha256 != ticket.digest:
        raise KeyReused(first)
    if first.at is State.DRAFT:
        raise InProgress(first)
    return Decision(first, replayed=True)
