"""Claiming: the last thing that happens in the database before an order leaves, and the only way to SENDING.

One conditional UPDATE decides: READY, not expired, our fence, no halt, nothing else on its way. The command is
written in the same transaction, which is on disk when it returns (R1). Whoever reads of a SENDING later must
assume that the order was sent.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kiwoomweb.broker.calls.ordering import tr_of
from orders.crashing import crashpoint
from orders.models import Command, Halt, Intent, Lane, OrderProcess
from orders.selectors.halts import concerning, epoch
from orders.selectors.statements import newest_number
from orders.services.posts import Post
from orders.services.telling import tell
from orders.states import UNSURE, State
from orders.tickets import Kind

__all__ = ["SEND_WITHIN", "Before", "again", "claim"]

#: No first byte later than so long after the claim.
SEND_WITHIN = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Before:
    """The order numbers of ``day`` before the send; ``complete`` when they came from a whole list just read.
    ``held`` shares of the symbol then, where known."""

    day: date
    numbers: Sequence[str] = ()
    at: datetime | None = None
    complete: bool = False
    held: int | None = None


def claim(intent: Intent, post: Post, before: Before) -> Command | None:
    """Make the intent SENDING and give the command to send, or ``None`` when anything stands against it."""
    with transaction.atomic():
        now = timezone.now()
        if not _desk_is_ours(post, now) or not _take_lane(intent, post):
            return None
        ready = Intent.objects.filter(pk=intent.pk, state=State.READY, version=intent.version)
        mine = ready.filter(_nothing_against(intent), expires_at__gt=now)
        changed = {"state": State.SENDING, "state_at": now, "version": intent.version + 1, "day": before.day}
        if mine.update(**changed) != 1:
            transaction.set_rollback(True)
            return None
        for name, value in changed.items():
            setattr(intent, name, value)
        target_no = newest_number(intent) if intent.kind != Kind.PLACE else ""
        command = _command(intent, post, before, 1, now, target_no)
        detail: dict[str, str | int | None] = {"command": command.pk, "fence": post.fence}
        tell("order.sending", intent, detail=detail | {"epoch": command.halt_epoch}, is_quiet=True)
        crashpoint("CP3")
    crashpoint("CP4")
    return command


def again(intent: Intent, first: Command, post: Post) -> Command | None:
    """A second command for an order whose token was refused (8005), if nothing stands against it now either."""
    now = timezone.now()
    is_free = Intent.objects.filter(_no_halt(intent), pk=intent.pk, state=State.SENDING, expires_at__gt=now)
    if first.number > 1 or not _desk_is_ours(post, now) or not is_free.exists():
        return None
    known = Before(intent.day or now.date(), first.before, first.before_at, first.before_complete, first.held)
    return _command(intent, post, known, 2, now, first.target_no)


def _command(  # noqa: PLR0917  what a claim knows
    intent: Intent, post: Post, before: Before, number: int, now: datetime, target_no: str
) -> Command:
    asked = {"payload": intent.payload_sha256, "kind": intent.kind, "target": target_no}
    return Command.objects.create(
        intent=intent,
        number=number,
        environment=intent.environment,
        tr=tr_of(intent.kind, intent.ticket.side, intent.symbol, intent.ticket.credit),
        target_no=target_no,
        request_sha256=hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest(),
        claimed_at=now,
        deadline=now + SEND_WITHIN,
        boot_id=post.boot_id,
        pid=post.pid,
        pid_started=post.pid_started,
        fence=post.fence,
        halt_epoch=epoch(),
        before=list(before.numbers),
        before_at=before.at,
        before_complete=before.complete,
        held=before.held,
    )


def _desk_is_ours(post: Post, now: datetime) -> bool:
    desk = OrderProcess.objects.select_for_update()
    return desk.filter(holder=post.holder, fence=post.fence, expires__gt=now).exists()


def _take_lane(intent: Intent, post: Post) -> bool:
    """Cancelling needs no open lane, only that nothing is between claim and answer."""
    lane = Lane.objects.filter(account_id=intent.account_id, busy__isnull=True)
    if intent.kind != Kind.CANCEL:
        lane = lane.filter(is_open=True, fence=post.fence)
    return lane.update(busy=intent) == 1


def _nothing_against(intent: Intent) -> Q:
    if intent.kind == Kind.CANCEL:
        return Q()
    unsure = Intent.objects.filter(account_id=OuterRef("account_id"), state__in=UNSURE)
    return _no_halt(intent) & Q(~Exists(unsure))


def _no_halt(intent: Intent) -> Q:
    if intent.kind == Kind.CANCEL:
        return Q()
    own = concerning(OuterRef("account_id"), OuterRef("created_by_id"), OuterRef("symbol"))
    return Q(~Exists(Halt.objects.filter(own)))
