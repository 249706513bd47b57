"""Rows of the list of trades, written by Python: a template's loop would cost several times the rest."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kiwoomweb.ui.templatetags.money import profit, rate, won
from portfolio.analytics.risk import multiple
from portfolio.models import Trade
from portfolio.selectors.filtering.lines import TradeLine
from portfolio.selectors.reviews.labels import Label

__all__ = ["held", "return_rate", "trade_rows"]

ROW = (
    '<tr data-trade="{0}"><td class="pick-cell">{1}</td>'
    '<td class="name"><a href="{2}{0}/{3}"><b>{4}</b><small class="wide">{5}</small></a></td>'
    '<td>{6}</td><td class="num"><b>{7}</b></td><td class="num wide">{8}</td><td class="num wide">{9}</td>'
    '<td class="num wide">{10}</td><td class="num wide dim">{11}</td><td class="wide chips">{12}</td>'
    '<td class="wide">{13}</td><td class="wide">{14}</td></tr>'
)
BOX = '<input type="checkbox" name="trade" value="{}" form="bulk" aria-label="{}">'
#: Minutes of trading in a day that fills count by (08:00 to 20:00).
DAY_MINUTES = 720
SHOWN_CHIPS = 4
CLOSED = Trade.State.CLOSED.value


def trade_rows(
    trades: Iterable[TradeLine],
    labels: Mapping[int, Sequence[Label]],
    base: str,
    query: str,
    *,
    may_write: bool,
) -> SafeString:
    """``base`` is the address trades live under; ``query`` (``?…``) goes along, so that ←/→ walk this list."""
    writer = _Writer(escape(base), escape(query), may_write=may_write)
    return SafeString("".join([writer.row(trade, labels.get(trade.pk, ())) for trade in trades]))


def return_rate(trade: TradeLine) -> Decimal | None:
    """Net result over 매입금액 of what was sold, in percent."""
    if trade.net is None or not trade.cost:
        return None
    return Decimal(trade.net) * 100 / trade.cost


def held(minutes: int | None) -> str:
    """``25분``, ``3시간 10분``, ``4.5일``: minutes of trading."""
    return _held(minutes, _spans())


def _spans() -> tuple[str, str, str]:
    return _("%(n)s분"), _("%(h)s시간 %(m)s분"), _("%(n)s일")


def _held(minutes: int | None, spans: tuple[str, str, str]) -> str:
    if minutes is None:
        return "—"
    if minutes < 60:
        return spans[0] % {"n": minutes}
    if minutes < DAY_MINUTES:
        return spans[1] % {"h": minutes // 60, "m": minutes % 60}
    return spans[2] % {"n": f"{minutes / DAY_MINUTES:.1f}"}


class _Writer:
    """Writes the rows of one page. What rows have in common is worded and escaped once."""

    def __init__(self, base: str, query: str, *, may_write: bool) -> None:
        self.base, self.query, self.may_write = base, query, may_write
        self.pick = str(_("%(name)s 고르기"))
        self.reviewed = escape(_("복기함"))
        self.states, self.spans = _states(), _spans()
        self.chip: dict[int, str] = {}

    def row(self, trade: TradeLine, labels: Sequence[Label]) -> str:
        """One trade. Names and labels are escaped; everything else is digits and words of ours."""
        name = escape(trade.name or trade.symbol)
        r = multiple(trade.net if trade.state == CLOSED else None, trade.risk)
        return ROW.format(
            trade.pk,
            BOX.format(trade.pk, self.pick % {"name": name}) if self.may_write else "",
            self.base,
            self.query,
            name,
            escape(trade.symbol),
            _span(trade),
            profit(trade.net) if trade.sold_quantity else '<span class="dim">—</span>',
            rate(return_rate(trade)) if trade.sold_quantity else "—",
            "—" if r is None else f"{r:+.2f}R".replace("-", "\u2212"),
            f'<span class="amount">{won(trade.max_quantity)}</span>',
            _held(trade.held_minutes, self.spans),
            self.chips(labels),
            self.mark(trade),
            self.states[trade.state],
        )

    def chips(self, labels: Sequence[Label]) -> str:
        """The first few labels in their colours, and how many more there are."""
        shown = "".join([self.chip.get(one.pk) or self._chip(one) for one in labels[:SHOWN_CHIPS]])
        rest = len(labels) - SHOWN_CHIPS
        return shown if rest <= 0 else f'{shown} <span class="dim">+{rest}</span>'

    def mark(self, trade: TradeLine) -> str:
        """That it was gone over, and the rating."""
        if trade.reviewed_at is None:
            return ""
        stars = f" {trade.rating}" if trade.rating else ""
        return f'<span class="badge ok" title="{self.reviewed}">✓{stars}</span>'

    def _chip(self, label: Label) -> str:
        html = f'<span class="tagged tint-{escape(label.color)}">{escape(label.name)}</span>'
        self.chip[label.pk] = html
        return html


def _span(trade: TradeLine) -> str:
    opened = trade.opened_day.isoformat()
    day = f'<time datetime="{opened}">{opened[2:]}</time>'
    if trade.closed_day == trade.opened_day:
        return day
    closed = trade.closed_day.isoformat()[5:] if trade.closed_day else ""
    return f'{day}<span class="dim"> → {closed}</span>'


def _states() -> dict[str, str]:
    words = {
        Trade.State.OPEN.value: ("", pgettext("trade", "보유")),
        CLOSED: ("", pgettext("trade", "청산")),
        Trade.State.UNSETTLED.value: ("warn", pgettext("trade", "미확정")),
    }
    return {state: f'<span class="badge {css}">{escape(label)}</span>' for state, (css, label) in words.items()}
