"""What the audit trail tells of one thing lately: its sealed entries, newest first.

A row of any table can be written by whoever can write to the database; a sealed entry cannot, for its key is
not kept there (``audit_key``).
"""

import hmac
from collections.abc import Iterator
from datetime import datetime

from kiwoomweb.access.audit_key import audit_ring
from kiwoomweb.access.audit_seal import seal_of
from kiwoomweb.access.key_ring import KeyRing, SealError
from kiwoomweb.access.models import Account, AuditChain, AuditEntry

__all__ = ["told_about"]

#: Entries read at once, and so many times at most.
PAGE, PAGES = 100, 200


def told_about(account: Account, about: str, since: datetime) -> Iterator[AuditEntry]:
    """Entries of the account's chain about exactly that, not older than ``since``; one whose seal is not ours
    is passed over. Raises ``AuditKeyMissing``."""
    chain = AuditChain.objects.filter(key=f"account:{account.pk}").first()
    ring = audit_ring()
    for entry, before in _backwards(chain) if chain else ():
        if entry.at < since:
            return
        if chain and entry.about == about and _is_sealed(ring, chain.key, entry, before):
            yield entry


def _backwards(chain: AuditChain) -> Iterator[tuple[AuditEntry, AuditEntry | None]]:
    """Each entry with the one before it."""
    top = chain.length
    for _page in range(PAGES):
        rows = AuditEntry.objects.filter(chain=chain, number__lte=top).order_by("-number")
        found = list(rows[: PAGE + 1])
        yield from list(zip(found, [*found[1:], None], strict=True))[:PAGE]
        if len(found) <= PAGE:
            return
        top = found[PAGE].number


def _is_sealed(ring: KeyRing, chain: str, entry: AuditEntry, before: AuditEntry | None) -> bool:
    if (before.number if before else 0) != entry.number - 1:
        return False
    try:
        seal = seal_of(ring.key(entry.key_version), before.seal if before else "", chain, entry)
    except SealError:
        return False
    return hmac.compare_digest(entry.seal.encode(), seal.encode())
