"""The statistics as a file: every figure with its n, its interval, its formula, and why it may be missing."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from kiwoomweb.ui.takeaway import Form, Sheet
from portfolio.analytics.definitions import DEFINITIONS
from portfolio.analytics.definitions.reasons import REASONS
from portfolio.analytics.measures import Measure, Why
from portfolio.presenting.files.asked import Asked
from portfolio.presenting.files.made import Of, made
from portfolio.presenting.stats.asked import Asked as StatsAsked
from portfolio.presenting.stats.groups import PARTS
from portfolio.presenting.stats.measured import Facts, measures_of
from portfolio.wording.groups import in_words

__all__ = ["figures"]


def figures(asked: Asked) -> Sheet:
    """Every figure for the trades of the address, in the order of the pages. 0.5 of a RATIO is 50 %."""
    facts = Facts(StatsAsked(asked.account, QueryDict(asked.address)))
    columns = (
        Of(_("갈래"), lambda row: str(row[0])),
        Of(_("지표"), lambda row: _name(row[1].key)),
        Of(_("키"), lambda row: row[1].key),
        Of(_("값"), lambda row: row[1].value, Form.NUMBER),
        Of(_("단위"), lambda row: row[1].unit.value),
        Of(_("근거 거래 수"), lambda row: row[1].n, Form.WHOLE),
        Of(_("구간 아래"), lambda row: row[1].low, Form.NUMBER),
        Of(_("구간 위"), lambda row: row[1].high, Form.NUMBER),
        Of(_("최소 n"), lambda row: row[1].needs, Form.WHOLE),
        Of(_("이유"), lambda row: _reason(row[1])),
        Of(_("식"), lambda row: DEFINITIONS[row[1].key].formula),
    )
    rows = (
        (part.label, measure)
        for part in PARTS
        if part.section
        for measure in measures_of(part.section, facts).values()
    )
    return made(_("통계 지표"), columns, rows)


def _name(key: str) -> str:
    return in_words((DEFINITIONS[key].name, DEFINITIONS[key].english))


def _reason(measure: Measure) -> str:
    return in_words(REASONS[Why(measure.why_none)]) if measure.why_none else ""
