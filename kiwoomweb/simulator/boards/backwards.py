"""Backwards: a day's trades and minutes on a venue, newest first, as far back as somebody reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.market_facts import Print
from kiwoomweb.simulator.printing import last_print, minute_prints, turnover_upto
from kiwoomweb.simulator.tape import Tape, minute_of

__all__ = ["Minute", "minutes_of", "prints_back"]

DAY_END = 24 * 60


def prints_back(tape: Tape, until: datetime, venue: Venue) -> Iterator[Print]:
    """Every trade of the tape's day at or before ``until``, newest first."""
    last = _minute(tape, until)
    for stretch in reversed(tape.stretches(last, venue)):
        for index in range(stretch.upto(last) - 1, -1, -1):
            trades = minute_prints(tape, stretch, index, venue)
            yield from (trade for trade in reversed(trades) if trade.at <= until)


@dataclass(frozen=True, slots=True)
class Minute:
    """A minute that traded: its last price, its volume, and the day's totals at its end (won, shares)."""

    minute: int
    price: int
    volume: int
    bought: int
    total: int
    buys: int
    turnover: int


def minutes_of(tape: Tape, until: datetime, venue: Venue) -> list[Minute]:
    """The day's minutes up to ``until``, oldest first; the last one as far as it has come."""
    upto, found = _minute(tape, until), list[Minute]()
    total = buys = worth = 0
    for stretch in tape.stretches(upto, venue):
        for index in range(stretch.upto(upto)):
            bar = stretch[index]
            if bar.minute == upto:
                break
            total, buys = total + bar.volume, buys + bar.buys
            turnover = worth + turnover_upto(stretch, index + 1)
            found.append(Minute(bar.minute, bar.close, bar.volume, bar.buys, total, buys, turnover))
        worth += turnover_upto(stretch, stretch.upto(upto))
    last = last_print(tape, until, venue)
    if last and minute_of(last.at) == upto:
        volume, bought = last.volume - total, last.buys - buys
        found.append(Minute(upto, last.price, volume, bought, last.volume, last.buys, last.turnover))
    return found


def _minute(tape: Tape, moment: datetime) -> int:
    return minute_of(moment) if moment.date() == tape.bar.day else _past_or_before(tape.bar.day, moment)


def _past_or_before(day: date, moment: datetime) -> int:
    return DAY_END if moment.date() > day else -1
