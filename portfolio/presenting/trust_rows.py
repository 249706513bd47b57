"""Rows of the proof tables, each written by one ``format_html``: hundreds of them stand on a page."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kiwoomweb.ui.templatetags.days import weekday
from kiwoomweb.ui.templatetags.money import signed, won
from portfolio.analytics.proof import DayState, Equation, Line, Verdict
from portfolio.selectors.proof.days import ProofDay
from portfolio.selectors.proof.rows import RowTable
from portfolio.wording.proof import (
    EQUATIONS,
    STATES,
    line_title,
    reason_words,
    sides,
    unit_words,
    verdict_words,
)

__all__ = ["day_row", "line_row", "marks", "state_badge", "table_rows", "worst_of"]

#: How a state's badge looks.
LOOKS = {
    DayState.OPEN: "line",
    DayState.CLOSING: "",
    DayState.SEALED: "ok",
    DayState.MISMATCH: "danger",
    DayState.GAP: "warn",
}
ORDER = (Verdict.DIFFERENT, Verdict.ROUNDING, Verdict.SAME, Verdict.UNKNOWN)


def state_badge(day: ProofDay) -> SafeString:
    """The state in a word; a reopened day says so."""
    word = _("정정으로 다시 확인 중") if day.reopened and day.state is DayState.CLOSING else STATES[day.state]
    return format_html('<span class="badge {}">{}</span>', LOOKS[day.state], word)


def worst_of(lines: Iterable[Line]) -> str:
    """How an equation stands: ``gap`` where a figure is missing, else its worst verdict."""
    lines = list(lines)
    if any(not line.holds and line.verdict is Verdict.UNKNOWN for line in lines):
        return "gap"
    held = [
        Verdict.SAME if line.holds and line.verdict is Verdict.DIFFERENT else line.verdict for line in lines
    ]
    return next((verdict.value for verdict in ORDER if verdict in held), Verdict.UNKNOWN.value)


def marks(day: ProofDay) -> SafeString:
    """Eight marks, one for each equation, with words for whoever does not see them."""
    words = {
        "same": _("일치"),
        "rounding": _("반올림"),
        "different": _("불일치"),
        "unknown": _("비교 없음"),
        "gap": _("미수신"),
    }
    found: Mapping[Equation, str] = {
        equation: worst_of(line for line in day.lines if line.equation is equation) for equation in Equation
    }
    told = [(state, f"{EQUATIONS[equation][0]}: {words[state]}") for equation, state in found.items()]
    return format_html(
        '<span class="proof-marks">{}</span>',
        format_html_join(
            "", '<i class="{}" title="{}"><span class="sr">{}. </span></i>', ((s, w, w) for s, w in told)
        ),
    )


def day_row(day: ProofDay, address: str) -> SafeString:
    """One day of the list: state, marks, the first thing that is wrong."""
    first = next(iter(day.troubled), None)
    return format_html(
        '<tr><td class="name"><a href="{}"><b>{}</b><small>{}</small></a></td><td>{}</td><td>{}</td>'
        '<td class="num">{}</td><td class="wide why">{}</td></tr>',
        address,
        day.day,
        weekday(day.day),
        state_badge(day),
        marks(day) if day.lines else SafeString('<span class="dim">—</span>'),
        _difference(first) if first else SafeString('<span class="dim">0</span>' if day.lines else "—"),
        f"{line_title(first)} · {reason_words(first)}" if first else _rounding(day),
    )


def _rounding(day: ProofDay) -> str:
    if not day.lines:
        return _("아직 대조하지 않았습니다.")
    if not day.rounding:
        return _("모두 원 단위까지 일치합니다.")
    return _("절사 차이 %(n)d건, 나머지는 원 단위 일치입니다.") % {"n": day.rounding}


def line_row(line: Line) -> SafeString:
    """One comparison of one day."""
    ours, theirs = sides(line)
    return format_html(
        '<tr class="{}"><td class="name"><b>{}</b><small class="wide">{} = {}</small></td>'
        '<td class="num"><span class="amount">{}</span></td><td class="num"><span class="amount">{}</span></td>'
        '<td class="num">{}</td><td><span class="badge {}">{}</span></td><td class="wide why">{}</td></tr>',
        "bad" if not line.holds else "",
        line_title(line),
        ours,
        theirs,
        won(line.ours),
        won(line.theirs),
        _difference(line),
        _look(line),
        verdict_words(line),
        reason_words(line),
    )


def _difference(line: Line) -> SafeString:
    if line.difference is None:
        return SafeString('<span class="dim">—</span>')
    return format_html(
        '<span class="amount">{}</span> <small class="dim">{}</small>',
        signed(line.difference),
        unit_words(line.unit),
    )


def _look(line: Line) -> str:
    if line.holds:
        return "line" if line.verdict is Verdict.UNKNOWN else "ok"
    return "warn" if line.verdict is Verdict.UNKNOWN else "danger"


def table_rows(table: RowTable) -> SafeString:
    """The rows behind an equation: figures to the right, words to the left."""
    return format_html_join(
        "", "<tr>{}</tr>", ((format_html_join("", "{}", ((_cell(v),) for v in row)),) for row in table.rows)
    )


def _cell(value: str | int | Decimal | None) -> SafeString:
    if isinstance(value, str):
        return format_html("<td>{}</td>", value)
    whole = value is None or value == int(value)
    shown = won(value) if whole else f"{Decimal(value or 0).normalize():,f}"
    return format_html('<td class="num"><span class="amount">{}</span></td>', shown)
