"""Answering: what came of a send is written into its command, once, and moves its intent."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from kiwoomweb.broker.ordering_outcome import Judgement, Outcome
from orders.crashing import crashpoint
from orders.models import Command, Evidence, Intent, Lane
from orders.services import examining
from orders.services.claiming import again
from orders.services.moving import move
from orders.services.posts import Post
from orders.states import State

__all__ = ["EXPIRED_TOKEN", "note_evidence", "write_down"]

#: Codes that say the token and not the order was refused: one more try, as a command of its own (R3).
EXPIRED_TOKEN = frozenset({"8005", "8103"})
_STATES = {
    Outcome.NOT_SENT: State.NOT_SENT,
    Outcome.REJECTED: State.REJECTED,
    Outcome.ACCEPTED: State.ACCEPTED,
    Outcome.UNKNOWN: State.UNKNOWN,
}


def write_down(
    intent: Intent, command: Command, judgement: Judgement, post: Post, sent_at: datetime | None
) -> Command | None:
    """Inside a transaction: outcome, evidence, move, and the lane free again. Gives a second command."""
    open_commands = Command.objects.filter(pk=command.pk, outcome="")
    told = {"http_status": judgement.status, "return_code": judgement.code[:24], "said": _said(judgement)}
    outcome = {"outcome": judgement.outcome, "order_no": judgement.order_no, "answered_at": timezone.now()}
    if open_commands.update(sent_at=sent_at, **told, **outcome) != 1:
        return None  # somebody has resolved it meanwhile: what is known now comes from evidence
    note_evidence(intent, "answer", judgement.order_no, {**told, "outcome": judgement.outcome})
    intent.refresh_from_db()
    is_expiry = judgement.outcome is Outcome.REJECTED and judgement.code in EXPIRED_TOKEN
    if is_expiry and _still_passes(intent) and (second := again(intent, command, post)) is not None:
        return second
    if intent.at is State.SENDING:
        _move(intent, judgement)
    Lane.objects.filter(account_id=intent.account_id, busy=intent).update(busy=None)
    crashpoint("CP9")
    return None


def _still_passes(intent: Intent) -> bool:
    """Whether it may go once more, with the quote and everything else as old as they are by now."""
    ticket = intent.ticket
    return examining.examine(intent.account, intent.created_by, ticket, timezone.now(), again=intent).passes


def _move(intent: Intent, judgement: Judgement) -> None:
    columns: dict[str, Any] = {"why_code": (judgement.code or judgement.cause)[:24], "why": _said(judgement)}
    if judgement.outcome is Outcome.ACCEPTED:
        columns = {"order_no": judgement.order_no, "remaining": intent.quantity}
        if _is_taken(intent, judgement.order_no):
            move(intent, State.UNKNOWN, why_code="number_taken", doubt="number_taken")
            return
    if judgement.is_refused:
        columns["doubt"] = "refused"
    move(intent, _STATES[judgement.outcome], **columns)


def _is_taken(intent: Intent, order_no: str) -> bool:
    """A number that is another order's already is no number (F-12)."""
    same = Intent.objects.filter(account_id=intent.account_id, order_no=order_no, day=intent.day or date.min)
    return same.exclude(pk=intent.pk).exists()


def note_evidence(intent: Intent, source: str, order_no: str, content: dict[str, Any]) -> None:
    """Add a statement about a claimed intent; the same words again are the same row."""
    text = json.dumps({**content, "intent": intent.pk}, sort_keys=True, ensure_ascii=False, default=str)
    Evidence.objects.get_or_create(
        account_id=intent.account_id,
        day=intent.day or date.min,
        source=source,
        order_no=order_no,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        defaults={"intent": intent, "content": json.loads(text), "seen_at": timezone.now()},
    )


def _said(judgement: Judgement) -> str:
    return (judgement.said or judgement.cause)[:300]
