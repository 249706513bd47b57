"""The account's worth day by day with what was paid in and out: what every return is made of.

Worth is 추정예탁자산 (kt00002) where the account has it, else what kt00018 estimated at each close. Deposits
and withdrawals are booked rows of kt00015; without those nobody can tell a deposit from a profit.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from kiwoomweb.access.models import Account
from kiwoomweb.broker.market_calendar import is_trading_day
from portfolio.analytics.money.worth import Worth
from portfolio.models import Balance, CashFlow, CashKind, DayWorth, SyncTask
from portfolio.selectors.days import corrections

__all__ = ["Capital", "capital_of"]

#: Rows of kt00015 that are money or shares brought in or taken out, not trading.
MOVED = (CashKind.DEPOSIT, CashKind.WITHDRAWAL, CashKind.TRANSFER)


@dataclass(frozen=True, slots=True)
class Capital:
    """``days`` oldest first, days without a session left out; empty while flows are unknown or nothing is read.

    ``invested`` is what was in shares on each of them, in won. ``unclear`` counts booked rows nobody has said
    what they are. ``has_worth`` and ``has_flows`` tell which of both is missing.
    """

    days: tuple[Worth, ...] = ()
    invested: tuple[int, ...] = ()
    unclear: int = 0
    has_worth: bool = False
    has_flows: bool = False


def capital_of(account: Account, first: date | None = None, last: date | None = None) -> Capital:
    """Four queries."""
    values = _worths(account, first, last)
    read = SyncTask.objects.filter(account=account, tr="kt00015", last_good_at__isnull=False)
    rows = _within(CashFlow.objects.current().filter(account=account), "settled_on", first, last)
    has_flows = rows.exists() or read.exists()
    if not values or not has_flows:
        return Capital(has_worth=bool(values), has_flows=has_flows)
    flows, unclear = _flows(rows)
    days = sorted(values)
    moved = _carried(flows, days)
    return Capital(
        tuple(Worth(day, values[day][0], *moved.get(day, (0, 0))) for day in days),
        tuple(values[day][1] for day in days),
        unclear,
        has_worth=True,
        has_flows=True,
    )


def _worths(account: Account, first: date | None, last: date | None) -> dict[date, tuple[int, int]]:
    """By day: the worth, and what of it was in shares. Days without a session are left out."""
    told = _within(DayWorth.objects.current().filter(account=account), "day", first, last)
    corrected = corrections()
    found = {
        day: (worth, max(0, worth - cash))
        for day, worth, cash in told.values_list("day", "estimated_assets", "deposit")
        if is_trading_day(day, corrected)
    }
    if found:
        return found
    read = _within(Balance.objects.current().filter(account=account), "day", first, last)
    return {day: (worth, value) for day, worth, value in read.values_list("day", "estimated_assets", "value")}


def _flows(rows: "QuerySet[CashFlow]") -> tuple[dict[date, tuple[int, int]], int]:
    found: dict[date, tuple[int, int]] = defaultdict(lambda: (0, 0))
    unclear = 0
    for day, kind, amount in rows.values_list("settled_on", "kind", "amount"):
        if kind == CashKind.OTHER or (kind in MOVED and amount is None):
            unclear += 1
        elif kind in MOVED and amount:
            paid_in, paid_out = found[day]
            found[day] = (paid_in + max(0, amount), paid_out + max(0, -amount))
    return dict(found), unclear


def _carried(flows: dict[date, tuple[int, int]], days: list[date]) -> dict[date, tuple[int, int]]:
    """A flow of a day without a worth belongs to the next that has one; one after the last waits."""
    found: dict[date, tuple[int, int]] = {}
    place = 0
    for day in sorted(flows):
        while place < len(days) and days[place] < day:
            place += 1
        if place < len(days):
            paid_in, paid_out = found.get(days[place], (0, 0))
            found[days[place]] = (paid_in + flows[day][0], paid_out + flows[day][1])
    return found


def _within(rows: "QuerySet[Any]", at: str, first: date | None, last: date | None) -> "QuerySet[Any]":
    rows = rows.filter(**{f"{at}__gte": first}) if first else rows
    return rows.filter(**{f"{at}__lte": last}) if last else rows
