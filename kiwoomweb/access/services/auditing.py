"""Auditing: append what happened to its chain, in the transaction of whoever did it.

Usage::

    record("limits.raised", by=user, account=account, detail={"before": 100, "after": 200}, request=request)

An account has a chain, a team has one, and the installation has one for the rest. The chain's row is locked
until the caller commits: what is undone has left no entry, and what is done has one.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from hashlib import sha256

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from kiwoomweb.access.audit_key import AuditKeyMissing, audit_ring, make_audit_key
from kiwoomweb.access.audit_seal import seal_of
from kiwoomweb.access.callers import address_of
from kiwoomweb.access.key_ring import KeyRing
from kiwoomweb.access.models import Account, AuditChain, AuditEntry, Team, User
from kiwoomweb.prepared import Prepared

__all__ = ["Detail", "chain_key", "plain", "record"]

Detail = Mapping[str, str | int | None]

ACTION = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*").fullmatch
#: Names under which a secret might be handed over by mistake.
SECRET = re.compile(r"(app_?key|secret|token|passw|seed|session_?key|recovery|private|cookie)", re.IGNORECASE)


def record(
    action: str,
    *,
    by: User | None,
    account: Account | None = None,
    team: Team | None = None,
    about: str = "",
    detail: Detail | None = None,
    request: HttpRequest | None = None,
) -> AuditEntry:
    """Append one entry; ``action`` is ``noun.verb``, ``by`` nobody where the program itself acted.

    Goes to the account's chain where there is an account, else to the team's, else to the installation's.
    Raises ``ValueError`` for a name that is no action or a detail that might be a secret, ``AuditKeyMissing``.
    """
    _refuse_nonsense(action, detail or {})
    entry = AuditEntry(
        at=timezone.now(),
        user=by,
        who=by.email if by else "",
        account=account,
        team_id=account.team_id if account else team.pk if team else None,
        action=action,
        about=plain(about)[:200],
        detail=json.dumps({name: _value(value) for name, value in (detail or {}).items()}, sort_keys=True),
        **_whence(request),
    )
    with transaction.atomic(savepoint=False):
        return _append(chain_key(account, team), entry)


def session_digest(request: HttpRequest) -> str:
    """What stands for the session in an entry; empty without one."""
    key = getattr(getattr(request, "session", None), "session_key", None) or ""
    return sha256(key.encode()).hexdigest()[:32] if key else ""


def chain_key(account: Account | None = None, team: Team | None = None) -> str:
    """The name of the chain that keeps what concerns them."""
    if account:
        return f"account:{account.pk}"
    return f"team:{team.pk}" if team else "installation"


def plain(text: str) -> str:
    """``text`` on one line: whatever could break a log, a terminal or a direction of reading is spelt out."""
    return "".join(
        f"\\u{ord(sign):04x}" if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else sign
        for sign in text
    )


def _append(key: str, entry: AuditEntry) -> AuditEntry:
    chain = _chain.first(key=key)
    if chain is None:
        AuditChain.objects.get_or_create(key=key)
        chain = AuditChain.objects.select_for_update().get(key=key)
    ring = _ring()
    entry.chain, entry.number, entry.key_version = chain, chain.length + 1, ring.newest
    entry.seal = seal_of(ring.key(ring.newest), chain.head, key, entry)
    entry.save(force_insert=True)
    chain.length, chain.head = entry.number, entry.seal
    chain.save(update_fields=["length", "head"])
    return entry


def _ring() -> KeyRing:
    """The key; made now if nothing was ever sealed. A new key must not hide that the old one is lost."""
    try:
        return audit_ring()
    except AuditKeyMissing:
        if AuditEntry.objects.exists():
            raise
        make_audit_key()
        return audit_ring()


def _whence(request: HttpRequest | None) -> dict[str, str]:
    if request is None:
        return {}
    return {
        "ip": plain(address_of(request))[:45],
        "agent": plain(request.headers.get("User-Agent", ""))[:200],
        "session": session_digest(request),
    }


def _value(value: str | int | None) -> str | int | None:
    return plain(value)[:1000] if isinstance(value, str) else value


def _refuse_nonsense(action: str, detail: Detail) -> None:
    if not ACTION(action):
        raise ValueError(f"{action!r} is no action such as 'order.sent'")
    if telling := [name for name in detail if SECRET.search(name)]:
        raise ValueError(f"an audit entry never holds a secret: {telling}")


_chain = Prepared(lambda key: AuditChain.objects.select_for_update().filter(key=key), key=str)
