"""데이터 신뢰도 as a file: every comparison of every day, ours, the broker's, the difference and its reason."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kiwoomweb.ui.covering import is_covered
from kiwoomweb.ui.takeaway import Form, Sheet
from portfolio.analytics.proof import Line, Verdict
from portfolio.presenting.files.asked import Asked
from portfolio.presenting.files.made import Of, made
from portfolio.selectors.proof.days import ProofDay, overview_of, proof_days
from portfolio.wording.proof import STATES, line_title, reason_words, sides, unit_words, verdict_words

__all__ = ["proof"]


def proof(asked: Asked) -> Sheet:
    """The days of the span, newest first, a line for each comparison; one line for a day that has none yet."""
    columns = (
        Of(_("일자"), lambda row: row[0].day, Form.DAY),
        Of(_("상태"), lambda row: str(STATES[row[0].state])),
        Of(_("등식"), lambda row: row[1].equation.value if row[1] else ""),
        Of(_("대조한 것"), lambda row: line_title(row[1]) if row[1] else ""),
        Of(_("우리"), lambda row: row[1].ours if row[1] else None, Form.NUMBER),
        Of(_("키움"), lambda row: row[1].theirs if row[1] else None, Form.NUMBER),
        Of(_("차이"), lambda row: row[1].difference if row[1] else None, Form.NUMBER),
        Of(_("단위"), lambda row: unit_words(row[1].unit) if row[1] else ""),
        Of(_("판정"), lambda row: _verdict(row[1]) if row[1] else ""),
        Of(_("이유"), lambda row: _reason(row[1])),
        Of(_("우리 쪽 자료"), lambda row: sides(row[1])[0] if row[1] else ""),
        Of(_("키움 쪽 자료"), lambda row: sides(row[1])[1] if row[1] else ""),
        Of(_("판"), lambda row: row[0].version, Form.WHOLE),
        Of(_("봉인"), lambda row: row[0].sealed_at, Form.MOMENT),
    )
    return made(_("날마다의 대조"), columns, _lines(asked))


def _lines(asked: Asked) -> Iterator[tuple[ProofDay, Line | None]]:
    first, last = asked.span
    states = overview_of(asked.account).states
    within = {day: state for day, state in states.items() if day <= last and (first is None or day >= first)}
    for day in proof_days(asked.account, within):
        yield from ((day, line) for line in day.lines or (None,))


def _verdict(line: Line) -> str:
    """Without the won that was cut: the difference has a column of its own."""
    return _("반올림") if line.verdict is Verdict.ROUNDING else verdict_words(line)


def _reason(line: Line | None) -> str:
    """In words; those of a correction name its won, which not everybody may read."""
    return "" if line is None or (line.causes and is_covered()) else reason_words(line)
