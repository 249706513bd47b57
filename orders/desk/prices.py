"""Prices of what exits watch: the live values the pages show, and the broker's own word while those are away.

Without Valkey, or while the socket is deaf, one symbol a second is asked for (ka10001): a stop must not sleep
because a cache does.
"""

import logging
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec
from django.conf import settings
from django.utils import timezone

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.market_calendar import sessions
from market.demand import LASTS
from market.selectors.feed import feed_of
from market.services.quotes import quote_of
from market.topics import topic
from market.valkey import demand_key, latest_key
from orders.exits.triggers import FRESH, Seen

if TYPE_CHECKING:
    from redis import Redis

__all__ = ["Prices"]

#: 가격제한폭 with a little room for rounding, in percent of the close before: prices beyond it are nonsense.
LIMIT = 31
#: Seconds a VI lasts at most, its auction's end drawn by lot included.
VI_LASTS = 180

log = logging.getLogger(__name__)


class Prices:
    """What the market says of symbols, as the triggers want it. One for the life of the process."""

    def __init__(self) -> None:
        self._follow_again: dict[int, float] = {}
        self._turn = 0

    def of(self, account: Account, symbols: Iterable[str]) -> dict[str, Seen]:
        """The last price of each symbol that has one, and when it was heard."""
        from redis.exceptions import RedisError

        wanted, is_open = sorted(symbols), _is_open(broker_now(account))
        if not wanted:
            return {}
        try:
            self._follow(account, wanted)
            seen = self._live(account, wanted, is_open=is_open)
            is_deaf = bool(feed_of(account.pk, timezone.now()).deaf_since)
        except (RedisError, OSError) as trouble:
            log.warning("exits ask the broker for prices: %s", type(trouble).__name__)
            seen, is_deaf = {}, True
        if is_deaf and is_open:
            self._turn += 1
            self._asked(account, wanted[self._turn % len(wanted)], seen)
        return seen

    @cached_property
    def _valkey(self) -> "Redis":
        from redis import Redis

        return Redis.from_url(settings.REDIS_URL, decode_responses=True, socket_timeout=2)

    def _follow(self, account: Account, symbols: Iterable[str]) -> None:
        """Ask the stream for these prices, the way pages do."""
        if time.monotonic() < self._follow_again.get(account.pk, 0):
            return
        until = time.time() + LASTS
        self._valkey.zadd(demand_key(account.code), {topic("quote", symbol): until for symbol in symbols})
        self._follow_again[account.pk] = time.monotonic() + LASTS / 3

    def _live(self, account: Account, symbols: Iterable[str], *, is_open: bool) -> dict[str, Seen]:
        asked = [topic(kind, symbol) for symbol in symbols for kind in ("quote", "vi")]
        texts: Any = self._valkey.hmget(latest_key(account.code), asked)
        told = {name: msgspec.json.decode(text) for name, text in zip(asked, texts, strict=True) if text}
        now = timezone.now()
        return {
            symbol: _seen(quote, is_open=is_open, is_halted=_is_halted(told.get(topic("vi", symbol)), now))
            for symbol in symbols
            if (quote := told.get(topic("quote", symbol)))
        }

    @staticmethod
    def _asked(account: Account, symbol: str, seen: dict[str, Seen]) -> None:
        """The broker's own word on one symbol, unless something newer was heard. An auction stays one."""
        heard = seen.get(symbol)
        if heard and (heard.is_halted or timezone.now() - heard.at <= FRESH):
            return
        try:
            told = quote_of(account, symbol)
        except BrokerError as trouble:
            log.warning("no price of %s: %s", symbol, trouble)
            return
        quote = told.value
        if quote is not None and quote.price and told.at is not None:
            seen[symbol] = Seen(quote.price, told.at, low=quote.lower_limit, high=quote.upper_limit)


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
