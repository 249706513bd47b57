"""Frames: one text message of the broker's socket, read in one pass into typed entries, then into events.

Speed decides the shape (10,000 ticks a second at the opening). A frame of trades alone goes on nearly unread
(``trades``). Of any other msgspec picks the struct by the entry's ``type`` and reads only the FIDs in it. A
frame it cannot take that way is read again entry by entry, so that one unknown or broken entry is reported and
costs the others nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

import msgspec

from kiwoomweb.broker import fids, realtime, realtime_signals
from kiwoomweb.broker.domain import SEOUL, RealtimeEvent
from kiwoomweb.broker.errors import Unreadable
from kiwoomweb.broker.stream_events import Unrecognised
from kiwoomweb.broker.trades import LETTER, LETTER_AT, Trades, read_trades

__all__ = ["Message", "answer", "decode", "events", "hear", "read"]

Build = Callable[[str, Any, datetime], RealtimeEvent]

#: Realtime type -> the FIDs we read of it, and the event they make.
MEANINGS: dict[str, tuple[Any, Build]] = {
    "00": (fids.OrderFids, realtime.order_event),
    "04": (fids.BalanceFids, realtime.balance_change),
    "0B": (fids.TickFids, realtime.tick),
    "0D": (fids.BookFids, realtime.book),
    "0J": (fids.IndexFids, realtime.index_tick),
    "0s": (fids.SessionFids, realtime.session_event),
    "0A": (fids.IndicationFids, realtime_signals.indication),
    "0C": (fids.BestQuoteFids, realtime_signals.best_quote),
    "0E": (fids.AfterHoursFids, realtime_signals.after_hours_book),
    "0F": (fids.MemberFids, realtime_signals.members),
    "0G": (fids.NavFids, realtime_signals.etf_nav),
    "0H": (fids.ExpectedFids, realtime_signals.expected_trade),
    "0I": (fids.GoldFids, realtime_signals.gold_rate),
    "0U": (fids.BreadthFids, realtime_signals.breadth),
    "0g": (fids.FactFids, realtime_signals.share_facts),
    "0m": (fids.TheoryFids, realtime_signals.elw_theory),
    "0u": (fids.ElwFids, realtime_signals.elw_figures),
    "0w": (fids.ProgramFids, realtime_signals.program_trade),
    "1h": (fids.HaltFids, realtime_signals.halt),
    "02": (fids.ScreenerFids, realtime.screener_event),
}


class Message(msgspec.Struct, gc=False, frozen=True):
    """What every message has: its kind, an ack's code and text, a SYSTEM message's code and text.

    ``seq``, ``cont_yn`` and ``next_key`` come with the answers of condition searches.
    """

    trnm: str = ""
    return_code: int | str = 0
    return_msg: str | None = None
    code: int | str = ""
    message: str | None = None
    seq: str | None = None
    cont_yn: str | None = None
    next_key: str | None = None


def _entry(kind: str, table: Any) -> Any:
    """An entry of a known type, with its FIDs typed."""
    return msgspec.defstruct(
        f"Entry{kind}",
        [("values", table), ("item", str, "")],
        tag_field="type",
        tag=kind,
        gc=False,
        frozen=True,
    )


_ENTRIES = {_entry(kind, table): (kind, build) for kind, (table, build) in MEANINGS.items()}
_Entries: Any = list[reduce(or_, _ENTRIES)]  # type: ignore[misc]
_Typed: Any = msgspec.defstruct("Typed", [("data", _Entries, [])], bases=(Message,), gc=False, frozen=True)


class _Loose(Message, gc=False, frozen=True):
    data: msgspec.Raw = msgspec.Raw(b"[]")


class _LooseEntry(msgspec.Struct, gc=False, frozen=True):
    type: str = ""
    item: str = ""
    values: msgspec.Raw = msgspec.Raw(b"{}")


_read_typed = msgspec.json.Decoder(_Typed).decode
_read_loose = msgspec.json.Decoder(_Loose).decode


def decode(raw: bytes | str, now: datetime | None = None) -> list[RealtimeEvent | Unrecognised]:
    """The events of one message; none for what is no REAL. Raises ``Unreadable`` for what is no message.

    ``now`` is the broker's present moment: the wire gives clock times without a day.
    """
    return events(read(raw), now or datetime.now(SEOUL))


def hear(raws: Sequence[bytes]) -> Iterator[Trades | bytes]:
    """What lay ready, in its order: frames of trades side by side go on together, others one by one, unread."""
    alike: list[bytes] = []
    for raw in raws:
        if raw[LETTER_AT] == LETTER:
            alike.append(raw)
            continue
        yield from _trades(alike)
        yield raw
        alike = []
    yield from _trades(alike)


def _trades(raws: Sequence[bytes]) -> Iterator[Trades | bytes]:
    """Those together; where there is something else in one of them or it is broken, each on its own."""
    if not raws:
        return
    try:
        yield read_trades(raws)
    except (msgspec.DecodeError, UnicodeDecodeError):
        if len(raws) == 1:
            yield raws[0]
        else:
            for raw in raws:
                yield from _trades([raw])


def read(raw: bytes | str) -> Message:
    """One message, its entries typed. Raises ``Unreadable``."""
    try:
        typed: Message = _read_typed(raw)
    except msgspec.ValidationError:
        pass
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Unreadable(f"{len(raw)} characters, not a message") from None
    else:
        return typed
    try:
        return _read_loose(raw)
    except msgspec.ValidationError as trouble:
        raise Unreadable(f"a message of another form: {trouble}") from None
    except (msgspec.DecodeError, UnicodeDecodeError):  # cut off behind what the typed reading stumbled over
        raise Unreadable(f"{len(raw)} characters, not a message") from None


def events(message: Message, now: datetime) -> list[RealtimeEvent | Unrecognised]:
    """The events of a REAL message, in its order."""
    if message.trnm != "REAL":
        return []
    if isinstance(message, _Loose):
        return [_loose_event(raw, now) for raw in _split(message.data)]
    return [_event(entry, now) for entry in message.data]  # type: ignore[attr-defined]


def answer(message: Message) -> dict[str, Any]:
    """An answer to a question over the socket (PROTOCOL 8.8): its rows as they came, its condition, its paging.

    ``{"data": [["0", "조건1"], …], "seq": "4", "cont_yn": "N", "next_key": ""}``; ``seq`` without its padding.
    """
    rows = msgspec.json.decode(message.data) if isinstance(message, _Loose) else []
    if not isinstance(rows, list | None):
        raise Unreadable(f"data of {message.trnm}: not a list", tr=message.trnm)
    told = {name: (getattr(message, name) or "").strip() for name in ("seq", "cont_yn", "next_key")}
    return {"data": rows or [], **told}


def _event(entry: Any, now: datetime) -> RealtimeEvent | Unrecognised:
    kind, build = _ENTRIES[type(entry)]
    try:
        return build(entry.item, entry.values, now)
    except Unreadable as trouble:
        return Unrecognised(kind, entry.item, trouble.said)


def _loose_event(raw: msgspec.Raw, now: datetime) -> RealtimeEvent | Unrecognised:
    kind, item = "", ""
    try:
        entry = msgspec.json.decode(raw, type=_LooseEntry)
        kind, item = entry.type, entry.item
        table, build = MEANINGS[kind]
        return build(item, msgspec.json.decode(entry.values, type=table), now)
    except KeyError:
        return Unrecognised(kind, item, "type")
    except (msgspec.DecodeError, UnicodeDecodeError) as trouble:
        return Unrecognised(kind, item, str(trouble))
    except Unreadable as trouble:
        return Unrecognised(kind, item, trouble.said)


def _split(data: msgspec.Raw) -> Iterator[msgspec.Raw]:
    try:
        yield from msgspec.json.decode(data, type=list[msgspec.Raw])
    except msgspec.ValidationError:
        yield data
