"""Correcting: note what the broker changed of a sealed day, once for each time the seal is broken."""

from dataclasses import asdict

from django.utils import timezone

from portfolio.analytics.proof import Change, changes_between
from portfolio.models import Correction, DayProof

__all__ = ["note_correction"]


def note_correction(before: DayProof, now: DayProof) -> tuple[Change, ...]:
    """What has changed since the day was last sealed; empty when it never was, or when nothing was corrected.

    While the day stays reopened its one note follows the figures, and is withdrawn when they come back.
    """
    sealed = before if before.sealed_at else _undone(before) if before.reopened else None
    if sealed is None:
        return ()
    changes = changes_between(sealed.figures, now.figures)
    told = [asdict(change) for change in changes]
    kept = Correction.objects.filter(sealed=sealed)
    if told:
        noted = {"account_id": sealed.account_id, "day": sealed.day, "noted_at": timezone.now()}
        Correction.objects.get_or_create(sealed=sealed, defaults={**noted, "changes": told})
        kept.update(changes=told, withdrawn_at=None)
    else:
        kept.update(withdrawn_at=timezone.now())
    return changes


def _undone(reopened: DayProof) -> DayProof | None:
    """The last sealed version of a day that is reopened."""
    versions = DayProof.objects.filter(account=reopened.account_id, day=reopened.day, sealed_at__isnull=False)
    return versions.order_by("-version").first()
