"""Periods a person can pick: the names a switch shows for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portfolio.spans import Period, month_of, months_before, period

__all__ = ["NAMES", "Choice", "Period", "Span", "choices", "month_of", "months_before", "period"]

NAMES = {
    "1m": _("1개월"),
    "3m": _("3개월"),
    "ytd": pgettext_lazy("period", "올해"),
    "1y": _("1년"),
    "all": pgettext_lazy("period", "전체"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One segment of a switch."""

    key: str
    label: str
    is_current: bool


Span = tuple[date, date]


def choices(current: str, keys: Iterable[str] = tuple(NAMES)) -> list[Choice]:
    """The switch over those periods."""
    return [Choice(key, str(NAMES[key]), key == current) for key in keys]
