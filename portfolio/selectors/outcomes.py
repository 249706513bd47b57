"""Closed trades as the formulas see them: one query for the trades, one for what their symbols belong to."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, QuerySet

from market.models import Instrument
from portfolio.analytics.outcomes import Outcome
from portfolio.models import Trade

__all__ = ["closed", "left_out", "outcomes_of", "version_of"]

COLUMNS = (
    "pk", "symbol", "name", "opened_at", "closed_at", "opened_day", "closed_day", "net", "gross", "commission",
    "tax", "interest", "cost", "held_minutes", "max_quantity", "bought", "bought_quantity", "sold",
    "adds_below", "adds_above",
)  # fmt: skip
#: Trades fetched at a time.
LUMP = 5_000


def outcomes_of(trades: "QuerySet[Trade]") -> list[Outcome]:
    """The closed trades among these whose result is known, oldest close first."""
    rows = closed(trades).order_by("closed_day", "closed_at", "pk")
    sectors = _sectors(trades)
    return list(_made(rows.values_list(*COLUMNS).iterator(chunk_size=LUMP), sectors))


def closed(trades: "QuerySet[Trade]") -> "QuerySet[Trade]":
    """Those with a known result: open and 미확정 trades are in no statistic."""
    return trades.filter(state=Trade.State.CLOSED, net__isnull=False)


def left_out(trades: "QuerySet[Trade]") -> dict[str, int]:
    """How many of these are in no statistic, by state."""
    counted = trades.exclude(state=Trade.State.CLOSED).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in counted}


def version_of(trades: "QuerySet[Trade]") -> str:
    """Another text whenever one of these trades was derived anew, came or went."""
    told = trades.order_by().aggregate(n=Count("pk"), last=Max("derived_at"))
    return f"{told['n']}-{told['last']:%s%f}" if told["last"] else "0"


def _sectors(trades: "QuerySet[Trade]") -> dict[str, str]:
    symbols = trades.order_by().values("symbol").distinct()
    return dict(Instrument.objects.filter(symbol__in=symbols).values_list("symbol", "sector"))


def _made(rows: Iterable[tuple[Any, ...]], sectors: dict[str, str]) -> Iterator[Outcome]:
    for row in rows:
        (
            key, symbol, name, opened_at, closed_at, opened_day, closed_day, net, gross, commission,
            tax, interest, cost, minutes, most, bought, bought_quantity, sold, below, above,
        ) = row  # fmt: skip
        yield Outcome(
            key, symbol, opened_at, closed_at, closed_day, net,
            gross if gross is not None else net,
            (commission or 0) + (tax or 0) + (interest or 0),
            cost or 0,
            minutes=minutes,
            name=name,
            opened_day=opened_day,
            quantity=most,
            entry=Decimal(bought) / bought_quantity if bought_quantity else None,
            bought=bought,
            sold=sold,
            adds_below=below,
            adds_above=above,
            sector=sectors.get(symbol, ""),
        )  # fmt: skip
