"""Which note an address means: ``2026-11-20.plan`` or ``trade.12`` of the account in the path."""

from datetime import date

from django.http import Http404

from kiwoomweb.access.models import Account
from portfolio.models import Place, Section
from portfolio.selectors.days import today_of
from portfolio.selectors.notes import place_of_trade
from portfolio.selectors.planning import last_planned_day
from portfolio.selectors.trades import trade_of

__all__ = ["Key", "PlaceKey", "place_or_404"]

#: A day with its section, or the number of a trade.
Key = tuple[date | int, Section]


class PlaceKey:
    """Path converter; anything else is no address."""

    regex = r"\d{4}-\d{2}-\d{2}\.(?:plan|later|review)|trade\.[0-9]{1,18}"

    def to_python(self, text: str) -> Key:
        first, _dot, last = text.partition(".")
        if first == "trade":
            return int(last), Section.TRADE
        return date.fromisoformat(first), Section(last)

    def to_url(self, key: str) -> str:
        return key


def place_or_404(account: Account, key: Key) -> Place:
    """The place of a note. The future has none, but for the plan of the next trading day; nor have trades of
    other accounts. A merged trade's note is that of the trade it became part of."""
    subject, section = key
    if isinstance(subject, int):
        trade = trade_of(account, subject)
        if trade is None:
            raise Http404
        return place_of_trade(trade)
    last = last_planned_day(account) if section is Section.PLAN else today_of(account)
    if subject > last:
        raise Http404
    return Place(account, section, subject)
