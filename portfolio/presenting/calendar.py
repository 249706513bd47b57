"""The P&L calendar: Monday to Friday and a week's sum, tinted to the trader's own days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portfolio.analytics.proof import DayState
from portfolio.presenting.periods import months_before
from portfolio.selectors.months import Month, MonthDay

__all__ = ["Cell", "MonthView", "Week", "month_view", "own_scale", "tint"]

TINTS = 3
#: One jackpot must not whiten the rest: the deepest tint begins at the 95th percentile of one's own days.
PERCENTILE = 0.95


@dataclass(frozen=True, slots=True)
class Cell:
    """One day. ``css`` says how it looks, ``opens`` whether there is something to read behind it. ``mark`` is
    what does not hold of its proof, ``holiday`` why the market is closed."""

    day: date
    realised: int | None
    css: str
    opens: bool
    is_closed: bool
    has_note: bool
    is_known: bool
    mark: str = ""
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """Five days and their sum; ``None`` when nothing was sold in the week."""

    number: int
    cells: tuple[Cell, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month to draw; ``later`` is ``None`` in the present month, ``total`` while nothing is known."""

    first: date
    earlier: date
    later: date | None
    weeks: tuple[Week, ...]
    total: int | None
    wins: int
    losses: int
    kept_from: date | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the month reaches back to where the broker no longer serves its diary."""
        return self.kept_from is not None and self.first < self.kept_from

    @property
    def traded_days(self) -> int:
        """Days with a result above or below zero."""
        return self.wins + self.losses

    @property
    def win_rate(self) -> int | None:
        """Percent of days that were won; unknown without a day."""
        return round(100 * self.wins / self.traded_days) if self.traded_days else None


def own_scale(results: Iterable[int]) -> int:
    """The amount in won from which a day wears the deepest tint."""
    sizes = sorted(abs(result) for result in results if result)
    return sizes[int((len(sizes) - 1) * PERCENTILE)] if sizes else 0


def month_view(month: Month, today: date, scale: int) -> MonthView:
    """Weekends are left out; a week without a weekday in the month as well."""
    first = date(month.year, month.month, 1)
    later = months_before(first, -1)
    weeks = [week[:5] for week in month.weeks if any(day.in_month for day in week[:5])]
    return MonthView(
        first,
        months_before(first, 1),
        later if later <= today else None,
        tuple(_week(number, week, today, scale, month.kept_from) for number, week in enumerate(weeks, 1)),
        month.total if _is_known(month) else None,
        month.wins,
        month.losses,
        month.kept_from,
    )


def _is_known(month: Month) -> bool:
    return any(day.is_known or day.realised is not None for week in month.weeks for day in week if day.in_month)


def _week(number: int, days: Iterable[MonthDay], today: date, scale: int, kept_from: date | None) -> Week:
    cells = tuple(_cell(day, today, scale, kept_from) for day in days)
    told = [day.realised for day in days if day.realised is not None and day.in_month]
    return Week(number, cells, sum(told) if told else None)


def _cell(day: MonthDay, today: date, scale: int, kept_from: date | None) -> Cell:
    past = day.day <= today
    looks = {
        "outside": not day.in_month,
        "today": day.day == today,
        "unsettled": past and day.is_trading_day and day.in_month and day.state is not DayState.SEALED,
        "closed": not day.is_trading_day,
        "kept": bool(kept_from and day.day < kept_from and day.state is not None),
        "edge": bool(kept_from and day.day == _first_weekday(kept_from)),
        tint(day.realised, scale): True,
    }
    css = " ".join(name for name, wears in looks.items() if wears and name)
    opens = past and (day.is_trading_day or day.traded or day.has_note)
    mark = day.state.value if day.state in {DayState.MISMATCH, DayState.GAP} and day.in_month else ""
    return Cell(
        day.day,
        day.realised,
        css,
        opens,
        not day.is_trading_day,
        day.has_note,
        day.is_known,
        mark,
        day.holiday,
    )


def _first_weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend: the calendar shows no weekends."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def tint(realised: int | None, scale: int) -> str:
    """How deep a day's colour is: ``rise-1`` to ``fall-3``, nothing for a day without a result."""
    if not realised or not scale:
        return ""
    depth = min(TINTS, 1 + TINTS * abs(realised) // (scale + 1))
    return f"{'rise' if realised > 0 else 'fall'}-{depth}"
