"""Restoring: an archive back into an empty install, in one transaction, and then compared with itself."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from portfolio.services.archiving.carried import Model, carried, fields_of, label_of
from portfolio.services.archiving.cells import reader_of
from portfolio.services.archiving.errors import ArchiveError
from portfolio.services.archiving.reading import opened
from portfolio.services.archiving.scope import Scope
from portfolio.services.archiving.writing import file_of, lines_of

__all__ = ["restore"]

#: Rows made at a time.
LUMP = 500


def restore(path: Path) -> dict[str, Any]:
    """Everything of the archive at ``path``; returns its manifest. Raises ``ArchiveError``, having written
    nothing.

    Checked before the first write: the shape, every digest, and that nothing is here that could be mixed up
    with it. Checked after the last: no reference leads nowhere, and archiving again gives the same bytes.
    """
    with opened(path) as (archive, told):
        _check_empty()
        made: list[tuple[Any, str]] = []
        try:
            with transaction.atomic():
                for model in carried():
                    _insert(model, _rows(archive, model))
                made.extend(_restore_files(archive, told))
                _reset_sequences()
                connection.check_constraints()
                _check_same(told)
        except (DatabaseError, ValueError, KeyError, TypeError) as wrong:
            _remove(made)
            raise ArchiveError(
                _("되돌리다가 멈췄습니다. 아무것도 남기지 않았습니다: %(why)s") % {"why": wrong}
            ) from wrong
        except BaseException:
            _remove(made)
            raise
    return told


def _check_empty() -> None:
    full = [label_of(model) for model in carried() if model._base_manager.exists()]
    if full:
        raise ArchiveError(
            _("빈 설치에만 되돌릴 수 있습니다. 이미 자료가 있습니다: %(full)s") % {"full": ", ".join(full[:6])}
        )


def _rows(archive: zipfile.ZipFile, model: Model) -> Iterator[models.Model]:
    readers = [(field.attname, reader_of(field)) for field in fields_of(model)]
    with archive.open(file_of(model)) as member:
        for line in member:
            told = json.loads(line)
            row = model(**{name: read(told[name]) for name, read in readers})
            if isinstance(row, User):
                row.set_unusable_password()
            yield row


def _insert(model: Model, rows: Iterable[models.Model]) -> None:
    """As they are, keys and moments included: no field fills itself with the present."""
    fields = list(model._meta.concrete_fields)
    size = max(1, min(LUMP, connection.ops.bulk_batch_size(fields, list(range(LUMP)))))
    waiting = iter(rows)
    while lump := list(islice(waiting, size)):
        table: Any = model._base_manager.all()  # what bulk_create and loaddata end in; it is not in the stubs
        table._insert(lump, fields=fields, using=connection.alias, raw=True)


def _restore_files(archive: zipfile.ZipFile, told: dict[str, Any]) -> Iterator[tuple[Any, str]]:
    """Attachments, under the names their rows know; what no row points at is not written."""
    from django.core.files.base import ContentFile

    for model in carried():
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.FileField):
                continue
            for name in model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True):
                member = f"files/{name}"
                if (
                    member not in told["files"]
                    or ".." in PurePosixPath(name).parts
                    or field.storage.exists(name)
                ):
                    raise ValueError(member)
                kept = field.storage.save(name, ContentFile(archive.read(member)))
                yield field.storage, kept
                if kept != name:
                    raise ValueError(member)


def _remove(made: list[tuple[Any, str]]) -> None:
    for storage, name in made:
        storage.delete(name)


def _reset_sequences() -> None:
    """PostgreSQL counts keys beside the tables and must be told where to go on."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), carried()):
            cursor.execute(statement)


def _check_same(told: dict[str, Any]) -> None:
    """What was written, read again, must be what was in the archive."""
    code = str(told["scope"]).removeprefix("account ")
    scope = Scope(Account.objects.get(code=code) if code != told["scope"] else None)
    for model in carried():
        digest = hashlib.sha256()
        for line in lines_of(scope, model):
            digest.update(line)
        if digest.hexdigest() != told["files"][file_of(model)]["sha256"]:
            raise ArchiveError(
                _("%(name)s이(가) 보관한 것과 다르게 되돌려져서 모두 거두었습니다.") % {"name": label_of(model)}
            )
