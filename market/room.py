"""Room: the pages of one account in this server process, and what was last heard for them."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic, time
from typing import Any

from market.browser import Browser
from market.events import FeedState, encode
from market.frames import RATE

__all__ = ["SILENT", "Room"]

#: Seconds without any frame (they come every second) after which we say ourselves that the feed is silent.
SILENT = 5.0
#: Pages served without a pause.
AT_ONCE = 100


@dataclass(eq=False, slots=True)
class Room:
    """``fence`` and ``number`` order the frames: an older fence is a stream process that lost its lease."""

    code: str
    browsers: set[Browser] = field(default_factory=set)
    fence: int = 0
    number: int = 0
    heard_at: float = field(default_factory=monotonic)
    silent: bool = False
    feed: str = ""

    async def take(self, frame: Mapping[str, Any]) -> bool:
        """Hand a frame to every page that follows something in it. ``False``: frames before it are missing.

        Pages are served where they stand, one after the other; others of this process get a turn in between.
        """
        fence, number = frame["fence"], frame["number"]
        if (fence, number) <= (self.fence, self.number):
            return True
        whole = self.number == 0 or (fence == self.fence and number == self.number + 1)
        self.fence, self.number = fence, number
        self.heard_at, self.silent = monotonic(), False
        self.feed = frame["feed"]
        updates = frame["updates"]
        names = frozenset(updates)
        for place, browser in enumerate(list(self.browsers), 1):
            browser.feed = self.feed
            browser.offer(updates, names)
            browser.know(self.feed)
            if place % AT_ONCE == 0:
                await asyncio.sleep(0)
        return whole

    def topics(self) -> set[str]:
        """Everything somebody here follows."""
        return set().union(*(browser.topics for browser in self.browsers))

    def fastest(self) -> float:
        """The most frames a second somebody here wants."""
        return max((browser.rate for browser in self.browsers), default=RATE)

    def notice_silence(self) -> None:
        """No stream process speaks for this account: say so, and since when."""
        quiet = monotonic() - self.heard_at
        if quiet < SILENT or self.silent:
            return
        self.silent = True
        # The page has its own words for this; the reason is only a name.
        self.feed = encode(FeedState("lost", int(time() - quiet), "silent"))
        for browser in self.browsers:
            browser.know(self.feed)
