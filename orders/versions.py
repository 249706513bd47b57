"""Versions: what an entry of the audit trail was made by and under: the code, and the rules in force (3.12).

code      digest of the sources an order passes through, as this process has found them when it first asked
config    digest of the settings and limits that hold for the account and the person at that moment

Sixteen hex digits of SHA-256 each. The entry ``desk.opened`` names both when the order process begins.
"""

import hashlib
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from orders.situations import Limits, MemberLimits

__all__ = ["code_version", "config_digest"]

#: The packages an order passes through, from the page's form to the wire.
SOURCES = ("kiwoomweb/access", "kiwoomweb/broker", "market", "orders")
#: Settings that decide what may leave at all.
SETTINGS = ("DEBUG", "DEMO", "LIVE_ALLOWED")
DIGITS = 16


@cache
def code_version() -> str:
    """The same for the same sources, wherever they lie; asked once a process."""
    digest = hashlib.sha256()
    for package in SOURCES:
        for file in sorted((Path(settings.BASE_DIR) / package).rglob("*.py")):
            digest.update(file.relative_to(settings.BASE_DIR).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:DIGITS]


def config_digest(limits: Limits | None = None, member: MemberLimits | None = None) -> str:
    """Of the settings, and of the limits in force where an account has some."""
    told: dict[str, Any] = {name: getattr(settings, name) for name in SETTINGS}
    told |= {"limits": asdict(limits) if limits else None, "member": asdict(member) if member else None}
    text = json.dumps(told, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)
