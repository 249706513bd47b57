"""Which note an address means: ``2026-11-20.plan`` of the account in the path."""

from datetime import date

from django.http import Http404

from kiwoomweb.access.models import Account
from portfolio.models import Place, Section
from portfolio.selectors.days import today_of
from portfolio.selectors.planning import last_planned_day

__all__ = ["PlaceKey", "place_or_404"]


class PlaceKey:
    """Path converter: the day and the section; anything else is no address."""

    regex = r"\d{4}-\d{2}-\d{2}\.(?:plan|later|review)"

    def to_python(self, text: str) -> tuple[date, Section]:
        day, _dot, section = text.partition(".")
        return date.fromisoformat(day), Section(section)

    def to_url(self, key: str) -> str:
        return key


def place_or_404(account: Account, key: tuple[date, Section]) -> Place:
    """The place of a note. The future has none, but for the plan of the next trading day."""
    day, section = key
    last = last_planned_day(account) if section is Section.PLAN else today_of(account)
    if day > last:
        raise Http404
    return Place(account, section, day)
