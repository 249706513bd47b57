"""Trades: a frame of nothing but 체결 (0B), read no further than what decides where they go.

Ten thousand trades come in a second at the opening, and most are overtaken before anybody looks. So of a frame
only the item, the time and the day's volume are taken out, and the frame itself is kept: whoever wants the rest
asks for its entries, or for a ``tick`` in a trader's words.
"""

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
LETTER_AT, LETTER = len(HEAD) - 2, ord("B")
#: The moment of a frame nobody has marked yet.
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


class Trades(msgspec.Struct, gc=False):
    """The trades of one frame, the frame itself, and the broker's moment as it came.

    The wire gives a clock time without a day. ``raw`` and ``now`` are written in by who hears the frame; their
    names on the wire are none a broker uses.
    """

    data: list[Routed]
    trnm: Literal["REAL"]
    raw: bytes = msgspec.field(default=b"", name="\N{ENVELOPE}")
    now: datetime = msgspec.field(default=NEVER, name="\N{WATCH}")

    def tick(self, n: int) -> Tick:
        """The ``n``-th in a trader's words. Raises ``Unreadable`` naming the FID it cannot take."""
        entry = entries_of(self.raw)[n]
        return realtime.tick(entry.item, entry.values, self.now)


#: The trades of a frame that holds nothing else. Raises ``msgspec.DecodeError`` for any other. Not strict: the
#: decoder itself turns the text of a number into one, and minds whatever else stands there.
read_trades = msgspec.json.Decoder(Trades, strict=False).decode
_read_whole = msgspec.json.Decoder(_Whole).decode


def entries_of(raw: bytes) -> list[Entry]:
    """All trades of such a frame with their FIDs. Raises ``Unreadable`` where one of them is not text."""
    try:
        return _read_whole(raw).data
    except (msgspec.DecodeError, UnicodeDecodeError) as trouble:
        raise Unreadable(str(trouble), tr="0B") from None
