"""The calendar of daily results: one month, week by week, Monday first."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from kiwoomweb.access.models import Account
from kiwoomweb.broker.closure_names import closure_name
from kiwoomweb.broker.market_calendar import is_trading_day
from orders.selectors.fills import fill_days
from portfolio.analytics.proof.states import DayState
from portfolio.models import Note, Purpose, RealisedDay, SyncTask
from portfolio.selectors.days import corrections, today_of
from portfolio.selectors.filtering.results import Chosen
from portfolio.selectors.proof.days import BROKER_KEEPS
from portfolio.selectors.proof.states import states_between

__all__ = ["Month", "MonthDay", "month"]


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One cell. ``realised`` is ``None`` when nothing was sold; then ``is_known`` tells a quiet day from one
    the broker has not been asked about. ``traded`` is true when anything was bought or sold. ``state`` is that
    of the day's proof, ``None`` where it has none; ``holiday`` the name of a closed weekday, if known."""

    day: date
    in_month: bool
    is_trading_day: bool
    is_known: bool
    realised: int | None
    traded: bool
    has_note: bool
    state: DayState | None = None
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """``total`` is the month's realised result in won; ``wins`` and ``losses`` count days. Before ``kept_from``
    the broker no longer serves its diary: what the calendar shows there lives on here alone."""

    year: int
    month: int
    weeks: tuple[tuple[MonthDay, ...], ...]
    total: int
    wins: int
    losses: int
    kept_from: date | None = None


def month(account: Account, year: int, number: int, chosen: Chosen | None = None) -> Month:
    """The month with the days of its first and last week; of ``chosen`` trades what these brought. A dozen
    queries."""
    weeks = Calendar().monthdatescalendar(year, number)
    first, last = weeks[0][0], weeks[-1][-1]
    realised, traded = _results(account, first, last, chosen)
    corrected = corrections()
    notes = set(_days_with_notes(account, first, last))
    known = _known_days(account, first, last)
    states = states_between(account, first, last)

    def cell(day: date) -> MonthDay:
        result = realised.get(day)
        return MonthDay(
            day,
            day.month == number,
            is_trading_day(day, corrected),
            any(start <= day <= end for start, end in known),
            result,
            result is not None or day in traded,
            day in notes,
            states.get(day),
            closure_name(day),
        )

    mine = [result for day, result in realised.items() if day.month == number]
    grid = tuple(tuple(cell(day) for day in week) for week in weeks)
    wins, losses = sum(result > 0 for result in mine), sum(result < 0 for result in mine)
    return Month(year, number, grid, sum(mine), wins, losses, today_of(account) - BROKER_KEEPS)


def _results(
    account: Account, first: date, last: date, chosen: Chosen | None
) -> tuple[dict[date, int], set[date]]:
    """What each day realised, and the days on which anything was traded."""
    if chosen and not chosen.is_everything:
        return {row.day: row.realised for row in chosen.by_day(first, last)}, chosen.days(first, last)
    rows = RealisedDay.objects.current().filter(account=account, day__range=(first, last))
    return dict(rows.values_list("day", "realised")), set(fill_days(account, first, last))


def _days_with_notes(account: Account, first: date, last: date) -> list[date]:
    notes = Note.objects.filter(account=account, day__range=(first, last), current__gt=0, removed_at=None)
    return [day for day in notes.values_list("day", flat=True) if day]


def _known_days(account: Account, first: date, last: date) -> list[tuple[date, date]]:
    """The spans for which the daily results (ka10074) were read to the end; today once it was polled."""
    read = SyncTask.objects.filter(account=account, tr="ka10074", last_good_at__isnull=False)
    spans = read.filter(first__lte=last, last__gte=first).values_list("first", "last")
    known = [(start, end) for start, end in spans if start and end]
    if read.filter(purpose=Purpose.POLL).exists():
        today = today_of(account)
        known.append((today, today))
    return known
