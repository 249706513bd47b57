"""What the market said at entry as plain numbers, named as the breakdowns name them; and the themes then."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import QuerySet

from portfolio.models import EntryContext, EntryLevels, Trade

__all__ = ["Entries", "entries_of"]

EOK = Decimal(100_000_000)
#: The fact, what the entry context calls it, and what its unit is divided by.
ASKED = (
    ("change", "change", Decimal(1)),
    ("strength", "strength", Decimal(1)),
    ("rank", "turnover_rank", Decimal(1)),
    ("market_cap", "market_cap", EOK),
    ("market", "index_change", Decimal(1)),
)
#: The fact, and the column of the levels reckoned from bars.
RECKONED = ("gap", "change", "ma5", "ma20", "ma60", "market")
COLUMNS = ("gap", "change", "over_5", "over_20", "over_60", "market")


@dataclass(frozen=True, slots=True)
class Entries:
    """By trade: numbers known at entry, and the themes that were asked then. What nobody knows is not there."""

    facts: dict[int, dict[str, Decimal]]
    themes: dict[int, tuple[str, ...]]


def entries_of(trades: "QuerySet[Trade]") -> Entries:
    """What was asked at the time, and what bars say of the first fill, which goes before. Two queries."""
    wanted = trades.order_by().values("pk")
    found = Entries({}, {})
    asked = EntryContext.objects.filter(trade__in=wanted).values_list("trade", "values")
    for trade, values in asked:
        found.facts[trade] = dict(_asked(values))
        if told := values.get("themes"):
            found.themes[trade] = tuple(str(told["value"]).split("\n"))
    levels = EntryLevels.objects.filter(trade__in=wanted).values_list("trade", *COLUMNS)
    for trade, *values in levels.iterator(chunk_size=5_000):
        told = {fact: value for fact, value in zip(RECKONED, values, strict=True) if value is not None}
        found.facts[trade] = found.facts.get(trade, {}) | told
    return found


def _asked(values: dict[str, Any]) -> Iterator[tuple[str, Decimal]]:
    for fact, key, unit in ASKED:
        try:
            yield fact, Decimal(str(values[key]["value"])) / unit
        except (KeyError, TypeError, InvalidOperation):
            continue
