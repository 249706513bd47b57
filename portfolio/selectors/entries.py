"""What the market said at entry as plain numbers, named as the breakdowns name them."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import QuerySet

from portfolio.models import EntryContext, Trade

__all__ = ["facts_of"]

EOK = Decimal(100_000_000)
#: The fact, what the entry context calls it, and what its unit is divided by.
FACTS = (
    ("change", "change", Decimal(1)),
    ("strength", "strength", Decimal(1)),
    ("rank", "turnover_rank", Decimal(1)),
    ("market_cap", "market_cap", EOK),
    ("market", "index_change", Decimal(1)),
)


def facts_of(trades: "QuerySet[Trade]") -> dict[int, dict[str, Decimal]]:
    """By trade; only what was asked at the time. One query."""
    rows = EntryContext.objects.filter(trade__in=trades.order_by().values("pk"))
    return {trade: _facts(values) for trade, values in rows.values_list("trade", "values")}


def _facts(values: dict[str, Any]) -> dict[str, Decimal]:
    found = {}
    for fact, key, unit in FACTS:
        try:
            found[fact] = Decimal(str(values[key]["value"])) / unit
        except (KeyError, TypeError, InvalidOperation):
            continue
    return found
