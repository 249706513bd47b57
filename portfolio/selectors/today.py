"""Today in figures: what was realised, what is open, what was bought and sold."""

from dataclasses import dataclass
from datetime import date, datetime

from kiwoomweb.access.models import Account
from orders.selectors.fills import FillLine, fills_on
from portfolio.models import DiaryDay, Position, RealisedDay, SyncTask
from portfolio.selectors.days import today_of

__all__ = ["Today", "today"]


@dataclass(frozen=True, slots=True)
class Today:
    """Won of the trading day ``day``. ``realised`` is 0 only when the broker was asked and nothing was sold;
    ``None`` when it has not answered today. ``read_at`` (our clock) is when it last answered."""

    day: date
    realised: int | None
    bought: int | None
    sold: int | None
    commission: int | None
    tax: int | None
    read_at: datetime | None
    fills: tuple[FillLine, ...]


def today(account: Account) -> Today:
    """Today's results. ka10074 has no line while nothing is sold; ka10170 and ka10085 then fill in."""
    day = today_of(account)
    read_at = _asked_at(account)
    fills = fills_on(account, day)
    told = RealisedDay.objects.current().filter(account=account, day=day).first()
    if told:
        figures = (told.realised, told.bought, told.sold, told.commission, told.tax)
        return Today(day, *figures, read_at, fills)
    diary = DiaryDay.objects.current().filter(account=account, day=day).first()
    if diary:
        return Today(day, diary.realised, diary.bought, diary.sold, None, None, read_at, fills)
    return Today(day, _from_positions(account, day), None, None, None, None, read_at, fills)


def _asked_at(account: Account) -> datetime | None:
    task = SyncTask.objects.filter(account=account, tr="ka10074", first__isnull=True).first()
    return task.last_good_at if task else None


def _from_positions(account: Account, day: date) -> int | None:
    rows = Position.objects.current().filter(account=account, day=day)
    told = list(rows.values_list("realised_today", flat=True))
    return sum(told) if told else None
