"""Which conditions (조건검색) had flagged a share on the day it was bought, before it was bought."""

from collections import defaultdict
from datetime import date, datetime

from django.db.models import QuerySet

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL
from market.models import ScreenerHit
from portfolio.models import Trade

__all__ = ["conditions_of"]

FLAGGED = (ScreenerHit.Kind.IN, ScreenerHit.Kind.PRESENT)


def conditions_of(account: Account, trades: "QuerySet[Trade]") -> dict[int, tuple[str, ...]]:
    """Names of conditions by trade, as they were called then. Two queries, one when nothing was ever flagged.

    A hit counts that came at or before the first buy, the same day: a share flagged yesterday was no reason.
    """
    hits: dict[tuple[str, date], list[tuple[datetime, str]]] = defaultdict(list)
    flagged = ScreenerHit.objects.filter(screener__account=account, kind__in=FLAGGED)
    for symbol, at, condition in flagged.order_by().values_list("symbol", "at", "condition"):
        hits[symbol, at.astimezone(SEOUL).date()].append((at, condition))
    if not hits:
        return {}
    bought = trades.order_by().filter(symbol__in={symbol for symbol, _day in hits}, opened_at__isnull=False)
    found = {}
    for pk, symbol, day, opened_at in bought.values_list("pk", "symbol", "opened_day", "opened_at"):
        before = {name for at, name in hits.get((symbol, day), ()) if opened_at and at <= opened_at}
        if before:
            found[pk] = tuple(sorted(before))
    return found
