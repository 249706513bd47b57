"""Sending: one command, one request, one answer written down. Never twice, whatever happens (R2).

Between claim and first byte stands a last look: the time by a clock nobody can set, the halts, the lease. What
comes back is judged by ``broker.ordering_outcome`` and committed; as long as the database does not take it, it
is held here and tried again.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections, transaction
from django.utils import timezone

from kiwoomweb.broker.calls import ordering
from kiwoomweb.broker.domain import CreditKind, OrderKind, Receipt, Side, Venue
from kiwoomweb.broker.order_answers import Reached, Step
from kiwoomweb.broker.ordering_outcome import Judgement, NotAccepted, Outcome
from orders.crashing import crashpoint
from orders.models import Command, Intent
from orders.selectors.halts import against
from orders.services.answering import write_down
from orders.services.claiming import SEND_WITHIN
from orders.services.posts import Post, holds, reckoned
from orders.services.room import make_room
from orders.services.storage import is_unreliable, notice
from orders.tickets import Kind

__all__ = ["Withdrawn", "halt_file", "in_flight", "send"]

log = logging.getLogger(__name__)

Door = ordering.OrderDoor
_STEPS = {Step.CONNECTED: "CP5", Step.HALF: "CP6", Step.WRITTEN: "CP7", Step.ANSWERED: "CP8"}

_flying: set[int] = set()
_lock = threading.Lock()


class Withdrawn(Exception):
    """Taken back before the first byte: too late, halted, or no longer our desk."""


def halt_file() -> Path:
    """While this file is there nothing new goes out, whatever else is down."""
    return Path(settings.VAR) / "HALT"


def in_flight(command_id: int) -> bool:
    """Whether a thread of this process may still send this command."""
    with _lock:
        return command_id in _flying


def send(intent: Intent, command: Command, door: Door, post: Post) -> Command | None:
    """Send it and write down what came of it. Gives the second command where a new token allows one more."""
    claimed = reckoned()
    sent_at: list[datetime] = []

    def reached(step: Step) -> None:
        if step is Step.CONNECTED:
            _last_look(intent, claimed, post)
            sent_at.append(timezone.now())
        if step in _STEPS:
            crashpoint(_STEPS[step])

    with _flight(command.pk):
        judgement = _judged(intent, command.target_no, door, reached)
        left_at = sent_at[0] if sent_at else None
        return _insistently(lambda: write_down(intent, command, judgement, post, left_at))


def _judged(intent: Intent, target_no: str, door: Door, reached: Reached) -> Judgement:
    try:
        receipt = _call(intent, target_no, door, reached)
    except NotAccepted as no:
        return no.judgement
    except ValueError as nonsense:  # cannot be said on the wire: the call refuses before anything is opened
        return Judgement(Outcome.NOT_SENT, cause="CannotBeSaid", said=str(nonsense)[:300])
    except Exception as trouble:
        log.exception("a send ended in an error of ours")
        return Judgement(Outcome.UNKNOWN, cause=type(trouble).__name__)
    return Judgement(Outcome.ACCEPTED, said=receipt.said, status=receipt.status, order_no=receipt.order_no)


def _call(intent: Intent, target_no: str, door: Door, reached: Reached) -> Receipt:
    ticket = intent.ticket
    credit = CreditKind(ticket.credit) if ticket.credit else None
    if intent.kind == Kind.PLACE:
        return ordering.place(
            door,
            side=Side(ticket.side),
            symbol=ticket.symbol,
            quantity=ticket.quantity,
            kind=OrderKind(ticket.order_kind),
            price=ticket.price,
            venue=Venue(ticket.venue),
            stop_price=ticket.stop_price,
            credit=credit,
            loan_day=ticket.loan_day,
            reached=reached,
        )
    named = {"order_no": target_no, "symbol": ticket.symbol, "quantity": ticket.quantity, "venue": ticket.venue}
    if intent.kind == Kind.CANCEL:
        return ordering.cancel(door, **named, credit=credit, reached=reached)  # type: ignore[arg-type]
    return ordering.modify(
        door,
        **named,  # type: ignore[arg-type]
        price=ticket.price or 0,
        stop_price=ticket.stop_price,
        credit=credit,
        reached=reached,
    )


def _last_look(intent: Intent, claimed: float, post: Post) -> None:
    """The last moment to say no. A cancellation goes out even when the database cannot be asked."""
    if reckoned() - claimed > SEND_WITHIN.total_seconds():
        raise Withdrawn("too late")
    if intent.kind == Kind.CANCEL:
        return
    if halt_file().exists() or is_unreliable():
        raise Withdrawn("halted by file, or the disk failed")
    if against(intent).exists():
        raise Withdrawn("halted")
    if not holds(post, timezone.now()):
        raise Withdrawn("no longer our desk")


def _insistently(write: Callable[[], Command | None]) -> Command | None:
    """An outcome is not given up: the database is asked until it takes it. If we die meanwhile, it is CP8."""
    pause = 0.05
    while True:
        try:
            with transaction.atomic():
                crashpoint("CP9")
                return write()
        except DatabaseError as trouble:
            log.exception("the outcome of an order cannot be stored yet")
            notice(trouble)
            make_room(trouble)
            close_old_connections()
            time.sleep(pause)
            pause = min(pause * 2, 5)


@contextmanager
def _flight(command_id: int) -> Iterator[None]:
    with _lock:
        _flying.add(command_id)
    try:
        yield
    finally:
        with _lock:
            _flying.discard(command_id)
