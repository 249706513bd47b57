"""Headers of ka10074 with the rows that came with them: rows as they were when the header was told."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q, Sum

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
        rows = _rows(account, header.first, header.day, header.recorded_at)
        span = Span(header.first, header.day, figures, rows)
        for day in days:
            if header.first <= day <= header.day:
                found[day].append(span)
                if header.reply_id:
                    replies[day].add(header.reply_id)
    return found


def _rows(account: Account, first: date, last: date, told_at: datetime) -> Totals:
    """The rows of the span that held when its header was told; a later reading may have corrected one."""
    held = Q(superseded_at__isnull=True) | Q(superseded_at__gt=told_at)
    rows = RealisedDay.objects.filter(held, account=account, day__range=(first, last), recorded_at__lte=told_at)
    sums: dict[str, Any] = rows.aggregate(**{name: Sum(name, default=0) for name in FIGURES})
    return Totals(**sums)
