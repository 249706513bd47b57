"""Writing an archive: a ZIP with a JSON line for every row. The same data make the same bytes."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import models

from kiwoomweb.access.models import Account
from portfolio.services.archiving.carried import Model, carried, fields_of, label_of
from portfolio.services.archiving.cells import writer_of
from portfolio.services.archiving.manifest import NAME, Member, manifest
from portfolio.services.archiving.scope import Scope
from portfolio.services.archiving.snapshot import snapshot

__all__ = ["file_of", "lines_of", "write"]

#: Rows fetched at a time; lines written at a time.
LUMP = 2000
#: The earliest date a ZIP can name: every file has it, so that no clock gets into the bytes.
LONG_AGO = (1980, 1, 1, 0, 0, 0)
Progress = Callable[[int], None]


def write(out: Path, account: Account | None = None, progress: Progress = lambda rows: None) -> dict[str, Any]:
    """Everything, or one account, into the file ``out``; returns its manifest.

    ``progress`` is told how many rows have been written. The file appears under its name when it is whole.
    """
    scope, members = Scope(account), {}
    part = out.with_name(f"{out.name}.part")
    try:
        with snapshot(), zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for model in carried():
                members[file_of(model)] = _write_model(archive, scope, model, progress)
            members.update(_write_files(archive, scope))
            told = manifest(scope.name, members)
            archive.writestr(_info(NAME), json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True))
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return told


def file_of(model: Model) -> str:
    """``orders.fill.jsonl``."""
    return f"{label_of(model)}.jsonl"


def lines_of(scope: Scope, model: Model) -> Iterator[bytes]:
    """The rows of a model as JSON lines, in the order of their keys."""
    fields = fields_of(model)
    writers = [(field.attname, writer_of(field)) for field in fields]
    for row in _sorted_rows(scope, model, [field.attname for field in fields]):
        told = {name: write(value) for (name, write), value in zip(writers, row, strict=True)}
        yield (json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def _sorted_rows(scope: Scope, model: Model, names: list[str]) -> Iterable[tuple[Any, ...]]:
    """By key; text keys are sorted here, because databases disagree about the order of letters."""
    key = model._meta.pk
    rows = scope.rows(model).order_by("pk").values_list(*names)
    if isinstance(key, models.CharField):
        place = names.index(key.attname)
        return sorted(rows, key=lambda row: str(row[place]))
    return rows.iterator(LUMP)


def _write_model(archive: zipfile.ZipFile, scope: Scope, model: Model, progress: Progress) -> Member:
    rows, size, digest = 0, 0, hashlib.sha256()
    with archive.open(_info(file_of(model)), "w", force_zip64=True) as member:
        for line in lines_of(scope, model):
            rows, size = rows + 1, size + len(line)
            digest.update(line)
            member.write(line)
            if rows % LUMP == 0:
                progress(LUMP)
    progress(rows % LUMP)
    return Member(rows, size, digest.hexdigest())


def _write_files(archive: zipfile.ZipFile, scope: Scope) -> Iterator[tuple[str, Member]]:
    """What lies on the disk and rows point at: attachments."""
    for model in carried():
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.FileField):
                continue
            names = scope.rows(model).exclude(**{field.name: ""}).values_list(field.name, flat=True)
            for name in sorted({name for name in names if name}):
                with field.storage.open(name) as file:
                    content = file.read()
                archive.writestr(_info(f"files/{name}"), content)
                yield f"files/{name}", Member(0, len(content), hashlib.sha256(content).hexdigest())


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, LONG_AGO)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system, info.external_attr = 3, 0o644 << 16
    return info
