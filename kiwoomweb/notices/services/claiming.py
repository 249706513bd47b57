"""Claiming a delivery: nobody sends what somebody else is sending, and nobody says it is sent but who sent it.

Every step is one conditional update that names the state and the claim it starts from. A claim ends by itself;
what its death means depends on how far it had come (``State``) and what the message is (``twice_is_better``).
"""

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.notices.kinds import NEVER_WAITS
from kiwoomweb.notices.models import Delivery, State, Way
from kiwoomweb.notices.services.troubling import tell_the_owner
from kiwoomweb.notices.wires.verdict import Outcome, Verdict

__all__ = ["BACKOFF", "claim", "end", "hand", "release", "twice_is_better"]

#: Longer than any conversation may last (wires/smtp.py), so that only the dead are overtaken.
LEASE = timedelta(minutes=10)
#: Waits after each failed try; after the last one it is given up, about three days after the first.
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440, 1440))
#: How many candidates are looked at: two workers who want the same one should find another quickly.
LOOK = 8


def claim(ways: tuple[Way, ...]) -> Delivery | None:
    """One that is due, now ours in ``sending``; ``None`` when there is none."""
    now = timezone.now()
    due = Delivery.objects.filter(way__in=ways, state=State.QUEUED, due_at__lte=now)
    for row in due.order_by("due_at", "pk")[:LOOK]:
        row.claim, row.claimed_until = uuid4(), now + LEASE
        mine = Delivery.objects.filter(pk=row.pk, state=State.QUEUED, attempts=row.attempts, due_at=row.due_at)
        taken = mine.update(
            state=State.SENDING, claim=row.claim, claimed_until=row.claimed_until, attempts=F("attempts") + 1
        )
        if taken:
            row.attempts += 1
            return row
    return None


def hand(row: Delivery) -> bool:
    """The last byte is about to leave. ``False``: the claim has ended, do not send it.

    Written durably before it happens: outside any transaction, or the note would die with us.
    """
    with transaction.atomic(durable=True):
        return bool(_mine(row, State.SENDING).update(state=State.HANDING, claimed_until=timezone.now() + LEASE))


def end(row: Delivery, verdict: Verdict) -> bool:
    """Write down what became of it. ``False``: it is no longer ours to say."""
    if verdict.outcome is Outcome.OVERTAKEN:
        return False
    now = timezone.now()
    # Who was only slow, not dead, may still say what an overtaken hand-over came to.
    mine = _mine(row, State.SENDING, State.HANDING, State.UNSURE)
    outcome = verdict.outcome
    if outcome is Outcome.UNSURE and twice_is_better(row):
        outcome = Outcome.LATER
    if outcome is Outcome.LATER and row.attempts <= len(BACKOFF):
        wait = BACKOFF[row.attempts - 1]
        again = {"state": State.QUEUED, "claim": None, "claimed_until": None, "due_at": now + wait}
        return bool(mine.update(**again, answer=verdict.answer))
    state = {Outcome.SENT: State.SENT, Outcome.REFUSED: State.REFUSED, Outcome.UNSURE: State.UNSURE}.get(
        outcome, State.FAILED
    )
    kept = {"content": b""} if state is State.SENT else {}
    return bool(mine.update(state=state, answer=verdict.answer, ended_at=now, claimed_until=None, **kept))


def release(now: datetime | None = None) -> int:
    """What the dead had in hand: queued again where it was certainly not taken or where twice is better than
    never, else put to its owner, who is told."""
    now = now or timezone.now()
    free = {"state": State.QUEUED, "claim": None, "claimed_until": None, "due_at": now}
    done = Delivery.objects.filter(claimed_until__lte=now, state=State.SENDING).update(**free)
    for row in Delivery.objects.filter(claimed_until__lte=now, state=State.HANDING):
        mine = _mine(row, State.HANDING).filter(claimed_until__lte=now)
        done += mine.update(**free) if twice_is_better(row) else _doubted(row, mine, now)
    return done


def twice_is_better(row: Delivery) -> bool:
    """Whether a message that may have been taken is handed over again by itself: same bytes, same number.

    A webhook's receiver knows the number, and so does a mail server of ``EMAIL_REPEATS``. Elsewhere a person
    may get it twice: better than not at all for what cannot wait and for what lets somebody in, which nobody
    can unsubscribe from; not for a report, which stands on its page while its owner decides.
    """
    if row.way == Way.WEBHOOK or row.kind in NEVER_WAITS:
        return True
    return row.way == Way.MAIL and (settings.EMAIL_REPEATS or not row.scope)


def _doubted(row: Delivery, mine: "QuerySet[Delivery]", now: datetime) -> int:
    words = _("넘기는 순간 멈춰서 도착했는지 알 수 없습니다.")
    with transaction.atomic():
        done = mine.update(state=State.UNSURE, answer=words, ended_at=now, claimed_until=None)
        if done:
            tell_the_owner(row)
    return done


def _mine(row: Delivery, *states: State) -> "QuerySet[Delivery]":
    return Delivery.objects.filter(pk=row.pk, claim=row.claim, state__in=states)
