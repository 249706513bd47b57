"""Proving: hold the journal against the broker, day by day, and write down what came of it.

    prove(account, day)         one day, now
    prove_days(account, days)   many days with the same few queries
    after(task)                 what a good read has touched; never breaks the read

The same figures are the same version, however often they are proved. Other figures are a new version; where
they undo a sealed day, the day is reopened and one correction says what the broker changed.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.prepared import Prepared
from orders.services.locking import locked
from orders.services.recording import digest_of
from portfolio.analytics.proof import DayState, Line, Moments, Reason, Standing, Verdict, proved, standing
from portfolio.analytics.proof.correcting import figures_of
from portfolio.models import DayProof, Explanation, Purpose, SyncTask
from portfolio.selectors.days import clock_of
from portfolio.selectors.proof.begins import begin_of
from portfolio.selectors.proof.gathering import Gathered, gathered
from portfolio.selectors.proof.reads import CLOSES, LEDGER, LISTS
from portfolio.selectors.proof.states import alarm_of, close_of, is_filling
from portfolio.services.correcting import note_correction
from portfolio.services.looking_again import look_again, read_again
from portfolio.services.mending import days_waiting, with_corrections
from portfolio.services.rating import rates_for
from portfolio.timetable import Clock

__all__ = ["after", "prove", "prove_again", "prove_days", "prove_rest"]

log = logging.getLogger(__name__)

#: So many days are proved with one set of queries and in one transaction.
BATCH = 70
#: The lists that a proof compares.
PROVING = (*LISTS, LEDGER, CLOSES, "kt00002", "kt00009")
#: A booked row speaks of a trade two trading days ago, over a weekend and a holiday.
SETTLING = timedelta(days=6)


def prove(account: Account, day: date) -> DayProof:
    """The proof of one day as it stands now; about twenty queries."""
    (proof,) = prove_days(account, [day])
    return proof


def prove_days(account: Account, days: Iterable[date]) -> list[DayProof]:
    """The proofs of these days, oldest first, and of later ones that a correction of theirs explains."""
    clock, rates = clock_of(account), rates_for(account)
    proofs: list[DayProof] = []
    due = sorted(set(days))
    for some in (due[start : start + BATCH] for start in range(0, len(due), BATCH)):
        with transaction.atomic():
            locked(account.pk)
            found = gathered(account, some, clock.corrected, rates)
            before = _present(account, some)
            said = _said(account, some)
            proofs += [_prove(account, found[day], before.get(day), said.get(day, []), clock) for day in some]
    waiting = days_waiting(account, proofs)
    return proofs + (prove_days(account, waiting) if waiting else [])


def after(account: Account, task: SyncTask) -> None:
    """Prove the days a good read has touched. Whatever goes wrong is logged and proved another time.

    While the past is still being read nothing is proved: all of it is at once when its last window is there.
    """
    if task.tr not in PROVING or task.purpose == Purpose.POLL or not (task.first and task.last):
        return
    try:
        if task.purpose == Purpose.BACKFILL:
            look_again(account, task)
            if not is_filling(account):
                prove_rest(account)
            return
        back = SETTLING if task.tr == LEDGER else timedelta()
        proofs = prove_days(account, days_due(account, task.first - back, task.last))
        look_again(account, task)
        for proof in proofs:
            if proof.is_news and _is_half_corrected(proof):
                read_again(account, proof.day)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("days %s..%s of account %s could not be proved", task.first, task.last, account.pk)


def _is_half_corrected(proof: DayProof) -> bool:
    """Whether one list tells a correction and the others are still to be asked."""
    return any(line.reason is Reason.CORRECTION for line in map(Line.of, proof.lines))


def prove_rest(account: Account) -> None:
    """Prove every trading day from the journal's first on."""
    prove_days(account, days_due(account, date.min, date.max))


def prove_again(account_id: int, days: Collection[date]) -> None:
    """Prove days whose trades were derived anew, as far as they have a proof: nothing is proved here first."""
    try:
        known = set(days) & set(_proved.rows(account=account_id, first=min(days), last=max(days)))
        if known:
            prove_days(Account.objects.get(pk=account_id), known)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("days of account %s could not be proved after their trades", account_id)


_proved: Prepared[date] = Prepared(
    lambda account, first, last: DayProof.objects.filter(
        account=account, superseded_at__isnull=True, day__range=(first, last)
    ).values_list("day", flat=True),
    account=int,
    first=date,
    last=date,
)


def days_due(account: Account, first: date, last: date) -> list[date]:
    """The trading days of a span that have a state: since the journal begins, and over."""
    clock, begins = clock_of(account), begin_of(account)
    if begins is None:
        return []
    return [day for day in clock.days_since(max(first, begins)) if day <= last]


def _present(account: Account, days: Sequence[date]) -> dict[date, DayProof]:
    span = (days[0], days[-1])
    rows = DayProof.objects.filter(account=account, day__range=span, superseded_at__isnull=True)
    return {row.day: row for row in rows}


def _said(account: Account, days: Sequence[date]) -> dict[date, list[Explanation]]:
    rows = Explanation.objects.filter(
        account=account, day__range=(days[0], days[-1]), withdrawn_at__isnull=True
    )
    found: dict[date, list[Explanation]] = {}
    for row in rows:
        found.setdefault(row.day, []).append(row)
    return found


def _prove(
    account: Account, found: Gathered, before: DayProof | None, said: Collection[Explanation], clock: Clock
) -> DayProof:
    proof = DayProof(
        account=account,
        day=found.facts.day,
        figures=figures_of(found.facts),
        replies=list(found.replies),
        read_at=found.reads.read_at,
        alarm_at=alarm_of(found.facts.day, clock.corrected),
    )
    moved = before is not None and (before.reopened or before.figures != proof.figures)
    changes = note_correction(before, proof) if before and moved else ()
    lines = [_with_words(_corrected(line) if changes else line, said) for line in proved(found.facts)]
    lines = with_corrections(account, proof.day, lines, proof.figures)
    proof.lines = [line.plain() for line in lines]
    proof.digest = digest_of(
        [_essence(lines), sorted((k, sorted(v.items())) for k, v in proof.figures.items())]
    )
    same = before is not None and before.digest == proof.digest
    sealed = bool(before and before.sealed_at and not changes)
    since = before.held_since if before and (same or sealed) else None
    stands = standing(lines, _moments(found, clock), since)
    return _write(before, proof, stands, clock, same=same, reopens=bool(changes))


def _with_words(line: Line, said: Iterable[Explanation]) -> Line:
    """A line that does not hold, once a person has explained exactly these two figures."""
    if line.holds:
        return line
    mine = (*line.name, line.ours, line.theirs)
    told = {(one.equation, one.key, one.symbol, one.ours, one.theirs) for one in said}
    return line.explained() if mine in told else line


def _corrected(line: Line) -> Line:
    """A line that broke with a late correction: one list tells it already, the other is still to be read."""
    if line.verdict is Verdict.DIFFERENT and line.reason in {Reason.UNEXPLAINED, Reason.RATE}:
        return replace(line, reason=Reason.CORRECTION)
    return line


def _essence(lines: Iterable[Line]) -> list[tuple[object, ...]]:
    """What makes a proof another one. What our learnt rate expects may sharpen without any new figure."""
    return [
        (
            *line.name,
            line.verdict,
            line.reason,
            line.theirs,
            None if line.key.endswith((".rate", ".own")) else line.ours,
        )
        for line in lines
    ]


def _moments(found: Gathered, clock: Clock) -> Moments:
    day = found.facts.day
    return Moments(
        day,
        close_of(day, clock.corrected),
        alarm_of(day, clock.corrected),
        clock.now,
        found.reads.read_at,
        found.reads.seen_at,
        found.reads.is_whole,
    )


def _write(
    before: DayProof | None, proof: DayProof, stands: Standing, clock: Clock, *, same: bool, reopens: bool
) -> DayProof:
    """The same figures move their bookkeeping on; others are inserted and supersede."""
    now, sealed = timezone.now(), stands.state is DayState.SEALED
    proof.state, proof.held_since, proof.checked_at = stands.state.value, stands.held_since, now
    proof.reopened = not sealed and (reopens or bool(before and before.reopened))
    kept = before.sealed_at if before and before.sealed_at and not reopens else None
    proof.sealed_at = (kept or clock.now) if sealed else None
    if before and same:
        moved = ("state", "held_since", "checked_at", "reopened", "sealed_at", "read_at", "replies")
        for name in moved:
            setattr(before, name, getattr(proof, name))
        before.save(update_fields=moved)
        return before
    proof.version, proof.made_at = before.version + 1 if before else 1, now
    if before:
        DayProof.objects.filter(pk=before.pk).update(superseded_at=now)
    proof.save()
    return proof
