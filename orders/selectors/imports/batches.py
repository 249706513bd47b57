"""The imports of an account, their files opened again, and what stands in the way of undoing one."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account
from orders.incoming import Grid, Mapping, opened
from orders.models import ColumnMapping, ImportBatch

__all__ = ["batches_of", "blockers", "grids_of", "mapping_of", "remembered", "same_file"]


def batches_of(account: Account) -> "QuerySet[ImportBatch]":
    """All but what was thrown away, newest first. Each carries ``standing``: its fills that hold now."""
    standing = Count("fills", filter=Q(fills__fill__superseded_at__isnull=True))
    rows = ImportBatch.objects.filter(account=account).exclude(state=ImportBatch.State.DISCARDED)
    return (
        rows.defer("content", "left_out").select_related("author").annotate(standing=standing).order_by("-pk")
    )


def grids_of(batch: ImportBatch) -> tuple[Grid, ...]:
    """The sheets of the batch's file. It was readable when it came."""
    return opened(batch.raw)


def mapping_of(batch: ImportBatch) -> Mapping:
    """How the file is to be read, as far as it is settled."""
    return Mapping.from_json(batch.mapping)


def remembered(account: Account, digest: str) -> ColumnMapping | None:
    """What somebody of the team once said of this heading."""
    return ColumnMapping.objects.filter(team=account.team_id, digest=digest).first()


def same_file(batch: ImportBatch) -> ImportBatch | None:
    """An earlier import of the very same bytes that still stands."""
    same = ImportBatch.objects.filter(account=batch.account_id, sha256=batch.sha256, state="committed")
    return (
        same.exclude(pk=batch.pk).defer("content", "left_out").order_by("-pk").first() if batch.size else None
    )


def blockers(batch: ImportBatch) -> Sequence[str]:
    """Why a batch cannot be undone now, as sentences: later imports that left out rows because of it."""
    later = batch.leaned_on_by.filter(batch__state=ImportBatch.State.COMMITTED).select_related("batch")
    return [
        _("나중에 들인 '%(name)s'의 %(rows)s줄은 이 묶음에 이미 있어서 빠졌습니다. 그것을 먼저 되돌리세요.")
        % {"name": overlap.batch.file_name or overlap.batch.reason, "rows": overlap.rows}
        for overlap in later
    ]
