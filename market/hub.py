"""Hub: one subscription per server process, fanned out in memory to this process's pages.

The channel layer's own consumers would cost a message copy and a thread hop per page and frame; here a page
costs one set intersection per frame and one write.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from redis.exceptions import RedisError

from market.browser import GONE, Browser
from market.demand import want
from market.frames import group_of, user_group
from market.guests import Guest, unwelcome
from market.room import Room
from market.selectors.events import events_after, last_event
from market.together import end
from market.topics import is_topic
from market.valkey import latest_key, valkey

__all__ = ["Hub", "hub"]

#: Topics one page may follow.
MOST_TOPICS = 300
#: Seconds between "we still follow these" and between "are they still welcome".
DEMAND_EVERY, WELCOME_EVERY = 10, 30

log = logging.getLogger(__name__)
_by_loop: "WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = WeakKeyDictionary()


def hub() -> "Hub":
    """The hub of the running loop."""
    return _by_loop.setdefault(asyncio.get_running_loop(), Hub())


class Hub:
    """Rooms by account code. It works while somebody is in and sleeps otherwise."""

    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}
        self.pumps: dict[Browser, asyncio.Task[None]] = {}
        self.work: list[asyncio.Task[None]] = []
        self.joined: set[str] = set()

    async def enter(
        self, guest: Guest, say: Callable[[str], Awaitable[None]], close: Callable[[int], Awaitable[None]]
    ) -> Browser:
        """A page has come in; it hears the feed's state at once and events from ``guest.since`` on."""
        now = await database_sync_to_async(last_event)(guest.account_id)
        browser = Browser(guest, say, close, event_seq=now if guest.since is None else min(guest.since, now))
        room = self.rooms.setdefault(guest.code, Room(guest.code))
        room.browsers.add(browser)
        browser.know(room.feed)
        self.pumps[browser] = asyncio.create_task(browser.pump())
        if not self.work:
            self.work = [asyncio.create_task(job) for job in (self._listen(), self._mind())]
        if browser.event_seq < now:
            await self.catch_up(browser)
        return browser

    async def leave(self, browser: Browser) -> None:
        """A page has gone; the last one turns off the light."""
        if (pump := self.pumps.pop(browser, None)) is None:
            return
        await end([pump])
        room = self.rooms[browser.guest.code]
        room.browsers.discard(browser)
        if not room.browsers:
            del self.rooms[room.code]
        if not self.pumps:
            work, self.work = self.work, []
            await end(work)

    async def follow(self, browser: Browser, topics: Iterable[str]) -> None:
        """The page wants these topics: registered upstream, and answered with the last known values."""
        new = {name for name in topics if is_topic(name)} - browser.topics
        browser.topics |= set(sorted(new)[: MOST_TOPICS - len(browser.topics)])
        with quietly("demand"):
            await want(browser.guest.code, new)
            await self._refill(browser.guest.code, new, [browser])

    async def catch_up(self, browser: Browser) -> None:
        """Replay the events the page has missed from the database; too many, and it fetches afresh."""
        rows = await database_sync_to_async(events_after)(browser.guest.account_id, browser.event_seq)
        for seq, text in rows:
            if not browser.event(seq, text):
                browser.event_seq = seq
                browser.start_afresh()

    async def frame(self, message: Mapping[str, Any]) -> None:
        """One flush of an account's relay."""
        room = self.rooms.get(message["code"])
        if room and not room.take(message):
            with quietly("latest values"):
                await self._refill(room.code, room.topics(), room.browsers)

    async def event(self, message: Mapping[str, Any]) -> None:
        """Something happened in an account."""
        room = self.rooms.get(message["code"])
        for browser in list(room.browsers if room else ()):
            if not browser.event(message["seq"], message["text"]):
                await self.catch_up(browser)

    async def revoked(self, message: Mapping[str, Any]) -> None:
        """A person's memberships have changed: look at once who of their pages may stay."""
        await self._send_away(b for b in self.pumps if b.guest.user_id == message["user_id"])

    async def _refill(self, code: str, topics: Iterable[str], browsers: Iterable[Browser]) -> None:
        names = sorted(topics)
        found = await valkey().hmget(latest_key(code), names) if names else []
        updates = {name: str(text) for name, text in zip(names, found, strict=True) if text}
        for browser in browsers:
            browser.offer({name: text for name, text in updates.items() if name not in browser.pending})

    async def _listen(self) -> None:
        """Read our one channel for ever; the layer reconnects by itself when Valkey comes back."""
        layer = get_channel_layer()
        handlers = {"live.frame": self.frame, "live.event": self.event, "access.revoked": self.revoked}
        channel = await layer.new_channel()
        joining = asyncio.create_task(self._join(channel))
        try:
            while True:
                message = await layer.receive(channel)
                if handler := handlers.get(message["type"]):
                    await handler(message)
        finally:
            await end([joining])
            for group in self.joined:
                with quietly("leaving"):
                    await layer.group_discard(group, channel)
            self.joined.clear()

    async def _join(self, channel: str) -> None:
        """Keep the subscriptions equal to the rooms; looked at often because pages come and go."""
        layer = get_channel_layer()
        while True:
            wanted = {group_of(code) for code in self.rooms}
            wanted |= {user_group(browser.guest.user_id) for browser in self.pumps}
            with quietly("subscription"):
                for group in wanted - self.joined:
                    await layer.group_add(group, channel)
                    self.joined.add(group)
                for group in self.joined - wanted:
                    await layer.group_discard(group, channel)
                    self.joined.discard(group)
            await asyncio.sleep(0.1)

    async def _mind(self) -> None:
        """Once a second: silence, slow pages, demand, and who is still welcome."""
        second = 0
        while True:
            await asyncio.sleep(1)
            second += 1
            for room in self.rooms.values():
                room.notice_silence()
            for browser in list(self.pumps):
                await browser.look()
            if second % DEMAND_EVERY == 0:
                with quietly("demand"):
                    for room in list(self.rooms.values()):
                        await want(room.code, room.topics())
            if second % WELCOME_EVERY == 0:
                await self._send_away(self.pumps)

    async def _send_away(self, browsers: Iterable[Browser]) -> None:
        """Close every page whose person may no longer see its account."""
        browsers = list(browsers)
        over = await database_sync_to_async(unwelcome)({browser.guest for browser in browsers})
        for browser in browsers:
            if browser.guest in over:
                await browser.close(GONE)


@contextlib.contextmanager
def quietly(what: str) -> Iterator[None]:
    """Valkey only hints: without it pages hear that the feed is silent, and nothing breaks."""
    try:
        yield
    except (RedisError, OSError) as trouble:
        log.warning("%s not told: %s", what, type(trouble).__name__)
