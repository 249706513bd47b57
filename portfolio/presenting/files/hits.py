"""Hits of conditions as a file: when a share was told, what it was worth afterwards, whether it was bought."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

from kiwoomweb.ui.takeaway import Form, Sheet
from portfolio.analytics.conditions.edge import Flagged
from portfolio.presenting.files.asked import Asked
from portfolio.presenting.files.made import Of, made
from portfolio.presenting.stats.asked import Asked as StatsAsked
from portfolio.presenting.stats.screening import HORIZONS, Screening

__all__ = ["hits"]

Row = tuple[str, str, Flagged]


def hits(asked: Asked) -> Sheet:
    """Of the condition the address names, else of all, newest first. Returns are net, in percent."""
    columns = (
        Of(_("조건식"), lambda row: row[0]),
        Of(_("종목코드"), lambda row: row[1]),
        Of(_("편입"), lambda row: row[2].at, Form.MOMENT),
        *(Of(label, _after(key), Form.RATE) for key, label in HORIZONS.items()),
        Of(_("최대 상승"), lambda row: _percent(row[2].mfe), Form.RATE),
        Of(_("최대 하락"), lambda row: _percent(row[2].mae), Form.RATE),
        Of(_("내 매수"), lambda row: row[2].bought_at, Form.MOMENT),
    )
    return made(_("조건식 편입"), columns, _rows(asked))


def _rows(asked: Asked) -> Iterator[Row]:
    screening = Screening(StatsAsked(asked.account, QueryDict(asked.address)))
    wanted = asked.query.get("condition", "")
    for one in screening.heard:
        if wanted in ("", one.name):
            yield from ((one.name, one.symbols[hit.key], hit) for hit in reversed(one.hits))


def _after(horizon: str) -> Callable[[Row], Decimal | None]:
    return lambda row: _percent(row[2].returns.get(horizon))


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else share * 100
