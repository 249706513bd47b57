"""The whole audit trail as JSON lines, with the seals: what is needed to verify it elsewhere."""

import json
from collections.abc import Iterator
from datetime import UTC

from kiwoomweb.access.models import AuditEntry

__all__ = ["lines"]

TOLD = ("number", "key_version", "user_id", "who", "account_id", "team_id", "action", "about", "detail", "ip")
ALSO = ("agent", "session", "seal")


def lines() -> Iterator[str]:
    """One line an entry, chain by chain, in their order."""
    entries = AuditEntry.objects.select_related("chain").order_by("chain_id", "number")
    for entry in entries.iterator(2000):
        row = {name: getattr(entry, name) for name in (*TOLD, *ALSO)}
        row |= {"chain": entry.chain.key, "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds")}
        yield json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n"
