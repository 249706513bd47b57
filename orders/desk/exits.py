"""Looking after exits: once a second the prices of what is watched, from the same live values the pages show.

It decides orders and sends none. Every decision is made under the exit's own key, so that two of these, or one
after a crash, are one order. Without a live price nothing fires.
"""

import logging
import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec
from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.broker.market_calendar import sessions
from market.demand import LASTS
from market.topics import topic
from market.valkey import demand_key, latest_key
from orders.errors import OrderError
from orders.exits.triggers import Seen
from orders.selectors.exits import watched
from orders.services.deciding import decide
from orders.services.exits import attach, due, settle

if TYPE_CHECKING:
    from redis import Redis

__all__ = ["ExitWatch"]

EVERY = 1.0
#: 가격제한폭 with a little room for rounding, in percent of the close before: prices beyond it are nonsense.
LIMIT = 31
#: Seconds a VI lasts at most, its auction's end drawn by lot included.
VI_LASTS = 180

log = logging.getLogger(__name__)


class ExitWatch:
    """Runs until ``stop`` is set, in a thread of its own."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self._asked = 0.0

    def run(self) -> None:
        from redis.exceptions import RedisError

        while not self.stop.wait(EVERY):
            try:
                self.look()
            except (DatabaseError, RedisError, OSError) as trouble:  # both come back; nothing fires meanwhile
                log.warning("exits wait: %s", type(trouble).__name__)
            finally:
                close_old_connections()

    def look(self) -> None:
        """One look at every account with an exit that watches."""
        wanted: dict[int, set[str]] = {}
        for account_id, symbol in watched().values_list("account_id", "symbol"):
            wanted.setdefault(account_id, set()).add(symbol)
        asks = time.monotonic() - self._asked > LASTS / 3
        for account in Account.objects.filter(pk__in=wanted):
            if asks:
                self._follow(account, wanted[account.pk])
            fire(account, self._seen(account, wanted[account.pk]), timezone.now())
        if asks:
            self._asked = time.monotonic()

    @cached_property
    def _valkey(self) -> "Redis":
        from redis import Redis

        return Redis.from_url(settings.REDIS_URL, decode_responses=True, socket_timeout=2)

    def _follow(self, account: Account, symbols: Iterable[str]) -> None:
        """Ask the stream for these prices, the way pages do."""
        until = time.time() + LASTS
        self._valkey.zadd(demand_key(account.code), {topic("quote", symbol): until for symbol in symbols})

    def _seen(self, account: Account, symbols: Iterable[str]) -> dict[str, Seen]:
        asked = [topic(kind, symbol) for symbol in symbols for kind in ("quote", "vi")]
        texts: Any = self._valkey.hmget(latest_key(account.code), asked)
        told = {name: msgspec.json.decode(text) for name, text in zip(asked, texts, strict=True) if text}
        is_open, now = _is_open(broker_now(account)), timezone.now()
        return {
            symbol: _seen(quote, is_open=is_open, is_halted=_is_halted(told.get(topic("vi", symbol)), now))
            for symbol in symbols
            if (quote := told.get(topic("quote", symbol)))
        }


def fire(account: Account, quotes: dict[str, Seen], now: datetime) -> int:
    """Settle what has fired, decide what is due; how many orders were decided."""
    settle(account)
    found = due(account, quotes, now, broker_now(account).date())
    for one in found:
        try:
            # In nobody's name: who set it agreed then, and is not there to prove it now (C02, C03).
            decision = decide(account, None, one.ticket, one.key, origin="exit")
        except OrderError as no:
            log.warning("exit %s waits: %s", one.exit.pk, no)
        else:
            attach(one, decision.intent, now)
    return len(found)


def _is_halted(vi: dict[str, Any] | None, now: datetime) -> bool:
    """Whether 변동성완화장치 is on for the share: an auction of two minutes, in which no price is the market's.

    One whose end was never told is over all the same after three: a stop must not sleep on it.
    """
    return vi is not None and not vi["released"] and now.timestamp() - vi["heard"] / 1000 < VI_LASTS


def _seen(quote: dict[str, Any], *, is_open: bool, is_halted: bool) -> Seen:
    """A page's quote. ``heard`` is our clock: an old print that was told just now is the market's last word."""
    base = quote["price"] - quote["change"]
    low, high = base * (100 - LIMIT) // 100, base * (100 + LIMIT) // 100
    heard = datetime.fromtimestamp(quote["heard"] / 1000, UTC)
    return Seen(quote["price"], heard, is_open, is_halted, low=low, high=high)


def _is_open(now: datetime) -> bool:
    """Whether the exchange trades one order after another: an exit is a market order."""
    today = sessions(now.date())
    return today is not None and now in today.regular
