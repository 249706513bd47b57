"""The permanent record: how many trading days are kept, and how many the broker no longer answers for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.prepared import Prepared
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
    edge = _months_before(gateway.broker_now(account).date())
    told = _kept.first(account=account.pk, edge=edge)
    return Archive(*told[1:]) if told else Archive(None, 0, 0)


def _counted(account: int, edge: date) -> QuerySet[Any, Any]:
    found = RealisedDay.objects.current().filter(account=account).order_by().values_list("account")
    told: QuerySet[Any, Any] = found.annotate(
        Min("day"), Count("pk"), beyond=Count("pk", filter=Q(day__lt=edge))
    )
    return told


_kept = Prepared(_counted, account=int, edge=date)


def _months_before(day: date) -> date:
    months = day.year * 12 + day.month - 1 - BROKER_KEEPS_MONTHS
    return date(months // 12, months % 12 + 1, min(day.day, 28))
