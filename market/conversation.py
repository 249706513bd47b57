"""Conversation: what a page may say on its socket, and what we do about it.

``{"follow": ["quote:005930"], "unfollow": [...], "ack": 12, "ping": 1}``, each part optional.
"""

import msgspec
from channels.db import database_sync_to_async

from market.browser import GONE, Browser
from market.guests import unwelcome
from market.hub import Hub

__all__ = ["NONSENSE", "heed"]

#: Longest text a page may send; three hundred topics fit well.
LONGEST = 16_384
#: Close code: we could not read that.
NONSENSE = 4400


class Said(msgspec.Struct, frozen=True):
    follow: list[str] = []
    unfollow: list[str] = []
    ack: int = 0
    ping: int | None = None


decode = msgspec.json.Decoder(Said).decode


async def heed(hub: Hub, browser: Browser, text: str) -> None:
    """Do what the page says, if it may still be here to say it."""
    try:
        said = decode(text[:LONGEST])
    except (msgspec.DecodeError, UnicodeError):
        await browser.close(NONSENSE)
        return
    if said.ack:
        browser.read(said.ack)
    if said.ping is not None:
        await browser.answer(f'{{"pong":{said.ping}}}')
    browser.topics -= set(said.unfollow)
    if said.follow:
        await _follow(hub, browser, said.follow)


async def _follow(hub: Hub, browser: Browser, topics: list[str]) -> None:
    if await database_sync_to_async(unwelcome)({browser.guest}):
        await browser.close(GONE)
    else:
        await hub.follow(browser, topics)
