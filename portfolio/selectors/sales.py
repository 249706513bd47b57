"""Sales, each counted once although up to three TRs list it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from kiwoomweb.access.models import Account
from portfolio.models import Sale

__all__ = ["SALE_SOURCES", "SoldSum", "sales_between", "sold_sums", "sums_by_symbol", "told_best"]

#: Who is believed for a day, the first that lists any: ka10073 names the day of each sale, ka10077 means
#: today, and whether ka10072 means its day alone or all days since is not documented.
SALE_SOURCES = ("ka10073", "ka10077", "ka10072")


def sales_between(
    account: Account,
    first: date | None = None,
    last: date | None = None,
    symbols: Collection[str] | None = None,
) -> list[Sale]:
    """The sales of the period, newest day first; of each day those of the source believed most.

    With ``symbols`` of these alone; the source is still the one believed for the whole day.
    """
    rows = _within(account, first, last)
    best = None if symbols is None else _best_by_day(rows)
    rows = rows if symbols is None else rows.filter(symbol__in=symbols)
    by_day: dict[date, list[Sale]] = defaultdict(list)
    for sale in rows.order_by("-day", "symbol", "pk"):
        by_day[sale.day].append(sale)
    if best is not None:
        return [sale for day in by_day.values() for sale in day if sale.source == best[sale.day]]
    return [sale for day in by_day.values() for sale in told_best(day)]


@dataclass(frozen=True, slots=True)
class SoldSum:
    """What one symbol's sales of a day come to: how many, how many above zero, and won."""

    symbol: str
    name: str
    sales: int
    wins: int
    realised: int
    costs: int


def sold_sums(account: Account, day: date) -> tuple[SoldSum, ...]:
    """The sales of one day added up by symbol, by the database; those of the source believed most."""
    rows = _within(account, day, day)
    best = _best_by_day(rows).get(day)
    told = rows.filter(source=best).order_by().values_list("symbol")
    sums = told.annotate(
        title=Max("name"),
        n=Count("pk"),
        wins=Count("pk", filter=Q(realised__gt=0)),
        won=Sum("realised"),
        costs=Sum(F("commission") + F("tax")),
    )
    return tuple(SoldSum(*row) for row in sums.values_list("symbol", "title", "n", "wins", "won", "costs"))


def sums_by_symbol(account: Account, first: date | None = None, last: date | None = None) -> dict[str, int]:
    """What the sales of each symbol realised, in won: added up by the database, whole numbers alone."""
    sums: dict[str, int] = defaultdict(int)
    for rows in _told_best(_within(account, first, last)):
        for symbol, won in rows.order_by().values_list("symbol").annotate(won=Sum("realised")):
            sums[symbol] += won
    return dict(sums)


def _told_best(rows: "QuerySet[Sale]") -> Iterator["QuerySet[Sale]"]:
    """The rows of each source without those of days for which another is believed more."""
    by_day: dict[date, set[str]] = defaultdict(set)
    for day, source in rows.order_by().values_list("day", "source").distinct():
        by_day[day].add(source)
    beaten = defaultdict(list)
    for day, sources in by_day.items():
        for source in sorted(sources, key=SALE_SOURCES.index)[1:]:
            beaten[source].append(day)
    for source in {source for sources in by_day.values() for source in sources}:
        mine = rows.filter(source=source)
        yield mine.exclude(day__in=beaten[source]) if source in beaten else mine


def _within(account: Account, first: date | None, last: date | None) -> "QuerySet[Sale]":
    rows: QuerySet[Sale] = Sale.objects.current().filter(account=account)
    rows = rows.filter(day__gte=first) if first else rows
    return rows.filter(day__lte=last) if last else rows


def _best_by_day(rows: "QuerySet[Sale]") -> dict[date, str]:
    """Who is believed for each day."""
    best: dict[date, str] = {}
    for day, source in rows.order_by().values_list("day", "source").distinct():
        known = best.get(day, source)
        best[day] = min(known, source, key=SALE_SOURCES.index)
    return best


def told_best(sales: Sequence[Sale]) -> list[Sale]:
    """Of one day's rows those of the one source believed most."""
    source = min((sale.source for sale in sales), key=SALE_SOURCES.index, default="")
    return [sale for sale in sales if sale.source == source]
