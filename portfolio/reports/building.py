"""Building a report: what was known at a moment, in one language, for one pair of eyes."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils import translation

from kiwoomweb.access.models import Account
from orders.models import as_known
from portfolio.reports.content.asked import Asked
from portfolio.reports.content.daily import daily
from portfolio.reports.content.longer import monthly, tax, yearly
from portfolio.reports.content.pieces import Content
from portfolio.reports.content.team import team
from portfolio.reports.content.weekly import weekly
from portfolio.spans import Period

__all__ = ["KINDS", "build"]

KINDS: Mapping[str, Callable[[Asked], Content]] = {
    "daily": daily,
    "weekly": weekly,
    "monthly": monthly,
    "yearly": yearly,
    "tax": tax,
    "team": team,
}


def build(
    kind: str, account: Account, period: Period, as_of: datetime, *, masked: bool, language: str
) -> Content:
    """The report as plain data. ``kind`` is one of ``KINDS``, else ``KeyError``; ``as_of`` has a zone."""
    make = KINDS[kind]
    with translation.override(language), as_known(as_of):
        return make(Asked(account, period, as_of, masked, language))
