"""Proofs as pages show them: days with their lines, the score, the archive, corrections and raw replies."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import QuerySet

from kiwoomweb.access.models import Account, BrokerReply
from portfolio.analytics.proof import Change, DayState, Line
from portfolio.models import Correction, DayProof, Explanation, RealisedDay
from portfolio.selectors.days import clock_of
from portfolio.selectors.proof.begins import begin_of
from portfolio.selectors.proof.states import alarm_of, states_between

__all__ = [
    "BROKER_KEEPS",
    "Kept",
    "LastDays",
    "ProofDay",
    "Score",
    "TrustOverview",
    "corrections_of",
    "explanations_of",
    "last_days",
    "overview_of",
    "proof_day",
    "proof_days",
    "replies_of",
    "versions_of",
]

#: 당일매매일지 (ka10170) answers for two months; a day's single orders and costs are gone with it.
BROKER_KEEPS = timedelta(days=61)


@dataclass(frozen=True, slots=True)
class ProofDay:
    """One day: its state as of now and the lines of its present proof (none before it was proved).

    Moments are by the broker's clock. ``is_alarm`` for a gap older than 09:00 of the next trading day.
    """

    day: date
    state: DayState
    version: int
    reopened: bool
    lines: tuple[Line, ...]
    read_at: datetime | None
    sealed_at: datetime | None
    replies: tuple[int, ...]
    is_alarm: bool

    @property
    def troubled(self) -> tuple[Line, ...]:
        """The lines that stand in the way of the seal."""
        return tuple(line for line in self.lines if not line.holds)

    @property
    def rounding(self) -> int:
        """How many lines differ by what cutting explains."""
        return sum(line.verdict == "rounding" for line in self.lines)


@dataclass(frozen=True, slots=True)
class Kept:
    """The permanent archive: before ``edge`` the broker's diary is gone; ``days`` with results live on here."""

    edge: date
    days: int


@dataclass(frozen=True)
class Score:
    """Of the trading days that are ``due`` (over since 09:00 of the next), how many are in which state."""

    counts: Mapping[DayState, int]
    alarms: int

    @cached_property
    def due(self) -> int:
        """Days that could have been sealed."""
        return sum(self.counts.values()) - self.counts.get(DayState.OPEN, 0)

    @property
    def sealed(self) -> int:
        """Days proved to the won, twice."""
        return self.counts.get(DayState.SEALED, 0)

    @property
    def waiting(self) -> int:
        """Days in which nothing differs so far: not compared yet, or once, and a read is to come."""
        return self.counts.get(DayState.CLOSING, 0)

    @property
    def percent(self) -> int | None:
        """Cut, never rounded up: 99.9 is not 100."""
        return 100 * self.sealed // self.due if self.due else None


@dataclass(frozen=True, slots=True)
class TrustOverview:
    """Everything above the list: from when on, the score, and what only we still have."""

    begins: date | None
    today: date
    states: Mapping[date, DayState]
    score: Score
    kept: Kept


def overview_of(account: Account) -> TrustOverview:
    """About ten queries."""
    clock, begins = clock_of(account), begin_of(account)
    edge = clock.trading_day - BROKER_KEEPS
    states = states_between(account, begins, clock.day) if begins else {}
    alarms = [
        day
        for day, state in states.items()
        if state is DayState.GAP and clock.now >= alarm_of(day, clock.corrected)
    ]
    kept = RealisedDay.objects.current().filter(account=account, day__lt=edge).count()
    score = Score(Counter(states.values()), len(alarms))
    return TrustOverview(begins, clock.trading_day, states, score, Kept(edge, kept))


@dataclass(frozen=True, slots=True)
class LastDays:
    """The last trading days before today, oldest first, each with its state."""

    days: tuple[tuple[date, DayState], ...]

    @property
    def sealed(self) -> int:
        """Days proved."""
        return sum(state is DayState.SEALED for _, state in self.days)

    @property
    def troubled(self) -> int:
        """Days that do not hold, or are missing."""
        return sum(state in {DayState.MISMATCH, DayState.GAP} for _, state in self.days)


def last_days(account: Account, count: int = 20) -> LastDays:
    """The last ``count`` trading days before today. Seven queries."""
    today = clock_of(account).trading_day
    states = states_between(account, today - timedelta(days=2 * count + 14), today - timedelta(days=1))
    return LastDays(tuple(sorted(states.items())[-count:]))


def proof_days(account: Account, states: Mapping[date, DayState]) -> tuple[ProofDay, ...]:
    """These days with their proofs, newest first. Two queries."""
    if not states:
        return ()
    clock = clock_of(account)
    proofs = {row.day: row for row in _current(account).filter(day__range=(min(states), max(states)))}
    return tuple(
        _proof_day(day, states[day], proofs.get(day), is_late=clock.now >= alarm_of(day, clock.corrected))
        for day in sorted(states, reverse=True)
    )


def proof_day(account: Account, day: date) -> ProofDay | None:
    """One day; ``None`` where it has no state."""
    states = states_between(account, day, day)
    return next(iter(proof_days(account, states)), None)


def _proof_day(day: date, state: DayState, row: DayProof | None, *, is_late: bool) -> ProofDay:
    alarm = is_late and state is DayState.GAP
    if row is None:
        return ProofDay(day, state, 0, False, (), None, None, (), alarm)
    return ProofDay(
        day,
        state,
        row.version,
        row.reopened,
        tuple(map(Line.of, row.lines)),
        row.read_at,
        row.sealed_at,
        tuple(row.replies),
        alarm,
    )


def versions_of(account: Account, day: date) -> "QuerySet[DayProof]":
    """Every version of a day's proof, newest first."""
    return DayProof.objects.filter(account=account, day=day).order_by("-version")


def corrections_of(account: Account, day: date | None = None) -> list[tuple[Correction, tuple[Change, ...]]]:
    """What the broker corrected after a day had been sealed, newest day first."""
    rows = Correction.objects.filter(account=account, withdrawn_at__isnull=True)
    rows = rows.filter(day=day) if day else rows
    return [
        (row, tuple(Change(**change) for change in row.changes)) for row in rows.order_by("-day", "-pk")[:100]
    ]


def explanations_of(account: Account, day: date) -> "QuerySet[Explanation]":
    """What people said of the day, newest first; withdrawn words are among them."""
    rows = Explanation.objects.filter(account=account, day=day)
    return rows.select_related("author").order_by("-made_at", "-pk")


def replies_of(account: Account, ids: Iterable[int]) -> "QuerySet[BrokerReply]":
    """The raw replies with these ids, without their bodies."""
    return (
        BrokerReply.objects.filter(account=account, pk__in=list(ids))
        .defer("content")
        .order_by("tr", "-seen_at")
    )


def _current(account: Account) -> "QuerySet[DayProof]":
    return DayProof.objects.filter(account=account, superseded_at__isnull=True)
