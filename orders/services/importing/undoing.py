"""Undoing: a whole batch out of the journal again. Its fills are superseded; nothing is removed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import User
from orders.models import Fill, ImportBatch
from orders.selectors.imports import blockers
from orders.services.filling import settle
from orders.services.importing.committing import tell
from orders.services.importing.errors import ImportRefused
from orders.services.locking import locked
from orders.signals import undo_asked

__all__ = ["undo"]


def undo(batch: ImportBatch, author: User) -> int:
    """Take back what the batch had brought and still stands; returns how many fills. Raises ``ImportRefused``
    when something later depends on it: another import, or whatever a listener to ``undo_asked`` names."""
    with transaction.atomic():
        locked(batch.account_id)
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != ImportBatch.State.COMMITTED:
            raise ImportRefused(_("들이지 않았거나 이미 되돌린 가져오기입니다."))
        fills = list(Fill.objects.current().filter(imported__batch=batch))
        why = [*blockers(batch), *_others(batch, fills)]
        if why:
            raise ImportRefused(" ".join(why))
        now = timezone.now()
        Fill.objects.filter(pk__in=[fill.pk for fill in fills]).update(superseded_at=now)
        for day in {fill.day for fill in fills}:
            settle(batch.account_id, day)
        batch.state, batch.undone_at, batch.undone_by = ImportBatch.State.UNDONE, now, author
        batch.save(update_fields=["state", "undone_at", "undone_by"])
        tell(batch.account_id, fills)
    return len(fills)


def _others(batch: ImportBatch, fills: list[Fill]) -> list[str]:
    answers = undo_asked.send(undo, account_id=batch.account_id, fills=fills)
    return [sentence for _receiver, sentences in answers for sentence in sentences or ()]
