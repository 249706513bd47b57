"""Printing: the trades of a tape as the market announces them, with the day's totals so far."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from kiwoomweb.broker.domain import SEOUL, Side, Venue
from kiwoomweb.broker.market_calendar import Phase
from kiwoomweb.simulator.market_facts import Print
from kiwoomweb.simulator.minutes import MinuteBar
from kiwoomweb.simulator.tape import Stretch, Tape, minute_of

__all__ = ["Totals", "last_print", "minute_start", "prints_between", "totals", "turnover_upto"]

FIELDS = MinuteBar._fields
HIGH, LOW, VOLUME, BUYS = (FIELDS.index(name) for name in ("high", "low", "volume", "buys"))
DAY_END = 24 * 60


@dataclass(frozen=True, slots=True)
class Totals:
    """The day so far as a venue sees it. ``open``/``high``/``low`` are official, 0 before the official open."""

    open: int
    high: int
    low: int
    volume: int
    buys: int
    turnover: int


def minute_start(day: date, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=SEOUL)


def prints_between(tape: Tape, since: datetime, until: datetime, venue: Venue) -> Iterator[Print]:
    """Trades of the tape's day with ``since < at <= until``, oldest first."""
    first, last = _clamped(tape, since), _clamped(tape, until)
    for stretch in tape.stretches(last, venue):
        for index in range(max(stretch.upto(first) - 1, 0), stretch.upto(last)):
            for trade in minute_prints(tape, stretch, index, venue):
                if since < trade.at <= until:
                    yield trade


def last_print(tape: Tape, until: datetime, venue: Venue) -> Print | None:
    """The latest trade at or before ``until`` on the tape's day."""
    last = _clamped(tape, until)
    for stretch in reversed(tape.stretches(last, venue)):
        for index in range(stretch.upto(last) - 1, -1, -1):
            for trade in reversed(minute_prints(tape, stretch, index, venue)):
                if trade.at <= until:
                    return trade
    return None


def totals(tape: Tape, stretch: Stretch, upto: int, venue: Venue) -> Totals:
    """What the venue had traded when the first ``upto`` minutes of this stretch were over."""
    opened = high = low = volume = buys = turnover = 0
    for part in tape.stretches(stretch.starts[-1], venue):
        count = upto if part is stretch else len(part)
        if count and part.phase is Phase.REGULAR:
            opened = part[0].open
            high, low = max(part.column(HIGH, count)), min(part.column(LOW, count))
        volume += sum(part.column(VOLUME, count))
        buys += sum(part.column(BUYS, count))
        turnover += turnover_upto(part, count)
        if part is stretch:
            break
    return Totals(opened, high, low, volume, buys, turnover)


@lru_cache(maxsize=1_200)
def minute_prints(tape: Tape, stretch: Stretch, index: int, venue: Venue) -> tuple[Print, ...]:
    """The trades of one minute with running totals; the last one closes the minute's bar exactly."""
    before, bar = totals(tape, stretch, index, venue), stretch[index]
    start = minute_start(tape.bar.day, bar.minute)
    worth = turnover_upto(stretch, index + 1) - turnover_upto(stretch, index)
    official = stretch.phase is Phase.REGULAR
    phase = Phase.CLOSING_AUCTION if bar.minute == stretch.auction else stretch.phase
    opened, high, low = (before.open or bar.open * official), before.high, before.low or tape.base * 4
    done = buys = 0
    found = []
    for tick in stretch.ticks(index):
        done += tick.size
        buys += tick.size * tick.bought
        if official:
            high, low = max(high, tick.price), min(low, tick.price)
        found.append(
            Print(
                code=tape.code,
                at=start + timedelta(milliseconds=tick.millisecond),
                price=tick.price,
                size=tick.size,
                side=Side.BUY if tick.bought else Side.SELL,
                venue=_venue(stretch, venue),
                phase=phase,
                best_ask=tick.price if tick.bought else tape.grid.up(tick.price),
                best_bid=tape.grid.down(tick.price) if tick.bought else tick.price,
                open=opened,
                high=high,
                low=low if opened else 0,
                volume=before.volume + done,
                turnover=before.turnover + worth * done // max(bar.volume, 1),
                buys=before.buys + buys,
                sells=before.volume + done - before.buys - buys,
            )
        )
    return tuple(found)


def _venue(stretch: Stretch, asked: Venue) -> Venue:
    """Where a trade is said to have happened."""
    if asked in (Venue.KRX, Venue.NXT):
        return asked
    return Venue.KRX if Venue.KRX in stretch.venues else Venue.NXT


def turnover_upto(stretch: Stretch, upto: int) -> int:
    """Won traded in the first ``upto`` minutes; each session adds up to its bar's turnover exactly."""
    if not upto:
        return 0
    worth = stretch.worth
    return stretch.turnover * worth[upto - 1] // max(worth[-1], 1)


def _clamped(tape: Tape, moment: datetime) -> int:
    """The moment's minute on the tape's day, its ends for other days."""
    if moment.date() == tape.bar.day:
        return minute_of(moment)
    return 0 if moment.date() < tape.bar.day else DAY_END
