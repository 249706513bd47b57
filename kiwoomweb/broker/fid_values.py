"""Values of a frame entry: the text of one FID to a value, with an error that names the FID.

Speed decides the shape: what repeats is remembered, plain digits take the short way.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeVar

from kiwoomweb.broker.domain import SEOUL, Won
from kiwoomweb.broker.errors import Unreadable
from kiwoomweb.broker.wire import names, numbers, times

__all__ = ["item_of", "may", "moment_of", "need", "price_of", "rate", "whole"]

Value = TypeVar("Value")

_TOO_MUCH = 10**numbers.MOST_DIGITS
_HALF_A_DAY = timedelta(hours=12)

rate = lru_cache(maxsize=8192)(numbers.rate)


@lru_cache(maxsize=8192)
def item_of(text: str) -> str:
    return need(names.item, text, "item")


def whole(text: str, fid: str) -> Won:
    """A whole number with its sign: the short way for plain digits, ``wire`` for whatever else it may be."""
    if text.isascii() and "_" not in text:
        try:
            value = int(text)
        except ValueError:
            pass
        else:
            if -_TOO_MUCH < value < _TOO_MUCH:
                return Won(value)
    return need(numbers.won, text, fid)


def price_of(text: str, fid: str) -> Won:
    return Won(abs(whole(text, fid)))


def moment_of(text: str, fid: str, now: datetime) -> datetime:
    """The moment with this clock time nearest to ``now``."""
    guess = _on(now.date(), need(_clock, text, fid))
    if abs(guess - now) > _HALF_A_DAY:
        return times.near(now, guess.time())
    return guess


_clock = lru_cache(maxsize=8192)(times.clock)


@lru_cache(maxsize=8192)
def _on(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=SEOUL)


def may(read: Callable[[str], Value | None], text: str, fid: str) -> Value | None:
    try:
        return read(text)
    except ValueError as trouble:
        raise Unreadable(f"{fid}: {trouble}") from None


def need(read: Callable[[str], Value | None], text: str, fid: str) -> Value:
    value = may(read, text, fid)
    if value is None:
        raise Unreadable(f"{fid}: no value in {text!r}")
    return value
