"""Mending: explain cash that differs by a late correction, from the versions of the proofs that document it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from kiwoomweb.access.models import Account
from portfolio.analytics.proof import DayState, Line
from portfolio.analytics.proof.correcting import Figures
from portfolio.analytics.proof.mending import MENDED, Version, arrivals_of, mended
from portfolio.models import DayProof

__all__ = ["days_waiting", "with_corrections"]

#: A correction arrives in the cash within so many days, or it is explained by a person.
REACH = timedelta(days=45)


def with_corrections(account: Account, day: date, lines: Sequence[Line], figures: Figures) -> list[Line]:
    """The day's lines, its cash explained where documented corrections come to the difference. No query where
    the cash agrees, else one."""
    found = next((line for line in lines if line.name == MENDED), None)
    if found is None or found.holds:
        return list(lines)
    proofs = _versions(account, day - REACH, day + REACH)
    told = mended(found, day, figures, proofs.get(day, []), arrivals_of(day, proofs))
    return [told if line is found else line for line in lines]


def days_waiting(account: Account, proofs: Sequence[DayProof]) -> set[date]:
    """Later days that do not hold and may do so now that an earlier one has other figures."""
    corrected = [proof.day for proof in proofs if proof.is_news and proof.version > 1]
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


def _versions(account: Account, first: date, last: date) -> dict[date, list[Version]]:
    """The proofs of these days, the versions of each oldest first."""
    rows = DayProof.objects.filter(account=account, day__range=(first, last)).order_by("day", "version")
    found: dict[date, list[Version]] = defaultdict(list)
    for day, number, figures, lines in rows.values_list("day", "version", "figures", "lines"):
        found[day].append(Version(number, figures, tuple(map(Line.of, lines))))
    return found
