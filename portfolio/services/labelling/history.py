"""Changing a row of the playbook and remembering who changed what."""

from django.db.models import Model
from django.utils import timezone

from kiwoomweb.access.models import User
from portfolio.models import LabelChange

__all__ = ["change", "remember"]


def change(team_id: int, subject: str, row: Model, author: User, **fields: object) -> bool:
    """Set these fields of a row and save it; each that differs is remembered. False when nothing did."""
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in changed.items():
        remember(team_id, subject, row, name, author, before=getattr(row, name), after=value)
        setattr(row, name, value)
    if changed:
        row.save(update_fields=list(changed))
    return bool(changed)


def remember(
    team_id: int, subject: str, row: Model, name: str, author: User, *, before: object = "", after: object = ""
) -> None:
    """One line of the history."""
    LabelChange.objects.create(
        team_id=team_id,
        subject=subject,
        subject_id=row.pk,
        field=name[:20],
        before="" if before is None else str(before)[:300],
        after="" if after is None else str(after)[:300],
        author=author,
        changed_at=timezone.now(),
    )
