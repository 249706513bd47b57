"""Credentials: one app key and its secret, silent wherever they are printed; and the name of a pair."""

import hashlib
from dataclasses import dataclass, field

__all__ = ["Credentials", "KeyName"]


@dataclass(frozen=True, slots=True)
class Credentials:
    """The key pair of one brokerage account (PROTOCOL 1.3). Neither half shows in a repr."""

    app_key: str = field(repr=False)
    app_secret: str = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """A short name for the key that gives nothing away: fit for logs, cache keys and lock names."""
        return hashlib.sha256(self.app_key.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class KeyName:
    """The ``fingerprint`` of a key pair this process does not hold: enough for whoever only uses its token."""

    fingerprint: str
