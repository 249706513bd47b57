"""Charting: 틱·분·일·주·월·년봉, newest first, all cut from the same tapes and days."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import groupby, islice

from kiwoomweb.broker.domain import SEOUL, Venue
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Bar, Print
from kiwoomweb.simulator.printing import last_print, minute_prints, minute_start, turnover_upto
from kiwoomweb.simulator.tape import Tape, minute_of

__all__ = ["SPANS", "day_bars", "minute_bars", "tick_prints"]

#: Days whose key is equal make one bar.
SPANS: dict[str, Callable[[date], object]] = {
    "day": lambda day: day,
    "week": lambda day: day.isocalendar()[:2],
    "month": lambda day: (day.year, day.month),
    "year": lambda day: day.year,
}
OPENS = time(9, tzinfo=SEOUL)
#: A page of minutes never looks further back than this many trading days.
FARTHEST = 400


def day_bars(market: Market, code: str, span: str, count: int, *, until: date, now: datetime) -> list[Bar]:
    """일·주·월·년봉 up to ``until``; today's is what the official session has traded so far."""
    grouped = groupby(_days(market, code, until, now), key=lambda bar: SPANS[span](bar.day))
    return list(islice((_joined(list(bars)[::-1]) for _, bars in grouped), count))


def minute_bars(market: Market, code: str, minutes: int, count: int, until: datetime) -> list[Bar]:
    """분봉 of the official session; bars begin at multiples of ``minutes``, silent ones are left out."""
    found: list[Bar] = []
    for tape in _tapes(market, code, until):
        grouped = groupby(_official(tape, until), key=lambda bar: minute_of(bar.at) // minutes * minutes)
        merged = [_joined(list(bars), minute_start(tape.bar.day, start)) for start, bars in grouped]
        found += reversed(merged)
        if len(found) >= count:
            break
    return found[:count]


def tick_prints(market: Market, code: str, count: int, until: datetime) -> list[Print]:
    """The official session's last trades up to ``until``."""
    found: list[Print] = []
    for tape in _tapes(market, code, until):
        stretch = tape.official
        for index in range(len(stretch) - 1, -1, -1):
            trades = minute_prints(tape, stretch, index, Venue.KRX)
            found += (trade for trade in reversed(trades) if trade.at <= until)
            if len(found) >= count:
                return found[:count]
    return found


def _tapes(market: Market, code: str, until: datetime) -> Iterator[Tape]:
    for day in islice(market.days_back(until.date()), FARTHEST):
        if market.close_before(code, day) is None and market.daily.series(code, day).on(day) is None:
            return
        if tape := market.tape(code, day):
            yield tape


def _days(market: Market, code: str, until: date, now: datetime) -> Iterator[Bar]:
    """Daily bars from ``until`` backwards, none from the future."""
    for bar in market.daily.series(code, until).back_from(min(until, now.date())):
        tape = market.tape(code, bar.day) if bar.day == now.date() else None
        if tape and minute_of(now) <= tape.auction:
            today = _so_far(tape, now)
            if today:
                yield today
        else:
            yield Bar(_opening(bar.day), bar.open, bar.high, bar.low, bar.close, bar.volume, bar.worth)


def _so_far(tape: Tape, now: datetime) -> Bar | None:
    last = last_print(tape, now, Venue.KRX)
    if last is None:
        return None
    return Bar(_opening(tape.bar.day), last.open, last.high, last.low, last.price, last.volume, last.turnover)


def _official(tape: Tape, until: datetime) -> Iterator[Bar]:
    """The official session's minutes that have begun, the last one as far as it has come."""
    stretch, day = tape.official, tape.bar.day
    count = stretch.upto(minute_of(until)) if day == until.date() else len(stretch)
    for index in range(count):
        bar = stretch[index]
        if day == until.date() and bar.minute == minute_of(until):
            trades = [t for t in minute_prints(tape, stretch, index, Venue.KRX) if t.at <= until]
            if trades:
                yield _of_trades(minute_start(day, bar.minute), trades, turnover_upto(stretch, index))
            return
        worth = turnover_upto(stretch, index + 1) - turnover_upto(stretch, index)
        at = minute_start(day, bar.minute)
        yield Bar(at, bar.open, bar.high, bar.low, bar.close, bar.volume, worth)


def _of_trades(at: datetime, trades: Sequence[Print], turnover_before: int) -> Bar:
    prices, last = [trade.price for trade in trades], trades[-1]
    volume = sum(trade.size for trade in trades)
    return Bar(at, prices[0], max(prices), min(prices), last.price, volume, last.turnover - turnover_before)


def _joined(bars: Sequence[Bar], at: datetime | None = None) -> Bar:
    """One bar of several, oldest first; halted days (no volume) lend only their close."""
    traded = [bar for bar in bars if bar.volume] or bars
    return Bar(
        at or bars[0].at,
        traded[0].open,
        max(bar.high for bar in traded),
        min(bar.low for bar in traded),
        bars[-1].close,
        sum(bar.volume for bar in bars),
        sum(bar.turnover for bar in bars),
    )


def _opening(day: date) -> datetime:
    return datetime.combine(day, OPENS)
