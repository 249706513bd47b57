"""The permanent record: how many trading days are kept, and how many the broker no longer answers for."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from portfolio.models import RealisedDay

__all__ = ["Archive", "archive"]

#: 당일매매일지 (ka10170) answers for two months; older days live only here.
BROKER_KEEPS_MONTHS = 2


@dataclass(frozen=True, slots=True)
class Archive:
    """``days`` with a result since ``first`` (``None``: nothing yet); ``beyond`` of them only we still have."""

    first: date | None
    days: int
    beyond: int


def archive(account: Account) -> Archive:
    """One query."""
    found = RealisedDay.objects.current().filter(account=account)
    edge = _months_before(gateway.broker_now(account).date())
    told = found.aggregate(first=Min("day"), days=Count("pk"), beyond=Count("pk", filter=Q(day__lt=edge)))
    return Archive(told["first"], told["days"], told["beyond"])


def _months_before(day: date) -> date:
    months = day.year * 12 + day.month - 1 - BROKER_KEEPS_MONTHS
    return date(months // 12, months % 12 + 1, min(day.day, 28))
