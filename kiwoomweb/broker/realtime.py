"""Realtime values: the text of one frame entry, by FID, to an event in the trader's words.

Every builder takes the entry's item, its FIDs and the present moment (frames carry a clock time, no day), and
raises ``Unreadable`` naming the FID it cannot take.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Literal, TypeVar

from kiwoomweb.broker.domain import (
    SEOUL,
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
    Won,
)
from kiwoomweb.broker.errors import Unreadable
from kiwoomweb.broker.wire import names, numbers, times

__all__ = ["balance_change", "book", "index_tick", "order_event", "screener_event", "session_event", "tick"]

Value = TypeVar("Value")
#: An entry's FIDs: one of the structs in ``fids``.
Fids = Any

_AGGRESSOR = {"+": Side.BUY, "-": Side.SELL}
_BY_NUMBER = {"1": Side.SELL, "2": Side.BUY}
_MOVES = {"I": True, "D": False}
_HALF_A_DAY = timedelta(hours=12)


def tick(item: str, fids: Fids, now: datetime) -> Tick:
    """주식체결 (0B)."""
    size: str = fids.size
    return Tick(
        symbol=_item(item),
        at=_at(fids.at, "20", now),
        price=_price(fids.price, "10"),
        change=_won(fids.change, "11"),
        change_rate=_need(_rate, fids.change_rate, "12"),
        size=_price(size, "15"),
        side=_AGGRESSOR.get(size[:1]),
        volume=_won(fids.volume, "13"),
        turnover=Won(_won(fids.turnover, "14") * 1_000_000) if fids.turnover else None,
        open=_price(fids.open, "16"),
        high=_price(fids.high, "17"),
        low=_price(fids.low, "18"),
        best_ask=_price(fids.best_ask, "27") if fids.best_ask else None,
        best_bid=_price(fids.best_bid, "28") if fids.best_bid else None,
        strength=_may(_rate, fids.strength, "228"),
    )


def book(item: str, fids: Fids, now: datetime) -> Book:
    """주식호가잔량 (0D). Levels without a price are left out."""
    return Book(
        symbol=_item(item),
        at=_at(fids.at, "21", now),
        asks=_levels(fids, "ask"),
        bids=_levels(fids, "bid"),
        total_asks=_won(fids.total_asks, "121"),
        total_bids=_won(fids.total_bids, "125"),
        expected_price=_may(numbers.price, fids.expected_price, "23"),
        expected_size=_may(numbers.count, fids.expected_size, "24"),
    )


def index_tick(item: str, fids: Fids, now: datetime) -> IndexTick:
    """업종지수 (0J). The level's sign is only its direction."""
    return IndexTick(
        sector=item.strip(),
        at=_at(fids.at, "20", now),
        level=abs(_need(numbers.decimal, fids.level, "10")),
        change=_need(numbers.decimal, fids.change, "11"),
        change_rate=_need(_rate, fids.change_rate, "12"),
    )


def session_event(_item: str, fids: Fids, now: datetime) -> SessionEvent:
    """장시작시간 (0s)."""
    return SessionEvent(code=fids.code.strip(), at=_at(fids.at, "20", now), remaining=fids.remaining.strip())


def screener_event(item: str, fids: Fids, now: datetime) -> ScreenerEvent:
    """조건검색 편입/이탈 (02, pushed by a realtime CNSRREQ)."""
    move = fids.move.strip().upper()
    if move not in _MOVES:
        raise Unreadable(f"843: neither I nor D: {move!r}")
    return ScreenerEvent(
        condition=fids.condition.strip(),
        symbol=_need(names.symbol, fids.symbol or item, "9001"),
        entered=_MOVES[move],
        at=_at(fids.at, "20", now),
    )


def order_event(_item: str, fids: Fids, now: datetime) -> OrderEvent:
    """주문체결 (00). ``filled`` is cumulative (911), ``unit_size`` this execution (915)."""
    return OrderEvent(
        order_no=_need(names.order_no, fids.order_no, "9203"),
        original_order_no=_may(names.order_no, fids.original_order_no, "904") or "",
        symbol=_need(names.symbol, fids.symbol, "9001"),
        name=fids.name.strip(),
        status=fids.status.strip(),
        side=_BY_NUMBER.get(fids.side.strip()) or _need(names.side, fids.label, "905"),
        label=fids.label.strip(),
        kind=fids.kind.strip(),
        quantity=_won(fids.quantity, "900"),
        price=_price(fids.price, "901"),
        remaining=_won(fids.remaining, "902"),
        filled=_may(numbers.count, fids.filled, "911"),
        fill_no=fids.fill_no.strip(),
        unit_price=_may(numbers.price, fids.unit_price, "914"),
        unit_size=_may(numbers.count, fids.unit_size, "915"),
        commission=_may(numbers.won, fids.commission, "938"),
        tax=_may(numbers.won, fids.tax, "939"),
        at=_at(fids.at, "908", now),
        reason=fids.reason.strip().strip("0"),
        venue=_may(names.venue, fids.venue, "2135") or Venue.ALL,
        routed=fids.routed.strip() == "Y",
    )


def balance_change(_item: str, fids: Fids, _now: datetime) -> BalanceChange:
    """잔고 (04)."""
    return BalanceChange(
        symbol=_need(names.symbol, fids.symbol, "9001"),
        name=fids.name.strip(),
        quantity=_won(fids.quantity, "930"),
        sellable=_won(fids.sellable, "933"),
        average_cost=_need(numbers.nearest_won, fids.average_cost, "931"),
        price=_price(fids.price, "10"),
        realised_today=_may(numbers.nearest_won, fids.realised_today, "990"),
    )


def _levels(fids: Fids, side: Literal["ask", "bid"]) -> tuple[BookLevel, ...]:
    first = 41 if side == "ask" else 51  # a level's size and delta are 20 and 40 further on
    levels = []
    for n, (price, size, delta) in enumerate(_LADDER[side]):
        if told := getattr(fids, price):
            cost = _price(told, f"{first + n}")
            if cost:
                change = getattr(fids, delta)
                shares = _won(getattr(fids, size), f"{first + n + 20}")
                levels.append(BookLevel(cost, shares, _won(change, f"{first + n + 40}") if change else 0))
    return tuple(levels)


_LADDER = {
    side: [(f"{side}{n}", f"{side}_size{n}", f"{side}_delta{n}") for n in range(10)] for side in ("ask", "bid")
}

_rate = lru_cache(maxsize=8192)(numbers.rate)


@lru_cache(maxsize=8192)
def _item(text: str) -> str:
    return _need(names.item, text, "item")


def _won(text: str, fid: str) -> Won:
    """A whole number with its sign: the short way for plain digits, ``wire`` for whatever else it may be."""
    if text.isascii() and "_" not in text:
        try:
            return Won(int(text))
        except ValueError:
            pass
    return _need(numbers.won, text, fid)


def _price(text: str, fid: str) -> Won:
    return Won(abs(_won(text, fid)))


def _at(text: str, fid: str, now: datetime) -> datetime:
    """The moment with this clock time nearest to ``now``."""
    guess = _on(now.date(), _need(_clock, text, fid))
    if abs(guess - now) > _HALF_A_DAY:
        return times.near(now, guess.time())
    return guess


_clock = lru_cache(maxsize=8192)(times.clock)


@lru_cache(maxsize=8192)
def _on(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=SEOUL)


def _may(read: Callable[[str], Value | None], text: str, fid: str) -> Value | None:
    try:
        return read(text)
    except ValueError as trouble:
        raise Unreadable(f"{fid}: {trouble}") from None


def _need(read: Callable[[str], Value | None], text: str, fid: str) -> Value:
    value = _may(read, text, fid)
    if value is None:
        raise Unreadable(f"{fid}: no value in {text!r}")
    return value
