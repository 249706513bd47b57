"""Drafting: keep what was uploaded, say what its columns are, or throw it away. The journal stays as it is."""

import hashlib
import zlib
from pathlib import PurePath

from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from orders.incoming import Field, Mapping, Rule, Unreadable, opened, recognise
from orders.models import ColumnMapping, ImportBatch
from orders.selectors.imports import remembered
from orders.services.importing.errors import ImportRefused

__all__ = ["discard", "settle_mapping", "take_in"]


def take_in(account: Account, author: User, name: str, content: bytes) -> ImportBatch:
    """Open the file, recognise its columns (or remember them), keep it as a draft. Raises ``ImportRefused``."""
    try:
        layout = recognise(opened(content))
    except Unreadable as wrong:
        raise ImportRefused(str(wrong)) from None
    mapping = Mapping.of(layout)
    if known := remembered(account, layout.digest):
        columns = {int(place): Field(what) for place, what in known.columns.items()}
        mapping = mapping.corrected(columns, Rule(known.rule), mapping.day, is_ours=False)
    return ImportBatch.objects.create(
        account=account,
        kind=ImportBatch.Kind.FILE,
        author=author,
        made_at=timezone.now(),
        file_name=PurePath(name.replace("\\", "/")).name[:200],
        content=zlib.compress(content, 6),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        mapping=mapping.to_json(),
    )


def settle_mapping(batch: ImportBatch, mapping: Mapping, author: User) -> None:
    """Keep what somebody said of the columns, for this file and for the next with the same heading."""
    if batch.state != ImportBatch.State.DRAFT:
        raise ImportRefused(_("이미 끝난 가져오기입니다."))
    batch.mapping = mapping.to_json()
    batch.save(update_fields=["mapping"])
    from orders.selectors.imports import grids_of

    digest = recognise(grids_of(batch)).digest
    ColumnMapping.objects.update_or_create(
        team_id=batch.account.team_id,
        digest=digest,
        defaults={
            "heads": list(mapping.heads),
            "columns": batch.mapping["columns"],
            "rule": str(mapping.rule),
            "author": author,
            "saved_at": timezone.now(),
        },
    )


def discard(batch: ImportBatch) -> None:
    """Throw a draft away, its file too."""
    draft = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.DRAFT)
    if not draft.update(state=ImportBatch.State.DISCARDED, content=b""):
        raise ImportRefused(_("이미 끝난 가져오기입니다."))
