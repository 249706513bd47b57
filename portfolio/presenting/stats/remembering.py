"""Remembering: what was computed from trades is kept as long as nothing it was made of has changed.

The key holds the version the database counts for the account (``selectors.versions``), the whole question, and
the code that computed: figures of another moment, filter or release are never found.
"""

import hashlib
import logging
import pickle
from collections import OrderedDict
from collections.abc import Callable
from functools import cache as once
from pathlib import Path
from threading import Lock
from typing import TypeVar

from django.core.cache import cache
from django.utils.translation import get_language
from redis import RedisError

from kiwoomweb.ui.covering import is_covered
from portfolio.analytics.outcomes import Outcome
from portfolio.presenting.stats.asked import Asked

__all__ = ["remembered", "remembered_outcomes"]

T = TypeVar("T")
log = logging.getLogger(__name__)
#: Seconds after which nobody comes back for it.
DAY = 24 * 60 * 60
#: Trades one process keeps in memory, about 1.5 kB each; an account with more is read each time.
MOST = 20_000
PORTFOLIO = Path(__file__).resolve().parents[2]


def remembered(asked: Asked, what: str, make: Callable[[], T]) -> T:
    """The kept answer to ``what`` about the trades asked for, else the one made now. It must pickle."""
    key = f"stats:{_key(asked, what, f'{get_language()} {is_covered()}')}"
    try:
        found: T | None = cache.get(key)
        if found is not None:
            return found
        found = make()
        cache.set(key, found, DAY)
    except (RedisError, pickle.PickleError) as trouble:  # without the cache it takes longer, that is all
        log.warning("statistics are not kept: %s", trouble)
        return make()
    return found


class _Shelf:
    """Outcomes by key, those used last; no more than ``MOST`` of them altogether."""

    def __init__(self) -> None:
        self.lists: OrderedDict[str, list[Outcome]] = OrderedDict()
        self.lock = Lock()

    def get(self, key: str) -> list[Outcome] | None:
        with self.lock:
            if key in self.lists:
                self.lists.move_to_end(key)
            return self.lists.get(key)

    def put(self, key: str, outcomes: list[Outcome]) -> None:
        with self.lock:
            self.lists[key] = outcomes
            while sum(map(len, self.lists.values())) > MOST:
                self.lists.popitem(last=False)


SHELF = _Shelf()


def remembered_outcomes(asked: Asked, make: Callable[[], list[Outcome]]) -> list[Outcome]:
    """The trades asked for, from this process's memory where they are few enough."""
    key = _key(asked, "outcomes", "")
    found = SHELF.get(key)
    if found is None:
        found = make()
        SHELF.put(key, found)
    return found


def _key(asked: Asked, what: str, language: str) -> str:
    question = (asked.account.pk, asked.version, asked.address(), asked.filter.first, asked.filter.last)
    told = "\n".join(str(part) for part in (*question, what, language, _code()))
    return hashlib.sha256(told.encode()).hexdigest()


@once
def _code() -> str:
    """A fingerprint of everything that computes and words statistics."""
    folders = ("analytics", "selectors", "presenting", "wording", "figures", "models")
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((PORTFOLIO / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
