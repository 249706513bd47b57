"""Periods a person can pick: a few names in the address, each a first and a last day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["Choice", "Period", "Span", "choices", "month_of", "months_before", "period"]

NAMES = {
    "1m": _("1개월"),
    "3m": _("3개월"),
    "ytd": pgettext_lazy("period", "올해"),
    "1y": _("1년"),
    "all": pgettext_lazy("period", "전체"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """``key`` is what the address says. ``None`` as ``first`` is the beginning."""

    key: str
    first: date | None
    last: date


@dataclass(frozen=True, slots=True)
class Choice:
    """One segment of a switch."""

    key: str
    label: str
    is_current: bool


Span = tuple[date, date]


def period(key: str, today: date, default: str = "ytd") -> Period:
    """The period of that name, ending today; nonsense in the address is the default."""
    key = key if key in NAMES else default
    firsts = {
        "1m": months_before(today, 1) + timedelta(days=1),
        "3m": months_before(today, 3) + timedelta(days=1),
        "ytd": today.replace(month=1, day=1),
        "1y": months_before(today, 12) + timedelta(days=1),
        "all": None,
    }
    return Period(key, firsts[key], today)


def choices(current: str, keys: Iterable[str] = tuple(NAMES)) -> list[Choice]:
    """The switch over those periods."""
    return [Choice(key, str(NAMES[key]), key == current) for key in keys]


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day that month has."""
    index = day.year * 12 + day.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), _last_of(first))


def month_of(text: str, today: date) -> date:
    """The first day of ``2026-11``; of this month when the text is none or lies ahead."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = today
    return min(found, today).replace(day=1)


def _last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
