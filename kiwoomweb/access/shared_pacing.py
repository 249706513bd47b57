"""Pacing across processes: one slot per (key, TR) and one per key, in Valkey, each closed for its interval.

A slot is a key that expires: whoever sets it first (``SET NX PX``) may ask, everybody else sleeps until it is
gone. No script, no clock of ours: Valkey's expiry is the clock that all processes share. When Valkey is out of
reach each process paces itself and says so: a call may then be refused (1700) and asked again, no more.
"""

import logging
import time
from functools import lru_cache

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.pacing import LocalPacer, Priority, Rates

__all__ = ["SharedPacer"]

#: A TR's slot is held this long, in ms, while its caller waits for the key's slot; freed early if it dies.
HOLD = 3_000
#: How much later, in seconds, the less urgent look again when a slot opens.
STAND_BACK = {Priority.PERSON: 0.0, Priority.ROUTINE: 0.004, Priority.BACKFILL: 0.015}
#: After a failure Valkey is left alone for so long, in seconds.
RESPITE = 5.0

log = logging.getLogger(__name__)


class SharedPacer:
    """A ``Pacer`` for one environment: at most one call per interval, over all processes."""

    def __init__(self, environment: Environment, rates: Rates) -> None:
        self._prefix, self._rates = f"pace:{environment}", rates
        self._alone = LocalPacer(rates)
        self._alone_until = 0.0

    def wait(self, key_id: str, tr_id: str, priority: Priority) -> None:
        """Block until the call is allowed; a person's call overtakes those of polls and backfills."""
        if time.monotonic() >= self._alone_until:
            try:
                return self._wait(f"{self._prefix}:{key_id}", tr_id, priority)
            except RedisError as trouble:
                log.error("pacing alone for %g s, Valkey is out of reach: %s", RESPITE, trouble)
                self._alone_until = time.monotonic() + RESPITE
        return self._alone.wait(key_id, tr_id, priority)

    def _wait(self, key: str, tr_id: str, priority: Priority) -> None:
        valkey, own = _valkey(settings.REDIS_URL), f"{key}:{tr_id}"
        interval = _milliseconds(self._rates.of(tr_id))
        # The TR's slot is taken first and timed last: it counts from the moment the call really leaves.
        _take(valkey, own, max(HOLD, interval), priority)
        _take(valkey, f"{key}:all", _milliseconds(self._rates.total), priority)
        valkey.set(own, 1, px=interval)


def _take(valkey: Redis, slot: str, milliseconds: int, priority: Priority) -> None:
    while not valkey.set(slot, 1, nx=True, px=milliseconds):
        time.sleep(max(valkey.pttl(slot), 1) / 1000 + STAND_BACK[priority])


def _milliseconds(rate: float) -> int:
    return int(1000 / rate) + 1


@lru_cache(maxsize=4)
def _valkey(url: str) -> Redis:
    return Redis.from_url(url, socket_timeout=5, socket_connect_timeout=2)
