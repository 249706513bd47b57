"""Access tokens: what one is, and the shelf that every thread and process of ours shares.

Kiwoom hands the same living token to whoever asks (PROTOCOL 1.3) and answers parallel requests for one with
1700. So a token is asked for under ``TokenStore.lock`` and put on the shelf for all.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from kiwoomweb.broker.setbacks import Setback

__all__ = ["MARGIN", "MemoryTokenStore", "Token", "TokenSource", "TokenStore"]

#: A token this close to its end is renewed before it is used.
MARGIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Token:
    """``expires`` is by *our* clock. ``issued`` tells two issues of the same text apart."""

    text: str = field(repr=False)
    expires: datetime
    issued: datetime = field(default_factory=lambda: datetime.now(UTC))

    def good_at(self, now: datetime) -> bool:
        """Whether the token may be used at ``now``, as far as we know."""
        return now + MARGIN < self.expires


class TokenStore(Protocol):
    """Where tokens are shared. ``key_id`` names a key pair in one environment and is no secret."""

    def get(self, key_id: str) -> Token | None: ...

    def put(self, key_id: str, token: Token) -> None: ...

    def drop(self, key_id: str) -> None: ...

    def setback(self, key_id: str) -> Setback | None:
        """The last time a token was not given, unless one was since."""
        ...

    def set_back(self, key_id: str, setback: Setback | None) -> None: ...

    def lock(self, key_id: str) -> AbstractContextManager[object]:
        """Held while one caller asks for a new token; the others wait and then find it."""
        ...


class TokenSource(Protocol):
    """Who can name a good token, replace a refused one and tell the broker's time: a client, for the stream.

    Both questions for a token may block and raise a ``BrokerError``.
    """

    def now(self) -> datetime: ...

    def token(self) -> Token: ...

    def renew(self, refused: Token) -> Token: ...


class MemoryTokenStore:
    """A shelf for one process."""

    def __init__(self) -> None:
        self._tokens: dict[str, Token] = {}
        self._setbacks: dict[str, Setback | None] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def get(self, key_id: str) -> Token | None:
        return self._tokens.get(key_id)

    def put(self, key_id: str, token: Token) -> None:
        self._tokens[key_id] = token

    def drop(self, key_id: str) -> None:
        self._tokens.pop(key_id, None)

    def setback(self, key_id: str) -> Setback | None:
        return self._setbacks.get(key_id)

    def set_back(self, key_id: str, setback: Setback | None) -> None:
        self._setbacks[key_id] = setback

    @contextmanager
    def lock(self, key_id: str) -> Iterator[None]:
        with self._locks[key_id]:
            yield
