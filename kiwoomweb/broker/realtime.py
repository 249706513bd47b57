"""Realtime values: the text of one frame entry, by FID, to an event in the trader's words.

Every builder takes the entry's item, its FIDs and the present moment (frames carry a clock time, no day), and
raises ``Unreadable`` naming the FID it cannot take.
"""

from datetime import datetime
from typing import Any, Literal

from kiwoomweb.broker.domain import (
    BalanceChange,
    Book,
    BookLevel,
    IndexTick,
    OrderEvent,
    ScreenerEvent,
    SessionEvent,
    Side,
    Tick,
    Venue,
    VenueSizes,
    Won,
)
from kiwoomweb.broker.errors import Unreadable
from kiwoomweb.broker.fid_values import item_of, may, moment_of, need, price_of, rate, whole
from kiwoomweb.broker.wire import names, numbers

__all__ = ["balance_change", "book", "index_tick", "order_event", "screener_event", "session_event", "tick"]

#: An entry's FIDs: one of the structs in ``fids``.
Fids = Any

_AGGRESSOR = {"+": Side.BUY, "-": Side.SELL}
_BY_NUMBER = {"1": Side.SELL, "2": Side.BUY}
_MOVES = {"I": True, "D": False}


def tick(item: str, fids: Fids, now: datetime) -> Tick:
    """주식체결 (0B)."""
    size: str = fids.size
    return Tick(
        symbol=item_of(item),
        at=moment_of(fids.at, "20", now),
        price=price_of(fids.price, "10"),
        change=whole(fids.change, "11"),
        change_rate=need(rate, fids.change_rate, "12"),
        size=price_of(size, "15"),
        side=_AGGRESSOR.get(size[:1]),
        volume=whole(fids.volume, "13"),
        turnover=Won(whole(fids.turnover, "14") * 1_000_000) if fids.turnover else None,
        open=price_of(fids.open, "16"),
        high=price_of(fids.high, "17"),
        low=price_of(fids.low, "18"),
        best_ask=price_of(fids.best_ask, "27") if fids.best_ask else None,
        best_bid=price_of(fids.best_bid, "28") if fids.best_bid else None,
        strength=may(rate, fids.strength, "228"),
    )


def book(item: str, fids: Fids, now: datetime) -> Book:
    """주식호가잔량 (0D). Levels without a price are left out."""
    return Book(
        symbol=item_of(item),
        at=moment_of(fids.at, "21", now),
        asks=_levels(fids, "ask"),
        bids=_levels(fids, "bid"),
        total_asks=whole(fids.total_asks, "121"),
        total_bids=whole(fids.total_bids, "125"),
        expected_price=may(numbers.price, fids.expected_price, "23"),
        expected_size=may(numbers.count, fids.expected_size, "24"),
        krx=_venue_sizes(fids, "krx", 6044),
        nxt=_venue_sizes(fids, "nxt", 6066),
    )


def index_tick(item: str, fids: Fids, now: datetime) -> IndexTick:
    """업종지수 (0J). The level's sign is only its direction."""
    return IndexTick(
        sector=item.strip(),
        at=moment_of(fids.at, "20", now),
        level=abs(need(numbers.decimal, fids.level, "10")),
        change=need(numbers.decimal, fids.change, "11"),
        change_rate=need(rate, fids.change_rate, "12"),
    )


def session_event(_item: str, fids: Fids, now: datetime) -> SessionEvent:
    """장시작시간 (0s)."""
    return SessionEvent(
        code=fids.code.strip(), at=moment_of(fids.at, "20", now), remaining=fids.remaining.strip()
    )


def screener_event(item: str, fids: Fids, now: datetime) -> ScreenerEvent:
    """조건검색 편입/이탈 (02, pushed by a realtime CNSRREQ)."""
    move = fids.move.strip().upper()
    if move not in _MOVES:
        raise Unreadable(f"843: neither I nor D: {move!r}")
    return ScreenerEvent(
        condition=fids.condition.strip(),
        symbol=need(names.symbol, fids.symbol or item, "9001"),
        entered=_MOVES[move],
        at=moment_of(fids.at, "20", now),
    )


def order_event(_item: str, fids: Fids, now: datetime) -> OrderEvent:
    """주문체결 (00). ``filled`` is cumulative (911), ``unit_size`` this execution (915)."""
    return OrderEvent(
        order_no=need(names.order_no, fids.order_no, "9203"),
        original_order_no=may(names.order_no, fids.original_order_no, "904") or "",
        symbol=need(names.symbol, fids.symbol, "9001"),
        name=fids.name.strip(),
        status=fids.status.strip(),
        side=_BY_NUMBER.get(fids.side.strip()) or need(names.side, fids.label, "905"),
        label=fids.label.strip(),
        kind=fids.kind.strip(),
        quantity=whole(fids.quantity, "900"),
        price=price_of(fids.price, "901"),
        remaining=whole(fids.remaining, "902"),
        filled=may(numbers.count, fids.filled, "911"),
        fill_no=fids.fill_no.strip(),
        unit_price=may(numbers.price, fids.unit_price, "914"),
        unit_size=may(numbers.count, fids.unit_size, "915"),
        commission=may(numbers.won, fids.commission, "938"),
        tax=may(numbers.won, fids.tax, "939"),
        at=moment_of(fids.at, "908", now),
        reason=fids.reason.strip().strip("0"),
        venue=may(names.venue, fids.venue, "2135") or Venue.ALL,
        routed=fids.routed.strip() == "Y",
    )


def balance_change(_item: str, fids: Fids, _now: datetime) -> BalanceChange:
    """잔고 (04)."""
    return BalanceChange(
        symbol=need(names.symbol, fids.symbol, "9001"),
        name=fids.name.strip(),
        quantity=whole(fids.quantity, "930"),
        sellable=whole(fids.sellable, "933"),
        average_cost=need(numbers.nearest_won, fids.average_cost, "931"),
        price=price_of(fids.price, "10"),
        realised_today=may(numbers.nearest_won, fids.realised_today, "990"),
    )


def _venue_sizes(fids: Fids, venue: Literal["krx", "nxt"], first: int) -> VenueSizes | None:
    """What waits on one venue, beside the levels of ``_levels``; ``None`` where the broker parts none."""
    total_asks, total_bids = getattr(fids, f"{venue}_total_asks"), getattr(fids, f"{venue}_total_bids")
    if not (total_asks or total_bids):
        return None
    return VenueSizes(
        asks=_sizes(fids, venue, "ask", first),
        bids=_sizes(fids, venue, "bid", first + 10),
        total_asks=may(numbers.count, total_asks, f"{first + 20}"),
        total_bids=may(numbers.count, total_bids, f"{first + 21}"),
    )


def _sizes(fids: Fids, venue: str, side: Literal["ask", "bid"], first: int) -> tuple[int | None, ...]:
    return tuple(
        may(numbers.count, getattr(fids, f"{venue}_{side}_size{n}"), f"{first + n}")
        for n in range(10)
        if getattr(fids, f"{side}{n}") and price_of(getattr(fids, f"{side}{n}"), side)
    )


def _levels(fids: Fids, side: Literal["ask", "bid"]) -> tuple[BookLevel, ...]:
    first = 41 if side == "ask" else 51  # a level's size and delta are 20 and 40 further on
    levels = []
    for n, (price, size, delta) in enumerate(_LADDER[side]):
        if told := getattr(fids, price):
            cost = price_of(told, f"{first + n}")
            if cost:
                change = getattr(fids, delta)
                shares = whole(getattr(fids, size), f"{first + n + 20}")
                levels.append(BookLevel(cost, shares, whole(change, f"{first + n + 40}") if change else 0))
    return tuple(levels)


_LADDER = {
    side: [(f"{side}{n}", f"{side}_size{n}", f"{side}_delta{n}") for n in range(10)] for side in ("ask", "bid")
}
