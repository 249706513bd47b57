"""The days of a period at a glance: a month as a table, a year as a picture with its months."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kiwoomweb.broker.market_calendar import trading_days
from kiwoomweb.ui.templatetags.days import weekday
from kiwoomweb.ui.templatetags.money import short
from portfolio.reports.content.pieces import Bars, Calendar, Cell, Column, Heat, Section, Square, Table
from portfolio.reports.content.results import Results
from portfolio.reports.content.saying import of, word
from portfolio.selectors.days import corrections
from portfolio.selectors.months import Month, MonthDay, month
from portfolio.selectors.performance import DayResult

__all__ = ["calendar_section", "year_section"]

MONDAY = date(2026, 11, 16)
WEEKDAYS = 5


def calendar_section(results: Results) -> Section:
    """The month of the last day, Monday to Friday and the week's sum."""
    asked = results.asked
    grid = month(asked.account, asked.last.year, asked.last.month)
    heads = (*(weekday(MONDAY.replace(day=16 + place)) for place in range(WEEKDAYS)), _("주 합계"))
    weeks = [
        _week(results, week) for week in grid.weeks if any(_counts(results, day) for day in week[:WEEKDAYS])
    ]
    return Section("calendar", _("달력"), (Calendar(_month_name(grid), heads, tuple(weeks)),))


def year_section(results: Results) -> Section:
    """Every day as a square, every month as a bar and as a row."""
    asked, say = results.asked, results.asked.saying
    if not results.days:
        return Section("calendar", _("한 해"), ())
    realised = {day.day: day.realised for day in results.days}
    days = tuple(trading_days(asked.first, asked.last, corrections()))
    values = tuple(say.value(realised[day]) if day in realised else None for day in days)
    names = list(dict.fromkeys((day.year, day.month) for day in days))
    labels = tuple(
        _("%(n)s월") % {"n": number} if asked.language == "ko" else MONTHS[number - 1]
        for _year, number in names
    )
    by_month: dict[tuple[int, int], list[DayResult]] = defaultdict(list)
    for day in results.days:
        by_month[day.day.year, day.day.month].append(day)
    sums = tuple(say.value(sum(day.realised for day in by_month[name])) or Decimal(0) for name in names)
    week = tuple(weekday(MONDAY.replace(day=16 + place)) for place in range(WEEKDAYS))
    heat = Heat("year", _("날마다의 실현손익"), _heat_words(results), days, values, labels, week)
    bars = Bars("months", _("달마다의 실현손익"), _bars_words(labels, sums), labels, sums, say.unit)
    return Section("calendar", _("한 해"), (heat, bars, _months_table(results, names, labels, by_month)))


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _counts(results: Results, day: MonthDay) -> bool:
    return day.in_month and day.day <= results.asked.last


def _week(results: Results, week: tuple[MonthDay, ...]) -> tuple[Square, ...]:
    mine = [day for day in week if _counts(results, day) and day.realised is not None]
    total = sum(day.realised or 0 for day in mine)
    return (
        *(_square(results, day) for day in week[:WEEKDAYS]),
        Square(" ", _brief(results, total if mine else None)),
    )


def _square(results: Results, day: MonthDay) -> Square:
    if not _counts(results, day):
        return Square()
    if not day.is_trading_day:
        holiday = day.holiday if results.asked.language == "ko" else ""  # they have Korean names alone
        return Square(f"{day.day.day} {holiday}".strip(), Cell(_("휴장"), "weak"))
    blank = Cell("·" if day.traded else "")
    return Square(str(day.day.day), blank if day.realised is None else _brief(results, day.realised))


def _brief(results: Results, amount: int | None) -> Cell:
    """In 만 and 억, for a small square; an arrow beside the colour."""
    if amount is None:
        return Cell("")
    full = results.asked.saying.result(amount)
    if results.asked.is_masked or not amount:
        return full
    return Cell(("▲" if amount > 0 else "▼") + short(abs(amount)), full.tone, full.value)


def _month_name(grid: Month) -> str:
    return date_format(date(grid.year, grid.month, 1), "Y-m")


def _months_table(
    results: Results,
    names: list[tuple[int, int]],
    labels: tuple[str, ...],
    by_month: dict[tuple[int, int], list[DayResult]],
) -> Table:
    say, form = results.asked.saying, "rate" if results.asked.is_masked else "whole"
    rows = []
    for name, label in zip(names, labels, strict=True):
        days = by_month[name]
        wins, losses = sum(day.realised > 0 for day in days), sum(day.realised < 0 for day in days)
        costs, result = sum(d.commission + d.tax for d in days), sum(d.realised for d in days)
        told = (say.size(costs), say.result(result)) if days else (word(""), word(""))
        rows.append((word(f"{name[0]} {label}"), of(wins), of(losses), *told))
    columns = (Column(_("달")), Column(_("이긴 날"), "whole"), Column(_("진 날"), "whole"))
    foot = (word(_("합계")), *_won_and_lost(results), say.size(results.costs), say.result(results.realised))
    return Table(
        _("달마다"),
        (*columns, Column(_("비용"), form, is_wide=True), Column(_("실현손익"), form)),
        tuple(rows),
        foot,
    )


def _won_and_lost(results: Results) -> tuple[Cell, Cell]:
    return of(sum(d.realised > 0 for d in results.days)), of(sum(d.realised < 0 for d in results.days))


def _heat_words(results: Results) -> str:
    wins, losses = (cell.text for cell in _won_and_lost(results))
    return _("하루가 네모 하나인 달력: 이긴 날 %(wins)s일, 진 날 %(losses)s일.") % {
        "wins": wins,
        "losses": losses,
    }


def _bars_words(labels: tuple[str, ...], sums: tuple[Decimal, ...]) -> str:
    best = max(range(len(sums)), key=lambda place: sums[place])
    worst = min(range(len(sums)), key=lambda place: sums[place])
    return _("달마다 막대 하나: 가장 좋은 달은 %(best)s, 가장 나쁜 달은 %(worst)s.") % {
        "best": labels[best],
        "worst": labels[worst],
    }
