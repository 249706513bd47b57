"""Rows of the list of trades, each written by one ``format_html``: a template's loop would cost several times
the rest of the page."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kiwoomweb.ui.templatetags.money import profit, rate, won
from portfolio.analytics.risk import multiple
from portfolio.models import Review, Trade
from portfolio.selectors.reviews.labels import Label

__all__ = ["chips", "held", "return_rate", "trade_rows"]

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


def trade_rows(
    trades: Iterable[Trade], labels: Mapping[int, Sequence[Label]], base: str, query: str, *, may_write: bool
) -> SafeString:
    """``base`` is the address trades live under; ``query`` (``?…``) goes along, so that ←/→ walk this list."""
    return SafeString(
        "".join(_row(trade, labels.get(trade.pk, ()), base, query, may_write) for trade in trades)
    )


def return_rate(trade: Trade) -> Decimal | None:
    """Net result over 매입금액 of what was sold, in percent."""
    if trade.net is None or not trade.cost:
        return None
    return Decimal(trade.net) * 100 / trade.cost


def held(minutes: int | None) -> str:
    """``25분``, ``3시간 10분``, ``4.5일``: minutes of trading."""
    if minutes is None:
        return "—"
    if minutes < 60:
        return _("%(n)s분") % {"n": minutes}
    if minutes < DAY_MINUTES:
        return _("%(h)s시간 %(m)s분") % {"h": minutes // 60, "m": minutes % 60}
    return _("%(n)s일") % {"n": f"{minutes / DAY_MINUTES:.1f}"}


def chips(labels: Sequence[Label]) -> SafeString:
    """The first few labels in their colours, and how many more there are."""
    shown = format_html_join(
        "", '<span class="tagged tint-{}">{}</span>', ((one.color, one.name) for one in labels[:SHOWN_CHIPS])
    )
    rest = len(labels) - SHOWN_CHIPS
    return shown if rest <= 0 else format_html('{} <span class="dim">+{}</span>', shown, rest)


def _row(trade: Trade, labels: Sequence[Label], base: str, query: str, may_write: bool) -> SafeString:
    review: Review | None = getattr(trade, "review", None)
    name = trade.name or trade.symbol
    box = format_html(BOX, trade.pk, _("%(name)s 고르기") % {"name": name}) if may_write else SafeString("")
    r = multiple(trade.net if trade.state == Trade.State.CLOSED else None, review.risk if review else None)
    return format_html(
        ROW,
        trade.pk,
        box,
        base,
        query,
        name,
        trade.symbol,
        _span(trade),
        _result(trade),
        rate(return_rate(trade)) if trade.sold_quantity else "—",
        "—" if r is None else f"{r:+.2f}R".replace("-", "\u2212"),
        SafeString(f'<span class="amount">{won(trade.max_quantity)}</span>'),
        held(trade.held_minutes),
        chips(labels),
        _mark(review),
        _state(trade),
    )


def _span(trade: Trade) -> SafeString:
    opened = f"{trade.opened_day:%y-%m-%d}"
    if trade.closed_day == trade.opened_day:
        return format_html('<time datetime="{}">{}</time>', trade.opened_day, opened)
    closed = f"{trade.closed_day:%m-%d}" if trade.closed_day else ""
    return format_html(
        '<time datetime="{}">{}</time><span class="dim"> → {}</span>', trade.opened_day, opened, closed
    )


def _result(trade: Trade) -> SafeString:
    """What is realised; a trade that sold nothing has no result yet."""
    return profit(trade.net) if trade.sold_quantity else SafeString('<span class="dim">—</span>')


def _mark(review: Review | None) -> SafeString:
    if review is None or review.reviewed_at is None:
        return SafeString("")
    stars = f" {review.rating}" if review.rating else ""
    return format_html('<span class="badge ok" title="{}">✓{}</span>', _("복기함"), stars)


def _state(trade: Trade) -> SafeString:
    words = {
        Trade.State.OPEN.value: ("", pgettext("trade", "보유")),
        Trade.State.CLOSED.value: ("", pgettext("trade", "청산")),
        Trade.State.UNSETTLED.value: ("warn", pgettext("trade", "미확정")),
    }
    css, label = words[trade.state]
    return format_html('<span class="badge {}">{}</span>', css, label)
