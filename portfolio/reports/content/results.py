"""The result of a period: its figures, its curve, its best and worst days and shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.analytics.equity import EquityPoint
from portfolio.analytics.intervals import wilson
from portfolio.reports.content.asked import Asked, worth_at
from portfolio.reports.content.pieces import Block, Cell, Column, Curve, Figure, Figures, Section, Table, Words
from portfolio.reports.content.saying import UNKNOWN, day_words, of, rate, share, word
from portfolio.selectors.performance import (
    DayResult,
    EquityCurve,
    SymbolResult,
    by_day,
    ends_by_symbol,
    equity_curve,
)
from portfolio.selectors.rollups import RolledDay, results_by_day

__all__ = ["Results", "best_section", "curve_section", "result_section", "win_rate_cell"]

BEST, NEEDS = 5, 30


@dataclass
class Results:
    """What the sections of one report share, each read once."""

    asked: Asked

    @cached_property
    def days(self) -> tuple[DayResult, ...]:
        """Days with a realised result, newest first."""
        return by_day(self.asked.account, self.asked.period.first, self.asked.last)

    @cached_property
    def curve(self) -> EquityCurve:
        return equity_curve(self.asked.account, self.asked.period.first, self.asked.last)

    @cached_property
    def symbols(self) -> tuple[SymbolResult, ...]:
        """The best shares sold, then the worst."""
        gained, lost = ends_by_symbol(self.asked.account, self.asked.period.first, self.asked.last, BEST)
        return (*gained, *lost)

    @cached_property
    def rolled(self) -> tuple[RolledDay, ...]:
        """Fills and trades by day, from the rollups."""
        return results_by_day(self.asked.account, self.asked.period.first, self.asked.last)

    @property
    def realised(self) -> int | None:
        return sum(day.realised for day in self.days) if self.days else None

    @property
    def costs(self) -> int:
        return sum(day.commission + day.tax for day in self.days)


def result_section(results: Results) -> Section:
    """The period in figures."""
    asked, say = results.asked, results.asked.saying
    wins, losses = sum(day.realised > 0 for day in results.days), sum(day.realised < 0 for day in results.days)
    fall, costs = results.curve.fall, results.costs if results.days else None
    trades, end = sum(day.trades for day in results.rolled), worth_at(asked.account, asked.last)
    fills = sum(day.fills for day in results.rolled)
    fell = _("%(day)s 바닥") % {"day": fall.trough_day} if fall else _("내려간 적 없음")
    figures = Figures(
        (
            Figure(_("실현손익"), say.headline(results.realised, is_result=True), _days_words(wins, losses)),
            Figure(_("최대 낙폭"), say.result(fall.depth) if fall else UNKNOWN, fell),
            Figure(_("수수료+세금"), say.size(costs)),
            Figure(
                _("마친 매매"),
                of(trades),
                ngettext("체결 %(n)s건", "체결 %(n)s건", fills) % {"n": f"{fills:,}"},
            ),
            Figure(_("승률"), *win_rate_cell(results.rolled)),
            Figure(
                _("추정자산"),
                _growth(asked, end) if asked.is_masked else say.headline(end),
                _growth_note(asked),
            ),
        )
    )
    quiet = Words((_("이 기간에 판 것이 없습니다."),), "quiet")
    return Section("result", _("결과"), (figures,) if results.days else (figures, quiet))


def win_rate_cell(rolled: Sequence[RolledDay]) -> tuple[Cell, str]:
    """Wins of all closed trades with their Wilson interval; few trades say that they are few."""
    n, wins = sum(day.trades for day in rolled), sum(day.wins for day in rolled)
    if not n:
        return UNKNOWN, ""
    low, high = wilson(wins, n)
    told = _("95%% 구간 %(low)s–%(high)s%%, n=%(n)s") % {
        "low": round(low * 100),
        "high": round(high * 100),
        "n": n,
    }
    cell = share(Decimal(wins) * 100 / n)
    return (cell, told) if n >= NEEDS else (Cell(cell.text, "weak", cell.value), _("표본 부족") + " · " + told)


def curve_section(results: Results) -> Section:
    """The curve of what was realised, above how far it stood below its highest day."""
    say, points = results.asked.saying, results.curve.points
    values = [say.value(point.cumulative) for point in points]
    if len(points) < 2 or None in values:
        return Section("curve", _("누적 손익과 낙폭"), ())
    falls = [say.value(point.drawdown) or Decimal(0) for point in points]
    title = _("누적 실현손익, 추정자산 대비") if results.asked.is_masked else _("누적 실현손익")
    picture = Curve(
        "curve",
        title,
        _curve_words(results, points),
        tuple(point.day for point in points),
        tuple(value for value in values if value is not None),
        tuple(falls),
        say.unit,
        _("고점 대비"),
    )
    return Section("curve", _("누적 손익과 낙폭"), (picture,))


def best_section(results: Results) -> Section:
    """The best and the worst, by day and by share."""
    if not results.days:
        return Section("best", _("가장 좋았던 것과 나빴던 것"), ())
    ranked = sorted(results.days, key=lambda day: (-day.realised, day.day))
    days = [("▲", day) for day in ranked[:BEST] if day.realised > 0]
    days += [("▼", day) for day in reversed(ranked[-BEST:]) if day.realised < 0]
    blocks: list[Block] = [_day_table(results.asked, [day for _sign, day in days])]
    if results.symbols:
        blocks.append(_symbol_table(results.asked, results.symbols))
    return Section("best", _("가장 좋았던 것과 나빴던 것"), tuple(blocks))


def _day_table(asked: Asked, days: list[DayResult]) -> Table:
    say, form = asked.saying, "rate" if asked.is_masked else "whole"
    rows = tuple(
        (word(day_words(day.day)), say.size(day.commission + day.tax), say.result(day.realised)) for day in days
    )
    return Table(_("날"), (Column(_("날")), Column(_("비용"), form), Column(_("실현손익"), form)), rows)


def _symbol_table(asked: Asked, lines: Sequence[SymbolResult]) -> Table:
    say, form = asked.saying, "rate" if asked.is_masked else "whole"
    rows = tuple(
        (word(line.name or line.symbol), of(line.sales), rate(line.return_rate), say.result(line.realised))
        for line in lines
    )
    columns = (Column(_("종목")), Column(_("판매"), "whole", is_wide=True), Column(_("수익률"), "rate"))
    return Table(_("종목"), (*columns, Column(_("실현손익"), form)), rows)


def _days_words(wins: int, losses: int) -> str:
    return _("이긴 날 %(wins)s일 · 진 날 %(losses)s일") % {"wins": wins, "losses": losses}


def _growth(asked: Asked, end: int | None) -> Cell:
    """From the beginning of the period to its end; deposits and withdrawals are in it."""
    if end is None or not asked.worth:
        return UNKNOWN
    return rate(Decimal(end - asked.worth) * 100 / asked.worth)


def _growth_note(asked: Asked) -> str:
    return _("기간 동안의 변화, 입출금 포함") if asked.is_masked else _("기간 끝, 입출금 포함")


def _curve_words(results: Results, points: Sequence[EquityPoint]) -> str:
    """What the picture shows, for whoever does not see it."""
    say, fall = results.asked.saying, results.curve.fall
    first: date = points[0].day
    told = _("%(first)s부터 %(last)s까지 누적 실현손익이 %(total)s에 이르렀습니다.") % {
        "first": first,
        "last": points[-1].day,
        "total": say.result(points[-1].cumulative).text,
    }
    if not fall:
        return told
    return f"{told} " + _("가장 깊은 낙폭은 %(depth)s입니다.") % {"depth": say.result(fall.depth).text}
