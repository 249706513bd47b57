"""Rows of what was traded on a day, written before the template."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.ui.templatetags.money import profit, won
from portfolio.selectors.day_course import DayTrade
from portfolio.selectors.filtering.wording import CHOICES

register = template.Library()

ROW = (
    '<tr><td class="name"><a href="{}"><b>{}</b> <small>{}</small></a></td><td>{}</td><td class="wide">{}</td>'
    '<td class="wide">{}</td><td class="num wide">{}</td><td class="num">{}</td></tr>'
)


@register.simple_tag
def day_trade_row(one: DayTrade, address: str) -> SafeString:
    """One trade of the day, its result that day after costs."""
    trade = one.trade
    result = profit(one.slice.net) if one.slice else SafeString("—")
    return format_html(
        ROW,
        address,
        trade.name or trade.symbol,
        trade.symbol,
        CHOICES["state"][trade.state],
        _moment(trade.opened_at) or f"{trade.opened_day:%m-%d}",
        _moment(trade.closed_at) or (f"{trade.closed_day:%m-%d}" if trade.closed_day else "—"),
        won(trade.max_quantity),
        result,
    )


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(SEOUL):%m-%d %H:%M}" if at else ""
