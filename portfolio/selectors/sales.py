"""Sales, each counted once although up to three TRs list it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from kiwoomweb.access.models import Account
from portfolio.models import Sale

__all__ = ["SALE_SOURCES", "sales_between", "told_best"]

#: Who is believed for a day when several list as many shares: ka10073 knows every day of a period, ka10072
#: one day, ka10077 today to the seventh decimal.
SALE_SOURCES = ("ka10073", "ka10072", "ka10077")


def sales_between(account: Account, first: date | None = None, last: date | None = None) -> list[Sale]:
    """The sales of the period, newest day first; of each day those of the source that knows the most."""
    rows: QuerySet[Sale] = Sale.objects.current().filter(account=account)
    rows = rows.filter(day__gte=first) if first else rows
    rows = rows.filter(day__lte=last) if last else rows
    by_day: dict[date, list[Sale]] = defaultdict(list)
    for sale in rows.order_by("-day", "symbol", "pk"):
        by_day[sale.day].append(sale)
    return [sale for day in by_day.values() for sale in told_best(day)]


def told_best(sales: Sequence[Sale]) -> list[Sale]:
    """Of one day's rows those of the one source that lists the most shares sold."""
    by_source: dict[str, list[Sale]] = defaultdict(list)
    for sale in sales:
        by_source[sale.source].append(sale)
    return max(by_source.values(), key=_knowledge, default=[])


def _knowledge(sales: Sequence[Sale]) -> tuple[int, int]:
    return sum(sale.quantity for sale in sales), -SALE_SOURCES.index(sales[0].source)
