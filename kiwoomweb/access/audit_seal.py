"""The seal of an audit entry: HMAC-SHA256 over the seal before it and everything the entry says."""

import hmac
import json
from datetime import UTC

from kiwoomweb.access.models import AuditEntry

__all__ = ["seal_of"]


def seal_of(key: bytes, before: str, chain: str, entry: AuditEntry) -> str:
    """The seal as 64 hex digits. ``before`` is the seal of the entry before, empty for the first of a chain.

    The chain's name and the entry's number are sealed too, so that no entry serves at another place.
    """
    said = json.dumps(
        [
            chain,
            entry.number,
            entry.key_version,
            entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            entry.user_id,
            entry.who,
            entry.account_id,
            entry.team_id,
            entry.action,
            entry.about,
            entry.detail,
            entry.ip,
            entry.agent,
            entry.session,
        ],
        separators=(",", ":"),
    )
    return hmac.digest(key, f"{before}\n{said}".encode(), "sha256").hex()
