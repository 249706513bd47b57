"""Headers of ka10074 with their rows.

A header that adds up to the rows as they are now holds. One that does not is held against the rows as they were
when it was told: a later reading may have corrected a row and not told this header again.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum

from kiwoomweb.access.models import Account
from portfolio.analytics.proof.facts import Span, Totals
from portfolio.models import RealisedDay, RealisedSpan

__all__ = ["spans_of"]

FIGURES = ("bought", "sold", "realised", "commission", "tax")


def spans_of(account: Account, days: Sequence[date], replies: dict[date, set[int]]) -> dict[date, list[Span]]:
    """The headers that cover each of the days. One query, and one for each header."""
    found: dict[date, list[Span]] = defaultdict(list)
    covering = RealisedSpan.objects.current().filter(account=account, first__lte=days[-1], day__gte=days[0])
    for header in covering.order_by("first", "day"):
        figures = Totals(*(getattr(header, name) for name in FIGURES))
        span = Span(header.first, header.day, figures, _rows(account, header, figures))
        for day in days:
            if header.first <= day <= header.day:
                found[day].append(span)
                if header.reply_id:
                    replies[day].add(header.reply_id)
    return found


def _rows(account: Account, header: RealisedSpan, figures: Totals) -> Totals:
    """The rows as they are, where they come to the header; else as they were when it was told."""
    rows = RealisedDay.objects.filter(account=account, day__range=(header.first, header.day))
    now = _sum(rows.filter(superseded_at__isnull=True))
    if (now.realised, now.sold, now.tax) == (figures.realised, figures.sold, figures.tax):
        return now
    told_at = header.recorded_at
    held = Q(superseded_at__isnull=True) | Q(superseded_at__gt=told_at)
    return _sum(rows.filter(held, recorded_at__lte=told_at))


def _sum(rows: "QuerySet[RealisedDay]") -> Totals:
    sums: dict[str, Any] = rows.aggregate(**{name: Sum(name, default=0) for name in FIGURES})
    return Totals(**sums)
