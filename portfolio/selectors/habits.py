"""What the habit detectors read beside trades: an account's thresholds, and what was held on days of sales."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Count, Q

from kiwoomweb.access.models import Account
from portfolio.analytics.behaviour.letting_go import SaleDay
from portfolio.analytics.behaviour.thresholds import DEFAULTS, Thresholds
from portfolio.models import HabitThresholds, Holding, TradeSlice

__all__ = ["LIMITS", "as_number", "sale_days", "thresholds_of"]

#: The least and the most a threshold may be.
LIMITS: dict[str, tuple[Decimal, Decimal]] = {
    "revenge_minutes": (Decimal(1), Decimal(600)),
    "revenge_loss": (Decimal("0.1"), Decimal(20)),
    "revenge_size": (Decimal("0.1"), Decimal(20)),
    "busy_percentile": (Decimal(50), Decimal(99)),
    "capture": (Decimal("0.01"), Decimal(1)),
    "riding": (Decimal("0.1"), Decimal(20)),
    "disposition": (Decimal(-1), Decimal(1)),
    "streak": (Decimal(1), Decimal(20)),
    "correlation": (Decimal("0.01"), Decimal(1)),
    "adherence": (Decimal("0.01"), Decimal(1)),
}


def thresholds_of(account: Account) -> Thresholds:
    """The catalogue's, with what this account has set otherwise."""
    row = HabitThresholds.objects.filter(account=account).first()
    return _changed(row.values) if row else DEFAULTS


def as_number(name: str, text: str) -> int | Decimal | None:
    """A threshold as it was typed; ``None`` when it is no number or beyond its limits."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    low, high = LIMITS[name]
    if not value.is_finite() or not low <= value <= high:
        return None
    whole = isinstance(getattr(DEFAULTS, name), int)
    if whole and value != value.to_integral_value():
        return None
    return int(value) if whole else value


def sale_days(account: Account, first: date | None, last: date | None) -> list[SaleDay]:
    """Days with sales of which the holdings at the close are known. Two queries."""
    slices = TradeSlice.objects.filter(account=account, net__isnull=False)
    held = Holding.objects.current().filter(account=account)
    if first:
        slices, held = slices.filter(day__gte=first), held.filter(day__gte=first)
    if last:
        slices, held = slices.filter(day__lte=last), held.filter(day__lte=last)
    paper = {
        row["day"]: row
        for row in held.order_by()
        .values("day")
        .annotate(gains=Count("pk", filter=Q(profit__gt=0)), losses=Count("pk", filter=Q(profit__lt=0)))
    }
    sold = (
        slices.order_by()
        .values("day")
        .annotate(gains=Count("pk", filter=Q(net__gt=0)), losses=Count("pk", filter=Q(net__lt=0)))
    )
    return [_sale_day(row, paper[row["day"]]) for row in sold if row["day"] in paper]


def _sale_day(sold: Mapping[str, Any], paper: Mapping[str, Any]) -> SaleDay:
    return SaleDay(sold["day"], sold["gains"], sold["losses"], paper["gains"], paper["losses"])


def _changed(values: Mapping[str, str]) -> Thresholds:
    known = {field.name for field in fields(Thresholds)}
    told = {name: as_number(name, str(text)) for name, text in values.items() if name in known}
    chosen: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
    return replace(DEFAULTS, **chosen)
