"""Anchors: how far each chain reached and with which seal, in a file the database knows nothing of.

One line each: ``2026-11-26T05:00:00+00:00 account:3 812 <seal>``. An end that is cut off a chain later than its
last anchor cannot be found by anybody; everything before it is. The operator may forbid changes of the file
(``chattr +a``), for it is only ever appended to.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

__all__ = ["Anchor", "anchor_file", "anchors_of", "append"]

PARTS = 4


@dataclass(frozen=True, slots=True)
class Anchor:
    """At some time the chain had ``length`` entries and ended with the seal ``head``."""

    chain: str
    length: int
    head: str

    def line(self, at: datetime) -> str:
        return f"{at.astimezone(UTC).isoformat(timespec='seconds')} {self.chain} {self.length} {self.head}\n"


def anchor_file() -> Path:
    """Beside the database, not among the keys."""
    return Path(settings.VAR) / "audit.anchors"


def anchors_of(chain: str | None) -> Iterator[Anchor]:
    """The anchors of one chain, oldest first; of all of them for ``None``. A torn last line is no anchor."""
    try:
        lines = anchor_file().read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        parts = line.split()
        if len(parts) == PARTS and parts[2].isdigit() and (chain is None or parts[1] == chain):
            yield Anchor(parts[1], int(parts[2]), parts[3])


def append(anchors: Iterable[Anchor], at: datetime) -> None:
    """Write them behind what is there, and wait until they are on disk."""
    path = anchor_file()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="ascii") as file:
        file.writelines(anchor.line(at) for anchor in anchors)
        file.flush()
        os.fsync(file.fileno())
