"""Conversation: what a page may say on its socket, and what we do about it.

``{"follow": ["quote:005930"], "unfollow": [...], "rate": 4, "ack": 12, "ping": 1}``, each part optional.
"""

import re
from typing import Annotated

import msgspec
from channels.db import database_sync_to_async

from market.browser import GONE, Browser
from market.frames import within_bounds
from market.guests import unwelcome
from market.hub import Hub

__all__ = ["NONSENSE", "TOO_MUCH", "heed", "overhear"]

#: Longest text a page may send; three hundred topics fit well.
LONGEST = 16_384
#: Close codes: we could not read that; it was too much.
NONSENSE, TOO_MUCH = 4400, 4429
#: What an acknowledgement takes of what a page may say.
SMALL = 0.1


#: A number a page counts with: what a browser holds exactly.
Counted = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Said(msgspec.Struct, frozen=True):
    follow: list[str] = []
    unfollow: list[str] = []
    ack: Counted = 0
    ping: Counted | None = None
    rate: float | None = None


decode = msgspec.json.Decoder(Said).decode
_ack = re.compile(rb'\{"ack": ?(\d{1,15})\}').fullmatch


def overhear(browser: Browser, payload: bytes) -> bool:
    """See a message before it is queued: acknowledgements are taken at once, and a flood ends here."""
    ack = _ack(payload)
    if not browser.speech.may(SMALL if ack else 1.0):
        browser.wire.close(TOO_MUCH)
        return True
    if ack:
        browser.read(int(ack[1]))
    return ack is not None


async def heed(hub: Hub, browser: Browser, text: str) -> None:
    """Do what the page says, if it may still be here to say it."""
    if len(text) > LONGEST:
        browser.wire.close(NONSENSE)
        return
    try:
        said = decode(text)
    except (msgspec.DecodeError, ValueError, RecursionError):  # ValueError: halves of letters, endless digits
        browser.wire.close(NONSENSE)
        return
    if said.ack:
        browser.read(said.ack)
    if said.ping is not None:
        browser.wire.say(f'{{"pong":{said.ping}}}')
    if said.rate is not None:
        await hub.pace(browser, within_bounds(said.rate))
    browser.topics -= set(said.unfollow)
    if said.follow:
        await _follow(hub, browser, said.follow)


async def _follow(hub: Hub, browser: Browser, topics: list[str]) -> None:
    if await database_sync_to_async(unwelcome)({browser.guest}):
        browser.wire.close(GONE)
    else:
        await hub.follow(browser, topics)
