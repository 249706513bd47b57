"""What conditions (조건검색) flagged, as the formulas of their edge see it: returns, extremes, own buys."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL, Side
from market.models import HitReturn, ScreenerHit
from orders.models import Fill
from portfolio.analytics.conditions.edge import Flagged

__all__ = ["Heard", "heard_of", "was_anything_flagged"]

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Heard:
    """The hits of one condition, oldest first, under the name it had then; ``days`` on which it was heard."""

    name: str
    hits: tuple[Flagged, ...]
    symbols: Mapping[int, str]
    days: int


def was_anything_flagged(account: Account) -> bool:
    """Whether any condition ever told of a share."""
    return ScreenerHit.objects.filter(screener__account=account).exists()


def heard_of(account: Account, first: date | None = None, last: date | None = None) -> list[Heard]:
    """Every condition with what it flagged in the span, by name. Four queries."""
    rows = _within(ScreenerHit.objects.filter(screener__account=account), first, last)
    days = _days(rows)
    entered = rows.filter(kind=ScreenerHit.Kind.IN).order_by("at", "pk")
    told = list(entered.values_list("pk", "condition", "symbol", "at", "price", "highest", "lowest"))
    returns = _returns(entered)
    bought = _bought(account, {row[2] for row in told}, first, last)
    hits: dict[str, list[Flagged]] = {name: [] for name in days}
    symbols: dict[str, dict[int, str]] = {name: {} for name in days}
    for key, condition, symbol, at, price, highest, lowest in told:
        found = returns.get(key, {})
        mfe, mae = _run(price, highest), _run(price, lowest)
        own = _first_after(bought.get(symbol, []), at)
        hits[condition].append(Flagged(key, at, found, mfe, None if mae is None else -mae, own))
        symbols[condition][key] = symbol
    return [Heard(name, tuple(hits[name]), symbols[name], days[name]) for name in sorted(days)]


def _within(rows: "QuerySet[ScreenerHit]", first: date | None, last: date | None) -> "QuerySet[ScreenerHit]":
    rows = rows.filter(at__gte=_midnight(first)) if first else rows
    return rows.filter(at__lt=_midnight(last + ONE_DAY)) if last else rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=SEOUL)


def _days(rows: "QuerySet[ScreenerHit]") -> dict[str, int]:
    """Days of each condition on which it said anything: came, left, or was there when the search began."""
    told = rows.order_by().annotate(on=TruncDate("at", tzinfo=SEOUL)).values_list("condition", "on").distinct()
    found: dict[str, int] = defaultdict(int)
    for condition, _day in told:
        found[condition] += 1
    return dict(found)


def _returns(hits: "QuerySet[ScreenerHit]") -> dict[int, dict[str, Decimal]]:
    """Net returns as shares by hit and horizon; they are kept in percent."""
    rows = HitReturn.objects.filter(hit__in=hits.order_by().values("pk")).order_by()
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for hit, horizon, net in rows.values_list("hit", "horizon", "net"):
        if net is not None:
            found[hit][horizon] = net / 100
    return found


def _bought(
    account: Account, symbols: Iterable[str], first: date | None, last: date | None
) -> dict[str, list[datetime]]:
    """Moments of own buys by symbol, oldest first."""
    fills = Fill.objects.current().filter(account=account, symbol__in=set(symbols), side=Side.BUY.value)
    fills = fills.filter(filled_at__isnull=False)
    fills = fills.filter(day__gte=first) if first else fills
    fills = fills.filter(day__lte=last) if last else fills
    found: dict[str, list[Any]] = defaultdict(list)
    for symbol, at in fills.order_by("filled_at").values_list("symbol", "filled_at"):
        found[symbol].append(at)
    return found


def _first_after(moments: list[datetime], at: datetime) -> datetime | None:
    """The first own buy at or after the hit, the same day; a buy of another day answered something else."""
    place = bisect_left(moments, at)
    found = moments[place] if place < len(moments) else None
    same = found is not None and found.astimezone(SEOUL).date() == at.astimezone(SEOUL).date()
    return found if same else None


def _run(price: int | None, extreme: int | None) -> Decimal | None:
    return Decimal(extreme) / price - 1 if price and extreme is not None else None
