"""Mending: explain cash that differs by a late correction, from the versions of the proofs that document it."""

from collections.abc import Sequence
from datetime import date, timedelta

from kiwoomweb.access.models import Account
from portfolio.analytics.proof import DayState, Line
from portfolio.analytics.proof.correcting import Figures
from portfolio.analytics.proof.lines import Cause
from portfolio.analytics.proof.mending import MENDED, Version, arrivals_of, mended
from portfolio.models import DayProof

__all__ = ["days_waiting", "with_corrections"]

#: A correction arrives in the cash within so many days, or it is explained by a person.
REACH = timedelta(days=45)


def with_corrections(account: Account, day: date, lines: Sequence[Line], figures: Figures) -> list[Line]:
    """The day's lines, its cash explained where documented corrections come to the difference. No query where
    the cash agrees, else two."""
    found = next((line for line in lines if line.name == MENDED), None)
    if found is None or found.holds:
        return list(lines)
    told = mended(found, day, figures, _versions(account, day), _arriving(account, day))
    return [told if line is found else line for line in lines]


def days_waiting(account: Account, proofs: Sequence[DayProof]) -> set[date]:
    """Later days that do not hold and may do so now that an earlier one has been corrected."""
    corrected = [proof.day for proof in proofs if proof.is_news and _is_corrected(proof)]
    if not corrected:
        return set()
    later = DayProof.objects.filter(
        account=account,
        superseded_at__isnull=True,
        state=DayState.MISMATCH.value,
        day__gt=min(corrected),
        day__lte=max(corrected) + REACH,
    )
    return set(later.values_list("day", flat=True)) - {proof.day for proof in proofs}


def _is_corrected(proof: DayProof) -> bool:
    return any(line.causes for line in map(Line.of, proof.lines))


def _versions(account: Account, day: date) -> list[Version]:
    rows = DayProof.objects.filter(account=account, day=day).order_by("version")
    return [
        Version(number, figures, tuple(map(Line.of, lines)))
        for number, figures, lines in rows.values_list("version", "figures", "lines")
    ]


def _arriving(account: Account, day: date) -> list[Cause]:
    rows = DayProof.objects.filter(
        account=account, superseded_at__isnull=True, day__gte=day - REACH, day__lte=day + REACH
    )
    told = rows.order_by("day").values_list("day", "lines")
    return arrivals_of(day, [(other, tuple(map(Line.of, lines))) for other, lines in told])
