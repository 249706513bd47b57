"""Days as people here write them: one letter for the weekday, no full stops."""

from datetime import date

from django import template
from django.utils.translation import pgettext

register = template.Library()


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
