"""Tokens shared by all our processes: sealed in the cache, asked for by one process at a time.

Losing the cache costs one more au10001: the broker hands out the same living token again (PROTOCOL 1.3). So
when the cache is out of reach a process goes on with its own memory, and says so in the log.
"""

import json
import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from kiwoomweb.access.key_ring import SealError
from kiwoomweb.access.sealing import Place, seal, unseal
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.setbacks import WAITS, Setback
from kiwoomweb.broker.tokens import MemoryTokenStore, Token

__all__ = ["SharedTokens", "as_words", "from_words"]

#: Longer than a token request takes with all its retries, so the lock outlives an honest holder.
LEASE = 60
STEP = 0.05

log = logging.getLogger(__name__)


class SharedTokens:
    """A ``TokenStore`` for one environment. Tokens lie sealed, bound to their key pair and environment."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._own = MemoryTokenStore()

    def get(self, key_id: str) -> Token | None:
        try:
            blob = cache.get(self._name("token", key_id))
            return self._own.get(key_id) if blob is None else self._opened(key_id, blob)
        except RedisError as trouble:
            _complain(trouble)
            return self._own.get(key_id)

    def put(self, key_id: str, token: Token) -> None:
        self._own.put(key_id, token)
        text = json.dumps(as_words(token))
        left = (token.expires - timezone.now()).total_seconds()
        try:
            cache.set(self._name("token", key_id), seal(text, self._place(key_id)), max(left, 1))
        except (RedisError, SealError) as trouble:
            _complain(trouble)

    def remember(self, key_id: str, token: Token) -> None:
        """One that another process has put on the shelf: this one goes on with it while the cache is away."""
        self._own.put(key_id, token)

    def drop(self, key_id: str) -> None:
        self._own.drop(key_id)
        try:
            cache.delete(self._name("token", key_id))
        except RedisError as trouble:
            _complain(trouble)

    def setback(self, key_id: str) -> Setback | None:
        try:
            told = cache.get(self._name("setback", key_id))
        except RedisError as trouble:
            _complain(trouble)
            return self._own.setback(key_id)
        if told is None:
            return None
        tries, at, *said = told
        return Setback(tries, datetime.fromisoformat(at), *said)

    def set_back(self, key_id: str, setback: Setback | None) -> None:
        self._own.set_back(key_id, setback)
        told = setback and [setback.tries, setback.at.isoformat(), setback.kind, setback.said, setback.code]
        try:
            cache.set(self._name("setback", key_id), told, 2 * WAITS[-1])
        except RedisError as trouble:
            _complain(trouble)

    @contextmanager
    def lock(self, key_id: str) -> Iterator[None]:
        """Held by one thread of one process; given up by itself after ``LEASE`` seconds if its holder dies."""
        with self._own.lock(key_id):
            name, mark = self._name("lock", key_id), secrets.token_hex(8)
            held = self._wait_for(name, mark)
            try:
                yield
            finally:
                if held:
                    _let_go(name, mark)

    def _wait_for(self, name: str, mark: str) -> bool:
        try:
            while not cache.add(name, mark, LEASE):
                time.sleep(STEP)
        except RedisError as trouble:
            _complain(trouble)
            return False
        return True

    def _opened(self, key_id: str, blob: bytes) -> Token | None:
        try:
            return from_words(json.loads(unseal(blob, self._place(key_id))))
        except (SealError, ValueError):
            return None  # sealed by another ring, or not ours at all: a new token is one call away

    def _place(self, key_id: str) -> Place:
        return Place("cache", key_id, "token", self._environment)

    def _name(self, kind: str, key_id: str) -> str:
        return f"broker-{kind}:{self._environment}:{key_id}"


def as_words(token: Token) -> list[str]:
    """A token for another process; ``from_words`` reads it back."""
    return [token.text, token.expires.isoformat(), token.issued.isoformat()]


def from_words(words: list[str]) -> Token:
    """Raises ``ValueError`` for anything else."""
    text, expires, issued = words
    return Token(text, datetime.fromisoformat(expires), datetime.fromisoformat(issued))


def _let_go(name: str, mark: str) -> None:
    """Only our own hold: a holder that overslept its lease must not free the next one's."""
    try:
        if cache.get(name) == mark:
            cache.delete(name)
    except RedisError as trouble:
        _complain(trouble)


def _complain(trouble: Exception) -> None:
    log.error("tokens stay in this process: %s", trouble)
