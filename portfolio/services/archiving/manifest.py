"""The manifest: what an archive holds, of which shape, and the sha256 of each of its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from portfolio.services.archiving.carried import LEFT_OUT, SILENT, carried, fields_of, label_of

__all__ = ["FORMAT", "NAME", "SCHEMA", "Member", "manifest", "shape"]

FORMAT, SCHEMA, NAME = "kiwoomweb archive", 1, "manifest.json"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive: how many rows, how many bytes, and their digest."""

    rows: int
    size: int
    sha256: str


def manifest(scope: str, members: Mapping[str, Member]) -> dict[str, Any]:
    """All of it. There is no date in it: the same data are the same bytes."""
    return {
        "format": FORMAT,
        "schema": SCHEMA,
        "scope": scope,
        "migrations": migrations(),
        "models": shape(),
        "left_out": LEFT_OUT,
        "left_out_fields": {label: sorted(names) for label, names in SILENT.items()},
        "files": {
            name: {"rows": each.rows, "size": each.size, "sha256": each.sha256}
            for name, each in members.items()
        },
    }


def shape() -> dict[str, list[str]]:
    """The columns of every model carried, as this version of the program has them."""
    return {label_of(model): [field.attname for field in fields_of(model)] for model in carried()}


def migrations() -> dict[str, list[str]]:
    """The newest migrations of every app that has carried models: which version wrote the archive."""
    loader = MigrationLoader(connection, ignore_no_migrations=True)
    names = {model._meta.app_label for model in carried()}
    return {app: sorted(name for _app, name in loader.graph.leaf_nodes(app)) for app in sorted(names)}
