"""Trades: frames of nothing but 체결 (0B), read no further than what decides where they go.

Ten thousand trades come in a second at the opening, and most are overtaken before anybody looks. So of a frame
only the item, the time and the day's volume are taken out, and the frame itself is kept: whoever wants the rest
asks for its entries, or for a ``tick`` in a trader's words. Frames that lie ready together are read by one call
and travel on together: each on its own would spend more on the way than on being read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from kiwoomweb.broker import realtime
from kiwoomweb.broker.domain import SEOUL, Tick
from kiwoomweb.broker.errors import Unreadable
from kiwoomweb.broker.fids import TickFids

__all__ = ["LAST", "LETTER", "LETTER_AT", "NEVER", "Entry", "Routed", "Trades", "entries_of", "read_trades"]

#: How a frame that brings trades begins. One that is written in another way is read like all other frames.
HEAD = b'{"trnm":"REAL","data":[{"type":"0B"'
#: One letter there tells nearly all other frames apart at once; the decoder holds the rest to its form.
LETTER_AT, LETTER = slice(len(HEAD) - 2, len(HEAD) - 1), b"B"
#: The moment of trades nobody has marked yet.
NEVER = datetime.min.replace(tzinfo=SEOUL)
#: The place of a trade that came alone in its frame, and of the last one of several.
LAST = -1


#: No share has traded so many in a day; beyond it a volume is garbage, and would make all that follows "late".
MOST_VOLUME = 10**18


class Route(msgspec.Struct, gc=False):
    """FIDs 20 and 13: the clock time, and the volume of the day with this trade, a plain number or no route."""

    volume: Annotated[int, msgspec.Meta(ge=0, le=MOST_VOLUME)] = msgspec.field(name="13")
    at: str = msgspec.field(default="", name="20")


class Routed(msgspec.Struct, gc=False, tag_field="type", tag="0B"):
    """One trade, as far as it is read at once."""

    values: Route
    item: str = ""


class Entry(msgspec.Struct, gc=False, tag_field="type", tag="0B"):
    """One trade with all the FIDs we use."""

    values: TickFids
    item: str = ""


class _Whole(msgspec.Struct, gc=False):
    data: list[Entry]


class Frame(msgspec.Struct, gc=False):
    """The trades of one frame."""

    data: list[Routed]
    trnm: Literal["REAL"]


@dataclass(slots=True)
class Trades:
    """Frames that lay ready together: as they came, and what was read of each.

    ``now`` is the broker's moment, written in by who hears them: the wire gives a clock time without a day.
    """

    raws: Sequence[bytes]
    frames: list[Frame]
    now: datetime = NEVER

    def tick(self, raw: bytes, n: int) -> Tick:
        """The ``n``-th of a frame in a trader's words. Raises ``Unreadable`` naming the FID it cannot take."""
        entry = entries_of(raw)[n]
        return realtime.tick(entry.item, entry.values, self.now)


#: Not strict: the decoder itself turns the text of a number into one, and minds whatever else stands there.
_read_frames = msgspec.json.Decoder(list[Frame], strict=False).decode
_read_whole = msgspec.json.Decoder(_Whole).decode


def read_trades(raws: Sequence[bytes]) -> Trades:
    """Frames that hold trades and nothing else.

    Raises ``msgspec.DecodeError`` or ``UnicodeDecodeError`` when one of them does not.
    """
    frames = _read_frames(b"[%b]" % b",".join(raws))
    if len(frames) != len(raws):
        raise msgspec.DecodeError("a frame that is none or several")
    return Trades(raws, frames)


def entries_of(raw: bytes) -> list[Entry]:
    """All trades of such a frame with their FIDs. Raises ``Unreadable`` where one of them is not text."""
    try:
        return _read_whole(raw).data
    except (msgspec.DecodeError, UnicodeDecodeError) as trouble:
        raise Unreadable(str(trouble), tr="0B") from None
