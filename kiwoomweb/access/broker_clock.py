"""The time at the broker: real time for Kiwoom, virtual time for the simulator (its Date header says)."""

import logging
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.environment import Environment
from kiwoomweb.once import forget, once_a_request

__all__ = ["learn", "now_at", "skew_of"]

#: Every call to the broker tells the offset anew; a longer silence means that nothing runs at all.
REMEMBERED = timedelta(days=30).total_seconds()
#: The Date header counts whole seconds: smaller differences are no news.
GRAIN = timedelta(seconds=1.5)

log = logging.getLogger(__name__)
_last_heard: dict[Environment, timedelta] = {}


def learn(environment: Environment, skew: timedelta) -> None:
    """Remember how far the broker's clock is ahead of ours, for all our processes."""
    known = skew_of(environment)
    if known is not None and abs(known - skew) < GRAIN:
        return
    _last_heard[environment] = skew
    forget()
    try:
        cache.set(_name(environment), skew.total_seconds(), REMEMBERED)
    except RedisError as trouble:
        log.error("the broker's time is known to this process only: %s", trouble)


@once_a_request
def skew_of(environment: Environment) -> timedelta | None:
    """Broker time less our time as last heard by any process; ``None`` until the broker has answered once."""
    try:
        seconds = cache.get(_name(environment))
    except RedisError as trouble:
        log.error("the broker's time is as this process last heard it: %s", trouble)
        return _last_heard.get(environment)
    return None if seconds is None else timedelta(seconds=seconds)


def now_at(environment: Environment) -> datetime:
    """The present moment at the broker, in Seoul.

    Kiwoom lives in our time, whatever its clock says: there a skew is a fault to report, not a time to keep.
    """
    now = timezone.now().astimezone(SEOUL)
    if environment is Environment.SIMULATOR:
        return now + (skew_of(environment) or timedelta())
    return now


def _name(environment: Environment) -> str:
    return f"broker-clock:{environment}"
