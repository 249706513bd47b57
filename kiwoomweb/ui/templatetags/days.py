"""Days as people here write them: one letter for the weekday, no full stops."""

from datetime import date, datetime, timedelta

from django import template
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def at(moment: datetime, clock: timedelta | None) -> datetime:
    """Our moment as the broker's clock showed it: the practice market lives at a time of its own."""
    return moment + (clock or timedelta())


@register.filter
def weekday(day: date) -> str:
    """``월`` to ``일``; in English ``Mon`` to ``Sun``."""
    names = (
        pgettext("weekday", "월"),
        pgettext("weekday", "화"),
        pgettext("weekday", "수"),
        pgettext("weekday", "목"),
        pgettext("weekday", "금"),
        pgettext("weekday", "토"),
        pgettext("weekday", "일"),
    )
    return names[day.weekday()]
