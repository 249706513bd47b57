"""Aside: entries that could not be sealed, kept in a file of their own until the audit trail can name it.

Stopping, cancelling and knowing go on without the key of the audit trail; nothing new is let out without it.
"""

import hashlib
import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from kiwoomweb.access.services import auditing
from orders.services.room import with_room

__all__ = ["bring_in", "set_aside"]

log = logging.getLogger(__name__)


def _file() -> Path:
    return Path(settings.VAR) / "audit.aside"


def set_aside(action: str, chain: str, about: str, detail: Mapping[str, str | int | None]) -> None:
    """Append one entry and wait until it is on disk. A disk that takes nothing leaves it in the log."""
    said = {"at": timezone.now().isoformat(), "chain": chain, "action": action, "about": about, **detail}
    log.critical("the audit trail takes nothing: %s %s", action, about)
    try:
        with_room(lambda: _append(json.dumps(said, ensure_ascii=False, default=str)))
    except OSError:
        log.exception("it could not be set aside either")


def _append(line: str) -> None:
    handle = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())


def bring_in() -> int:
    """Name what was set aside in the installation's chain, by its digest, and put the file away; how many.

    Raises what ``auditing.record`` raises while the trail still takes nothing.
    """
    path = _file()
    if not path.exists():
        return 0
    content = path.read_bytes()
    lines, digest = content.count(b"\n"), hashlib.sha256(content).hexdigest()
    kept = path.with_name(f"{path.name}.{digest[:16]}")
    auditing.record("audit.brought_in", by=None, about=kept.name, detail={"entries": lines, "sha256": digest})
    path.replace(kept)
    return lines
