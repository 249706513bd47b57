"""Days and times on the wire: Korean time without an offset, several ways to say "none" (PROTOCOL 5.5)."""

import re
from datetime import date, datetime, time, timedelta

from kiwoomweb.broker.domain import SEOUL

__all__ = ["clock", "day", "moment", "near"]

_DAY = re.compile(r"((?:19|2\d|99)\d\d)(\d\d)(\d\d)", re.ASCII)
_CLOCK = re.compile(r"(\d\d):?(\d\d):?(\d\d)(\d\d)?", re.ASCII)


def day(text: str) -> date | None:
    """``YYYYMMDD``; blank and ``00000000`` are none."""
    text = text.strip()
    if not text.strip("0"):
        return None
    found = _DAY.fullmatch(text)
    if not found:
        raise ValueError(f"not a day: {text!r}")
    return date(*(int(part) for part in found.groups()))


def clock(text: str) -> time | None:
    """``HHmmss`` or ``HH:mm:ss``, with hundredths behind it in old frames (``09300012``)."""
    text = text.strip()
    if not text:
        return None
    found = _CLOCK.fullmatch(text)
    if not found:
        raise ValueError(f"not a time: {text!r}")
    hour, minute, second, hundredths = found.groups()
    return time(int(hour), int(minute), int(second), int(hundredths or 0) * 10_000)


def moment(text: str) -> datetime | None:
    """``YYYYMMDDHHmmss``, Korean time."""
    text = text.strip()
    if not text:
        return None
    on, at = day(text[:8]), clock(text[8:])
    if on is None or at is None:
        raise ValueError(f"not a moment: {text!r}")
    return datetime.combine(on, at, tzinfo=SEOUL)


def near(now: datetime, at: time) -> datetime:
    """The moment with this clock time that lies nearest to ``now``: the wire leaves the day out."""
    here = now.astimezone(SEOUL)
    guess = datetime.combine(here.date(), at, tzinfo=SEOUL)
    half = timedelta(hours=12)
    if guess - here > half:
        return guess - timedelta(days=1)
    return guess + timedelta(days=1) if here - guess > half else guess
