"""Rollups of labels: a label's months, made anew from its trades and never by adding.

Money is of the slices sold in the month and counts of the trades closed in it, like every rollup; ``sold`` is
the slices'. Fills are not counted: a label hangs on a trade, not on a fill.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from portfolio.models import Review, Rollup, Trade, TradeSlice, TradeTag
from portfolio.models.deciding import EVEN, LOST, WON
from portfolio.spans import end_of

__all__ = ["labels_of", "refresh_labels", "refresh_tags"]

MONEY = ("sold", "gross", "commission", "tax", "net")
#: How a trade is reached by a label of each kind; a label has one kind, so nothing counts twice.
PATHS = ("tags__tag", "review__setup", "review__emotion")
#: More trades or months than this at once, and all of a label's months are made anew.
FEW = 40

Sums = dict[tuple[date, int], dict[str, int]]


def refresh_tags(account_id: int, labels: Collection[int], trades: Collection[int]) -> None:
    """Make right what these trades, given or taken these labels, change of the labels' months."""
    if not labels or not trades:
        return
    if len(trades) > FEW:
        refresh_labels(account_id, labels, None)
        return
    days = set(TradeSlice.objects.filter(trade__in=trades).values_list("day", flat=True))
    closed = Trade.objects.filter(pk__in=trades).exclude(closed_day=None)
    days |= set(closed.values_list("closed_day", flat=True))
    refresh_labels(account_id, labels, days)


def refresh_labels(account_id: int, labels: Collection[int], days: Iterable[date] | None) -> None:
    """Replace the rollups of these labels in the months of these days; in all months without days."""
    months = None if days is None else sorted({day.replace(day=1) for day in days})
    if not labels or months == []:
        return
    months = None if months and len(months) > FEW else months
    sums = _sums(account_id, labels, months)
    of: dict[str, Any] = {"account_id": account_id, "kind": Rollup.Kind.TAG, "span": Rollup.Span.MONTH}
    old = Rollup.objects.filter(**of, key__in=[str(label) for label in labels])
    (old if months is None else old.filter(start__in=months)).delete()
    rows = [Rollup(**of, start=start, key=str(label), **told) for (start, label), told in sums.items()]
    Rollup.objects.bulk_create(rows, batch_size=1_000)


def labels_of(trades: Q) -> set[int]:
    """The labels on these trades or chosen in their reviews; ``trades`` asks a row's ``trade``."""
    found = set(TradeTag.objects.filter(trades).order_by().values_list("tag", flat=True).distinct())
    for name in ("setup", "emotion"):
        chosen = Review.objects.filter(trades).exclude(**{name: None})
        found |= set(chosen.order_by().values_list(name, flat=True).distinct())
    return found


def _sums(account_id: int, labels: Collection[int], months: list[date] | None) -> Sums:
    slices = TradeSlice.objects.filter(account_id=account_id)
    closed = Trade.objects.present().filter(account_id=account_id).exclude(closed_day=None)
    found: Sums = {}
    for path in PATHS:
        for rows, at, label, measures in (
            (slices, "day", f"trade__{path}", _MONEY),
            (closed, "closed_day", path, _COUNTS),
        ):
            wanted = _within(rows, at, months).filter(**{f"{label}__in": labels})
            grouped = wanted.annotate(start_=TruncMonth(at)).order_by().values("start_", label)
            for row in grouped.annotate(**measures):
                told = found.setdefault((row.pop("start_"), row.pop(label)), {})
                told |= {name.removesuffix("_"): number for name, number in row.items()}
    return found


def _within(rows: "QuerySet[Any]", at: str, months: list[date] | None) -> "QuerySet[Any]":
    wanted = Q()
    for month in months or ():
        wanted |= Q(**{f"{at}__range": (month, end_of(month))})
    return rows.filter(wanted)


_MONEY = {f"{name}_": Coalesce(Sum(name), 0) for name in MONEY}
_COUNTS = {
    "trades": Count("pk"),
    "wins": Count("pk", filter=WON),
    "losses": Count("pk", filter=LOST),
    "flats": Count("pk", filter=EVEN),
}
