"""Publishing: a relay's frames, one message of the channel layer each: ten a second, or as many as wanted."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from time import monotonic

from channels.layers import get_channel_layer
from redis.exceptions import RedisError

from market.events import FeedState, encode
from market.frames import RATE, frame, group_of
from market.latest import keep_and_tell
from market.pace import asked_for
from market.relay import Relay

__all__ = ["Publisher"]

#: An empty frame says "still here"; pages call a feed silent after several of these.
HEARTBEAT = 1.0

log = logging.getLogger(__name__)


async def nothing_to_read() -> None:
    """Nobody reads a socket here."""


@dataclass(slots=True)
class Publisher:
    """Frames of one account. ``held`` tells whether our lease still stands; without it nothing is sent."""

    code: str
    relay: Relay
    fence: int
    held: Callable[[], bool]
    followed: AbstractSet[str] = field(default_factory=set)
    feed: FeedState = field(default_factory=FeedState)
    #: Somebody of this process who hears every frame; must not wait.
    listener: Callable[[Mapping[str, str]], None] = lambda _updates: None
    #: Awaited before a frame is made: the newest goes into it.
    read_up: Callable[[], Awaitable[None]] = nothing_to_read
    number: int = 0
    rate: float = RATE
    _said: FeedState | None = None

    async def run(self) -> None:
        """Flush until cancelled. A queue that is down costs frames, never the loop."""
        due = said = asked = monotonic()
        while True:
            due = max(due + 1 / self.rate, monotonic())  # a late frame does not make the next one late
            await asyncio.sleep(due - monotonic())
            if due - asked >= HEARTBEAT:
                asked = due
                await self._ask_pace()
            await self.read_up()
            updates = self.relay.take(self.followed)
            self.listener(updates)
            if not self.held() or not (updates or due - said >= HEARTBEAT or self.feed != self._said):
                continue
            said = due
            try:
                await self.send(updates)
            except (RedisError, OSError) as trouble:
                self.relay.touch(updates)
                log.warning("frame of %s not sent: %s", self.code, type(trouble).__name__)

    async def _ask_pace(self) -> None:
        try:
            self.rate = await asked_for(self.code)
        except (RedisError, OSError) as trouble:
            log.warning("pace of %s unknown: %s", self.code, type(trouble).__name__)

    async def send(self, updates: dict[str, str]) -> None:
        """Keep the values for later followers and tell the present ones."""
        self.number += 1
        message = frame(self.code, self.fence, self.number, updates, encode(self.feed))
        if updates:
            await keep_and_tell(self.code, message, self.relay.tapes(updates))
        else:
            await get_channel_layer().group_send(group_of(self.code), message)
        self._said = self.feed
