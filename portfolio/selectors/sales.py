"""Sales, each counted once although up to three TRs list it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from kiwoomweb.access.models import Account
from portfolio.models import Sale

__all__ = ["SALE_SOURCES", "sales_between", "told_best"]

#: Who is believed for a day, the first that lists any: ka10073 names the day of each sale, ka10077 means
#: today, and whether ka10072 means its day alone or all days since is not documented.
SALE_SOURCES = ("ka10073", "ka10077", "ka10072")


def sales_between(account: Account, first: date | None = None, last: date | None = None) -> list[Sale]:
    """The sales of the period, newest day first; of each day those of the source believed most."""
    rows: QuerySet[Sale] = Sale.objects.current().filter(account=account)
    rows = rows.filter(day__gte=first) if first else rows
    rows = rows.filter(day__lte=last) if last else rows
    by_day: dict[date, list[Sale]] = defaultdict(list)
    for sale in rows.order_by("-day", "symbol", "pk"):
        by_day[sale.day].append(sale)
    return [sale for day in by_day.values() for sale in told_best(day)]


def told_best(sales: Sequence[Sale]) -> list[Sale]:
    """Of one day's rows those of the one source believed most."""
    source = min((sale.source for sale in sales), key=SALE_SOURCES.index, default="")
    return [sale for sale in sales if sale.source == source]
