"""Periods by name: each a first and a last day. What addresses, saved filters and switches agree on."""

from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["PERIODS", "Period", "end_of", "month_of", "months_before", "period"]

PERIODS = ("1m", "3m", "ytd", "1y", "all")


@dataclass(frozen=True, slots=True)
class Period:
    """``key`` is what the address says. ``None`` as ``first`` is the beginning."""

    key: str
    first: date | None
    last: date


def period(key: str, today: date, default: str = "ytd") -> Period:
    """The period of that name, ending today; nonsense in the address is the default."""
    key = key if key in PERIODS else default
    firsts = {
        "1m": months_before(today, 1) + timedelta(days=1),
        "3m": months_before(today, 3) + timedelta(days=1),
        "ytd": today.replace(month=1, day=1),
        "1y": months_before(today, 12) + timedelta(days=1),
        "all": None,
    }
    return Period(key, firsts[key], today)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day that month has."""
    index = day.year * 12 + day.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), end_of(first))


def month_of(text: str, today: date) -> date:
    """The first day of ``2026-11``; of this month when the text is none or lies ahead."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = today
    return min(found, today).replace(day=1)


def end_of(first: date) -> date:
    """The last day of the month that begins there."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
