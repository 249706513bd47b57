"""Lookout: watch the account's market for everybody's alerts, page or no page open.

It reads what the relay writes for the browsers, frame by frame, and only of symbols somebody has an alert on.
Being a follower like a page, it asks for those symbols the way pages do (market.demand).
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from django.db import Error as DatabaseError
from redis.exceptions import RedisError

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from market.analytics.alerts import reached, seen
from market.demand import want
from market.models import Again, Alert, AlertKind
from market.selectors.alerts import watched_alerts
from market.services import alerts
from market.signal_events import ViEvent
from market.threads import in_thread
from market.topics import topic
from market.valkey import latest_key, valkey

__all__ = ["Lookout"]

#: Seconds between looks at which alerts there are, and between "we still follow these".
ALERTS_EVERY, DEMAND_EVERY = 1, 10

log = logging.getLogger(__name__)

Quote = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something to write down: a ring with what was seen, or (``seen`` is ``None``) an end of the condition."""

    alert: Alert
    seen: alerts.Seen | None
    at: datetime


class Lookout:
    """``hear`` takes every frame and never waits; ``run`` does the waiting."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.watched: dict[str, list[Alert]] = {}
        self.before: dict[str, Quote] = {}
        self.printed: dict[str, int] = {}
        self.noticed: list[Noticed] = []

    def hear(self, updates: Mapping[str, str]) -> None:
        """One frame: JSON texts by topic, as the pages get them."""
        for symbol in self.watched:
            prices = self._prices(updates.get(topic("prints", symbol)))
            if text := updates.get(topic("quote", symbol)):
                self._price(symbol, msgspec.json.decode(text), prices)
            if text := updates.get(topic("vi", symbol)):
                self._interrupted(symbol, msgspec.json.decode(text, type=ViEvent))

    def topics(self) -> list[str]:
        """What has to be followed for the alerts there are."""
        wanted: dict[str, None] = {}
        for symbol, rules in self.watched.items():
            kinds = {"vi"} if all(one.kind == AlertKind.VI for one in rules) else {"quote", "prints"}
            if any(one.kind == AlertKind.VI for one in rules):
                kinds.add("vi")
            wanted |= dict.fromkeys(topic(kind, symbol) for kind in sorted(kinds))
        return list(wanted)

    async def run(self) -> None:
        """Keep the alerts current and write down what was noticed; until cancelled."""
        seconds = 0
        while True:
            try:
                if self.noticed:
                    await in_thread(self._write)
                asked = set(self.topics())
                new = self._watch(await in_thread(watched_alerts, self.account.pk, broker_now(self.account)))
                if seconds % DEMAND_EVERY == 0 or set(self.topics()) - asked:
                    await want(self.account.code, self.topics())
                await self._look_now(new)
            except (DatabaseError, RedisError, OSError) as trouble:  # both come back; nothing noticed is lost
                log.warning("alerts of account %s wait: %s", self.account.pk, type(trouble).__name__)
            await asyncio.sleep(ALERTS_EVERY)
            seconds += 1

    def _watch(self, found: list[Alert]) -> set[str]:
        """Watch these, but what is noticed and not yet written not twice. The symbols with new alerts."""
        busy = {one.alert.pk for one in self.noticed}
        known = {one.pk for rules in self.watched.values() for one in rules}
        self.watched = {}
        for one in found:
            if one.pk not in busy:
                self.watched.setdefault(one.symbol, []).append(one)
        for remembered in (self.before, self.printed):
            for symbol in remembered.keys() - self.watched.keys():
                del remembered[symbol]
        return {one.symbol for one in found if one.pk not in known}

    async def _look_now(self, symbols: set[str]) -> None:
        """A symbol may be quiet: what is known of it already is held against the new alerts at once."""
        names = [topic("quote", symbol) for symbol in sorted(symbols)]
        found = await valkey().hmget(latest_key(self.account.code), names) if names else []
        self.hear({name: str(text) for name, text in zip(names, found, strict=True) if text})

    def _prices(self, text: str | None) -> list[int]:
        """The trades of the tape that have not been looked at; of a new symbol none, its past is past."""
        if text is None:
            return []
        told: Any = msgspec.json.decode(text)
        symbol, prints = told["topic"].partition(":")[2], told["prints"]
        last = self.printed.get(symbol)
        if prints:
            self.printed[symbol] = prints[-1][0]
        return [] if last is None else [one[2] for one in prints if one[0] > last]

    def _price(self, symbol: str, quote: Quote, prices: list[int]) -> None:
        now = seen(quote, prices, self.before.get(symbol))
        self.before[symbol] = quote
        still = seen(quote, [], None)
        at = datetime.fromtimestamp(now.at, UTC)
        self._judge(symbol, lambda one: self._look(one, now, still, at))

    def _look(self, one: Alert, now: Any, still: Any, at: datetime) -> Noticed | None:
        if one.threshold is None:
            return None
        if one.again == Again.ALWAYS and not one.armed:
            ended = reached(one.kind, one.threshold, still) is None
            return Noticed(one, None, at) if ended else None
        value = reached(one.kind, one.threshold, now)
        return None if value is None else Noticed(one, {"value": f"{value.normalize():f}"}, at)

    def _interrupted(self, symbol: str, news: ViEvent) -> None:
        said = news.released_at if news.released else None
        at = datetime.fromtimestamp(said or news.at or news.heard // 1000, UTC)
        heard = news.heard / 1000  # an old one, told again because somebody began to follow, is no news
        told: alerts.Seen = {"vi": news.kind, "released": int(news.released), "price": news.price}
        self._judge(
            symbol,
            lambda one: (
                Noticed(one, told, at)
                if one.kind == AlertKind.VI
                and heard >= one.made_at.timestamp()
                and (one.rung_at is None or at > one.rung_at)
                else None
            ),
        )

    def _judge(self, symbol: str, look: Callable[[Alert], Noticed | None]) -> None:
        """Take note, and stop watching what was noticed until it is written down."""
        rules = self.watched.get(symbol, [])
        found = [noticed for one in rules if (noticed := look(one))]
        self.noticed += found
        done = {noticed.alert.pk for noticed in found}
        self.watched[symbol] = [one for one in rules if one.pk not in done]

    def _write(self) -> None:
        """In a thread. What could not be written stays for the next second."""
        while self.noticed:
            one = self.noticed[0]
            if one.seen is None:
                alerts.arm(one.alert)
            else:
                alerts.ring(one.alert, one.seen, one.at)
            self.noticed.pop(0)
