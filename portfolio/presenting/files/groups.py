"""Breakdowns as a file: every group of every question of 언제·어디서, with its figures."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

from kiwoomweb.ui.takeaway import Form, Sheet, Value
from portfolio.analytics.when.breakdown import UNKNOWN, Breakdown, Group, breakdown
from portfolio.analytics.when.dimensions import DIMENSIONS
from portfolio.presenting.files.asked import Asked
from portfolio.presenting.files.made import Of, made
from portfolio.presenting.stats.asked import Asked as StatsAsked
from portfolio.presenting.stats.breaking import ASKS
from portfolio.presenting.stats.measured import Facts
from portfolio.wording.groups import in_words, label_of, names_for

__all__ = ["groups"]

Row = tuple[Breakdown, Group, str]


def groups(asked: Asked) -> Sheet:
    """The groups of the trades of the address, in the order of the page; small ones too."""
    columns = (
        Of(_("나눈 것"), lambda row: in_words((row[0].dimension.name, row[0].dimension.english))),
        Of(_("무리"), lambda row: row[2]),
        Of(_("거래 수"), lambda row: len(row[1].rows), Form.WHOLE),
        Of(_("승률(%)"), lambda row: _percent(row[1].measures["win_rate"].value), Form.RATE),
        Of(_("구간 아래"), lambda row: _percent(row[1].measures["win_rate"].low), Form.RATE),
        Of(_("구간 위"), lambda row: _percent(row[1].measures["win_rate"].high), Form.RATE),
        Of(_("수익 팩터"), lambda row: _value(row[1], "profit_factor"), Form.NUMBER),
        Of(_("기대값"), lambda row: _value(row[1], "expectancy_won"), Form.NUMBER),
        Of(_("R 기대값"), lambda row: _value(row[1], "expectancy_r"), Form.NUMBER),
        Of(_("손익"), lambda row: row[1].net, Form.WHOLE),
        Of(_("합계와 겹침"), lambda row: not row[0].exclusive),
    )
    facts = Facts(StatsAsked(asked.account, QueryDict(asked.address)))
    return made(_("무리별 성적"), columns, _rows(facts))


def _rows(facts: Facts) -> Iterator[Row]:
    for key in ASKS:
        found = breakdown(facts.outcomes, DIMENSIONS[key], facts.asked.even)
        names = names_for(found.dimension, [group.key for group in found.groups])
        if any(group.key != UNKNOWN for group in found.groups):
            yield from ((found, group, label_of(found.dimension, group.key, names)) for group in found.groups)


def _value(group: Group, key: str) -> Value:
    return group.measures[key].value


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else share * 100
