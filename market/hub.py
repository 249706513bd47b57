"""Hub: one subscription per server process, fanned out in memory to this process's pages.

The channel layer's own consumers would cost a message copy and a thread hop per page and frame; here a page
costs one set intersection per frame and one write, and no task of its own.
"""

import asyncio
import contextlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.db import Error as DatabaseError
from redis.exceptions import RedisError

from market.browser import GONE, Browser
from market.demand import want
from market.frames import TAPES, group_of, user_group
from market.guests import Guest, missed, newest, unwelcome
from market.pace import ask_for
from market.room import Room
from market.together import end
from market.topics import is_topic
from market.valkey import latest_key, valkey
from market.wires import Wire

__all__ = ["Hub", "hub"]

#: Topics one page may follow, and pages one person may have open in this process.
MOST_TOPICS, MOST_PAGES = 300, 40
#: Seconds between "we still follow these" and between "are they still welcome": a member who is removed is
#: sent away by a message at once, and by the clock where the message was lost.
DEMAND_EVERY, WELCOME_EVERY = 10, 1
#: Seconds between looks for events whose message was lost: a page hears of a fill all the same.
EVENTS_EVERY = 3

log = logging.getLogger(__name__)
_by_loop: "WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = WeakKeyDictionary()


def hub() -> "Hub":
    """The hub of the running loop."""
    return _by_loop.setdefault(asyncio.get_running_loop(), Hub())


class Hub:
    """Rooms by account code. It works while somebody is in and sleeps otherwise."""

    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}
        self.browsers: set[Browser] = set()
        self.work: list[asyncio.Task[None]] = []
        #: Groups the present channel is in.
        self.joined: set[str] = set()
        self.leaving: set[asyncio.Task[None]] = set()
        self.comings_and_goings = 0

    def is_crowded(self, guest: Guest) -> bool:
        """Whether this person has too many pages open already."""
        return sum(browser.guest.user_id == guest.user_id for browser in self.browsers) >= MOST_PAGES

    async def enter(self, guest: Guest, wire: Wire) -> Browser:
        """A page has come in; it hears the feed's state at once and events from ``guest.since`` on."""
        browser = Browser(guest, wire, event_seq=guest.since)
        room = self.rooms.setdefault(guest.code, Room(guest.code))
        room.browsers.add(browser)
        self.browsers.add(browser)
        self.comings_and_goings += 1
        browser.know(room.feed)
        if not self.work:
            self.work = [asyncio.create_task(job) for job in (self._listen(), self._mind())]
        if browser.event_seq < guest.newest:
            await self.catch_up(browser)
        return browser

    async def leave(self, browser: Browser) -> None:
        """A page has gone; the last one turns off the light."""
        browser.leave()
        if browser not in self.browsers:
            return
        self.browsers.remove(browser)
        self.comings_and_goings += 1
        room = self.rooms[browser.guest.code]
        room.browsers.discard(browser)
        if not room.browsers:
            del self.rooms[room.code]
        if not self.browsers:
            work, self.work = self.work, []
            await end(work)

    async def follow(self, browser: Browser, topics: Iterable[str]) -> None:
        """The page wants these topics: registered upstream, and answered with the last known values."""
        new = {name for name in topics if is_topic(name)} - browser.topics
        new = set(sorted(new)[: MOST_TOPICS - len(browser.topics)])
        tapes = {name for name in new if name.startswith(TAPES)}
        browser.topics |= new - tapes
        with quietly("demand"):
            await want(browser.guest.code, new)
            await self._refill(browser.guest.code, new, [browser])
        browser.topics |= tapes  # only now: what is kept of a tape comes before what is added to it

    async def pace(self, browser: Browser, rate: float) -> None:
        """The page wants so many frames a second."""
        browser.rate = rate
        with quietly("rate"):
            await ask_for(browser.guest.code, rate)

    async def catch_up(self, browser: Browser) -> None:
        """Replay the events the page has missed from the database; too many, and it fetches afresh."""
        rows = await database_sync_to_async(missed)(browser.guest, browser.event_seq)
        for seq, text in rows:
            if not browser.event(seq, text, more=True):
                browser.event_seq = seq
                browser.start_afresh()
        browser.flush()

    async def frame(self, message: Mapping[str, Any]) -> None:
        """One flush of an account's relay."""
        room = self.rooms.get(message["code"])
        if room and not await room.take(message):
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
        await self._send_away(b for b in self.browsers if b.guest.user_id == message["user_id"])

    async def _refill(self, code: str, topics: Iterable[str], browsers: Iterable[Browser]) -> None:
        names = sorted(topics)
        found = await valkey().hmget(latest_key(code), names) if names else []
        updates = {name: str(text) for name, text in zip(names, found, strict=True) if text}
        for browser in browsers:
            browser.offer({name: text for name, text in updates.items() if name not in browser.pending})

    async def _listen(self) -> None:
        """Read our one channel for ever; the layer reconnects by itself when Valkey comes back.

        What a channel has joined is its own: while it is being left, others may already come in by the next.
        """
        layer = get_channel_layer()
        handlers = {"live.frame": self.frame, "live.event": self.event, "access.revoked": self.revoked}
        channel = await layer.new_channel()
        joined = self.joined = set()
        joining = asyncio.create_task(self._join(channel, joined))
        try:
            while True:
                message = await layer.receive(channel)
                if handler := handlers.get(message["type"]):
                    await handler(message)
        finally:
            await end([joining])
            leaving = asyncio.create_task(leave_groups(channel, joined))
            self.leaving.add(leaving)
            leaving.add_done_callback(self.leaving.discard)
            await asyncio.shield(leaving)  # a thousand pages' groups take longer than anybody waits for us

    async def _join(self, channel: str, joined: set[str]) -> None:
        """Keep the subscriptions equal to the rooms; looked at often because pages come and go."""
        layer, seen = get_channel_layer(), -1
        while True:
            if seen != (crowd := self.comings_and_goings):
                wanted = {group_of(code) for code in self.rooms}
                wanted |= {user_group(browser.guest.user_id) for browser in self.browsers}
                with quietly("subscription"):
                    for group in wanted - joined:
                        await layer.group_add(group, channel)
                        joined.add(group)
                    for group in joined - wanted:
                        await layer.group_discard(group, channel)
                        joined.discard(group)
                    seen = crowd
            await asyncio.sleep(0.1)

    async def _mind(self) -> None:
        """Once a second: silence, slow pages, demand, and who is still welcome."""
        second = 0
        while True:
            await asyncio.sleep(1)
            second += 1
            for room in self.rooms.values():
                room.notice_silence()
            for browser in list(self.browsers):
                browser.look()
            if second % DEMAND_EVERY == 0:
                with quietly("demand"):
                    for room in list(self.rooms.values()):
                        await want(room.code, room.topics())
                        await ask_for(room.code, room.fastest())
            with calmly():
                if second % WELCOME_EVERY == 0:
                    await self._send_away(self.browsers)
                if second % EVENTS_EVERY == 0:
                    await self._look_for_events()

    async def _look_for_events(self) -> None:
        """Events are in the database before anybody is told of them."""
        known = await database_sync_to_async(newest)([browser.guest for browser in self.browsers])
        for browser in list(self.browsers):
            if browser.event_seq < known.get(browser.guest.account_id, 0):
                await self.catch_up(browser)

    async def _send_away(self, browsers: Iterable[Browser]) -> None:
        """Close every page whose person may no longer see its account."""
        browsers = list(browsers)
        if not browsers:
            return
        guests = {browser.guest for browser in browsers}
        try:
            over = await database_sync_to_async(unwelcome)(guests)
        except DatabaseError:
            raise
        except Exception:
            log.exception("nobody can say who may stay, so nobody stays: pages come in again and are asked")
            over = guests
        for browser in browsers:
            if browser.guest in over:
                browser.wire.close(GONE)


async def leave_groups(channel: str, joined: set[str]) -> None:
    """Nothing is sent to a channel nobody reads any more."""
    layer = get_channel_layer()
    while joined:
        with quietly("leaving"):
            await layer.group_discard(joined.pop(), channel)


@contextlib.contextmanager
def calmly() -> Iterator[None]:
    """A database that is busy for a moment costs a look, not the pages."""
    try:
        yield
    except DatabaseError as trouble:
        log.warning("guests and events not looked at: %s", type(trouble).__name__)


@contextlib.contextmanager
def quietly(what: str) -> Iterator[None]:
    """Valkey only hints: without it pages hear that the feed is silent, and nothing breaks."""
    try:
        yield
    except (RedisError, OSError) as trouble:
        log.warning("%s not told: %s", what, type(trouble).__name__)
