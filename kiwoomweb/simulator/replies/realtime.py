"""Realtime entries: one ``{"type", "name", "item", "values"}`` of a REAL frame for each thing that happened.

PROTOCOL 8.6 and 8.7. Values hold every FID the guide lists for the type, blank where this market does not know.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from kiwoomweb.broker import catalogue
from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.broker.market_calendar import Phase
from kiwoomweb.broker.wire.writing import clock, directed, eoks, millions, plus
from kiwoomweb.simulator.account_facts import BalanceEvent, OrderEvent
from kiwoomweb.simulator.boards.halts import HaltEvent
from kiwoomweb.simulator.market_facts import (
    BookLevel,
    Depth,
    IndexQuote,
    Instrument,
    Print,
    Quote,
    SessionChange,
    percent,
)
from kiwoomweb.simulator.order_facts import Action
from kiwoomweb.simulator.parting import Parts
from kiwoomweb.simulator.registrations import TYPES
from kiwoomweb.simulator.replies.names import credit_code, kind_name, label, loan_day, lot_code, venue_code
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = [
    "balance_changed",
    "book_changed",
    "entry",
    "halted",
    "index_moved",
    "order_event",
    "session_changed",
    "traded",
]


Entry = dict[str, Any]

#: 장구분 (FID 290): 1 before, 2 during, 3 after the regular session.
PHASES = {Phase.PRE: "1", Phase.OPENING_AUCTION: "1", Phase.REGULAR: "2", Phase.CLOSING_AUCTION: "2"}
#: 매매구분 as FID 906 spells it, not as the guide does elsewhere (PROTOCOL 5.7).
SPELT = {"28": "스톰지정가"}
VENUE_TEXT = {Venue.KRX: "KRX", Venue.NXT: "NXT", Venue.SOR: "통합", Venue.ALL: "통합"}


def entry(kind: str, item: str, values: Mapping[str, Value]) -> Entry:
    """Dress the values in all FIDs of the type."""
    blank = _fids(kind)
    if strangers := values.keys() - blank.keys():
        raise KeyError(f"{kind} has no FID {', '.join(sorted(strangers))}")
    filled = {fid: "" if value is None else str(value) for fid, value in values.items()}
    return {"type": kind, "name": TYPES[kind], "item": item, "values": {**blank, **filled}}


@cache
def _fids(kind: str) -> Mapping[str, str]:
    data = next(field for field in catalogue.find(kind).response if field.name == "data")
    values = next(field for field in data.fields if field.name == "values")
    return {field.name: "" for field in values.fields}


def traded(item: str, tick: Print, about: Instrument, quote: Quote) -> Entry:
    """0B 주식체결. The sign of FID 15 is the aggressor's side, that of prices their direction."""
    base, signed = quote.base_price, tick.size if tick.side is Side.BUY else -tick.size
    moved, bought = tick.price - base, tick.side is Side.BUY
    return entry(
        "0B",
        item,
        {
            "20": clock(tick.at),
            "10": directed(tick.price, base),
            "11": plus(moved),
            "12": plus(percent(moved, base)),
            "27": directed(tick.best_ask, base),
            "28": directed(tick.best_bid, base),
            "15": plus(signed),
            "13": tick.volume,
            "14": millions(tick.turnover),
            **_day_range(tick.open, tick.high, tick.low, base),
            "25": direction(tick.price, base, quote.upper_limit, quote.lower_limit),
            "26": plus(tick.volume - quote.previous_volume),
            "30": plus(percent(tick.volume, quote.previous_volume)),
            "31": percent(tick.volume, about.shares),
            "228": tick.strength,
            "311": eoks(tick.price * about.shares),
            "290": PHASES.get(tick.phase, "3"),
            "1030": tick.sells,
            "1031": tick.buys,
            "1032": percent(tick.buys, tick.buys + tick.sells),
            "1314": tick.buys - tick.sells,
            "1315": 0 if bought else tick.size,
            "1316": tick.size if bought else 0,
            "620": tick.turnover // tick.volume if tick.volume else "",
            "9081": venue_code(tick.venue),
        },
    )


def book_changed(item: str, depth: Depth, base: int, parts: Mapping[Venue, Parts] | None = None) -> Entry:
    """0D 주식호가잔량: ten steps each way, totals, and the auction's expectation when there is one.

    ``parts`` says of a book of both venues what of it waits on which.
    """
    asks, bids = depth.total_asks, depth.total_bids
    values: dict[str, Value] = {"21": clock(depth.at)}
    for rank, (ask, bid) in enumerate(zip(depth.asks, depth.bids, strict=True), 1):
        values |= _step(rank, ask, bid, base)
    values |= {
        "121": asks,
        "122": plus(sum(level.delta for level in depth.asks)),
        "125": bids,
        "126": plus(sum(level.delta for level in depth.bids)),
        "128": plus(bids - asks),
        "129": percent(bids, asks),
        "138": plus(asks - bids),
        "139": percent(asks, bids),
    }
    return entry("0D", item, values | _expected(depth, base) | _parts(parts or {}))


def index_moved(index: IndexQuote) -> Entry:
    """0J 업종지수."""
    before = index.previous
    return entry(
        "0J",
        index.sector,
        {
            "20": clock(index.at),
            "10": directed(index.level, before),
            "11": plus(index.change),
            "12": plus(index.change_rate),
            "13": index.volume,
            "14": index.turnover,
            **_day_range(index.open, index.high, index.low, before),
            "25": direction(index.level, before),
        },
    )


def session_changed(told: SessionChange) -> Entry:
    """0s 장시작시간."""
    return entry("0s", "", {"215": told.code, "20": clock(told.at), "214": told.remaining})


def halted(told: HaltEvent, about: Instrument, base: int) -> Entry:
    """1h VI발동/해제. 9068: 1 begins, 2 is released; 9069: 1 upwards, 2 downwards."""
    halt = told.halt
    return entry(
        "1h",
        halt.code,
        {
            "9001": halt.code,
            "302": about.name,
            "13": halt.volume,
            "14": millions(halt.turnover),
            "9068": "2" if told.released else "1",
            "9008": "101" if about.market == "KOSDAQ" else "001",
            "1221": halt.price,
            "1223": clock(halt.at),
            "1224": clock(halt.until) if told.released else "000000",
            "1225": halt.words,
            "1236": halt.static_base,
            "1237": halt.dynamic_base,
            "1238": plus(halt.static_rate),
            "1239": plus(halt.dynamic_rate),
            "1489": plus(percent(halt.price - base, base)),
            "1490": halt.count,
            "9069": "1" if halt.rising else "2",
        },
    )


def order_event(account: str, event: OrderEvent, name: str, quote: Quote) -> Entry:
    """00 주문체결. 911 is the order's total so far, 915 this execution's size (PROTOCOL 8.7)."""
    order, fill = event.order, event.fill
    base = quote.base_price
    # An accepted cancellation still shows what it is about to free; its confirmation shows 0 (PROTOCOL 7.4).
    pending_cancel = order.action is Action.CANCEL and event.status == "접수"
    return entry(
        "00",
        order.code,
        {
            "9201": account,
            "9203": order.number,
            "9001": order.code,
            "912": "JJ",
            "913": event.status,
            "302": name,
            "900": order.quantity,
            "901": 0 if order.action is Action.CANCEL else order.price,
            "902": order.quantity if pending_cancel else order.remaining,
            "903": order.amount,
            "904": order.original,
            "905": label(order),
            "906": SPELT.get(order.kind, kind_name(order)),
            "907": "2" if order.side is Side.BUY else "1",
            "908": clock(event.at),
            "909": fill.number if fill else "",
            "910": fill.price if fill else "",
            "911": order.filled if fill else "",
            "10": directed(quote.price, base),
            "27": directed(quote.best_ask, base),
            "28": directed(quote.best_bid, base),
            "914": fill.price if fill else "",
            "915": fill.quantity if fill else "",
            "938": order.commission,
            "939": order.tax,
            "919": event.reason or "0",
            "922": credit_code(order),
            "923": loan_day(fill.loan if fill else order.loan),
            "2134": venue_code(order.venue),
            "2135": VENUE_TEXT[order.venue],
            "2136": "Y" if order.venue is Venue.SOR else "N",
        },
    )


def balance_changed(account: str, event: BalanceEvent, name: str, quote: Quote) -> Entry:
    """04 현물잔고, after each fill."""
    one, base, realised = event.position, quote.base_price, int(event.position.realised_today)
    return entry(
        "04",
        one.code,
        {
            "9201": account,
            "9001": one.code,
            "917": lot_code(one.loan),
            "916": loan_day(one.loan),
            "302": name,
            "10": directed(quote.price, base),
            "930": one.quantity,
            "931": int(one.average_cost),
            "932": one.cost,
            "933": one.sellable,
            "945": one.bought_today - one.sold_today,
            "946": "2" if event.side is Side.BUY else "1",
            "950": realised,
            "27": directed(quote.best_ask, base),
            "28": directed(quote.best_bid, base),
            "307": base,
            "957": one.owed,
            "958": one.interest,
            "918": loan_day(one.expires),
            **({"992": realised} if one.loan else {"990": realised}),
        },
    )


Level = int | Decimal


def _day_range(opened: Level, high: Level, low: Level, base: Level) -> dict[str, Value]:
    return {"16": directed(opened, base), "17": directed(high, base), "18": directed(low, base)}


def _step(rank: int, ask: BookLevel, bid: BookLevel, base: int) -> dict[str, Value]:
    """FIDs 41-50, 61-70, 81-90 for asks and 51-60, 71-80, 91-100 for bids."""
    return {
        str(40 + rank): directed(ask.price, base),
        str(60 + rank): ask.size,
        str(80 + rank): plus(ask.delta),
        str(50 + rank): directed(bid.price, base),
        str(70 + rank): bid.size,
        str(90 + rank): plus(bid.delta),
    }


def _parts(parts: Mapping[Venue, Parts]) -> dict[str, Value]:
    """FIDs 6044-6065 KRX, 6066-6087 NXT: sizes of both sides, then the totals."""
    values: dict[str, Value] = {}
    for venue, first in ((Venue.KRX, 6044), (Venue.NXT, 6066)):
        if part := parts.get(venue):
            sizes = (*part.asks, *part.bids, sum(part.asks), sum(part.bids))
            values |= {str(first + n): size for n, size in enumerate(sizes)}
    return values


def _expected(depth: Depth, base: int) -> dict[str, Value]:
    if not depth.expected_price:
        return {"23": "0", "24": "0"}
    moved = depth.expected_price - base
    return {
        "23": directed(depth.expected_price, base),
        "24": depth.expected_size,
        "200": plus(moved),
        "201": plus(percent(moved, base)),
        "238": direction(depth.expected_price, base),
    }
