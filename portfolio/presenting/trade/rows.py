"""Rows of the 체결 table and of other trades, written before the template."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.ui.templatetags.money import price, profit, rate, trend, won
from portfolio.analytics.replay.moves import Move
from portfolio.models import Trade
from portfolio.presenting.trade.words import event_words
from portfolio.selectors.trades import LegLine

__all__ = ["in_r", "leg_rows", "other_rows", "r_text", "return_of", "same_rows"]

LEG = (
    '<tr data-move="{0}"{7}><td class="dim">{1}</td><td>{2}</td>'
    '<td class="num"><span class="amount">{3}</span></td><td class="num strong">{4}</td>'
    '<td class="num">{5}</td><td class="num">{6}</td></tr>'
)
EVENT = (
    '<tr class="event" data-move="{}"><td class="dim">{}</td>'
    '<td colspan="5">{} <span class="dim">{}</span></td></tr>'
)
OTHER = (
    '<tr><td class="name"><a href="{}">{}</a></td><td class="dim">{}</td>'
    '<td class="num strong">{}</td><td class="num">{}</td></tr>'
)
SAME = (
    '<tr><td class="name"><a href="{}">{}</a></td><td class="dim">{}</td>'
    '<td class="num strong">{}</td><td class="num">{}</td></tr>'
)


def leg_rows(legs: Sequence[LegLine], moves: Sequence[Move]) -> SafeString:
    """One row a step; ``data-move`` numbers it for the replay."""
    pairs = enumerate(zip(legs, moves, strict=True))
    return SafeString("".join(_leg(number, leg, move) for number, (leg, move) in pairs))


def _leg(number: int, leg: LegLine, move: Move) -> SafeString:
    at = leg.at.astimezone(SEOUL).strftime("%m-%d %H:%M") if leg.at else leg.day.strftime("%m-%d")
    if leg.event:
        return format_html(EVENT, number, at, event_words(leg.event), _event_facts(leg))
    is_buy = move.quantity > 0
    side = pgettext("side", "수") if is_buy else pgettext("side", "도")
    mark = format_html('<span class="mark {}">{}</span>', "buy" if is_buy else "sell", side)
    told = profit(move.net) if move.net is not None else SafeString('<span class="dim">—</span>')
    hint = SafeString("")
    if leg.is_aggregate:
        words = _("낱낱의 체결이 아직 오지 않아 주문 단위로 보입니다")
        hint = format_html(' title="{}" class="aggregate"', words)
    average = price(leg.average) if leg.average is not None else "—"
    return format_html(LEG, number, at, mark, won(leg.quantity), price(leg.price), average, told, hint)


def _event_facts(leg: LegLine) -> str:
    """What is held after it, at which average."""
    return _("뒤로 %(held)s주 · 평단 %(average)s") % {"held": won(leg.held), "average": price(leg.average)}


def other_rows(trades: Iterable[Trade], code: str) -> SafeString:
    """Days, setup, net result, R or return."""
    return SafeString("".join(_other(trade, code) for trade in trades))


def _other(trade: Trade, code: str) -> SafeString:
    review = getattr(trade, "review", None)
    setup = review.setup.name if review and review.setup else ""
    address = reverse("portfolio:trade", args=[code, trade.pk])
    return format_html(OTHER, address, _span(trade), setup, profit(trade.net), _measure(trade))


def _span(trade: Trade) -> str:
    ends = trade.closed_day.strftime("%m-%d") if trade.closed_day else _("보유 중")
    return f"{trade.opened_day:%Y-%m-%d} → {ends}"


def _measure(trade: Trade) -> SafeString:
    """R where a risk was planned, the return elsewhere."""
    review = getattr(trade, "review", None)
    r = in_r(trade, review.risk if review else None)
    if r is None:
        return rate(return_of(trade))
    return format_html('<span class="{}">{}</span>', trend(r), r_text(r))


def same_rows(trades: Iterable[Trade], code: str) -> SafeString:
    """Symbol, days, net result, R or return of other trades of a setup."""
    return SafeString("".join(_same(trade, code) for trade in trades))


def _same(trade: Trade, code: str) -> SafeString:
    address = reverse("portfolio:trade", args=[code, trade.pk])
    return format_html(
        SAME, address, trade.name or trade.symbol, _span(trade), profit(trade.net), _measure(trade)
    )


def return_of(trade: Trade) -> Decimal | None:
    """Net over what the sold shares had cost, percent."""
    return Decimal(100) * trade.net / trade.cost if trade.net is not None and trade.cost else None


def in_r(trade: Trade, risk: int | None) -> Decimal | None:
    """Net over the risk that was planned."""
    return Decimal(trade.net) / risk if trade.net is not None and risk else None


def r_text(r: Decimal) -> str:
    """``+1.8R``."""
    return f"{r:+.1f}R".replace("-", "\u2212")
