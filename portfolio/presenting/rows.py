"""Rows of the result tables, each written by one ``format_html``: in a template the loop would cost several
times the rest of the page."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kiwoomweb.ui.templatetags.days import weekday
from kiwoomweb.ui.templatetags.money import profit, rate, won
from portfolio.selectors.performance import DayResult, SymbolResult

__all__ = ["costs", "day_row", "symbol_row"]

DAY_ROW = (
    '<tr><td class="name"><a href="{0}{1}/{8}"><b>{1}</b><small>{2}</small></a></td>'
    '<td class="num wide"><span class="amount">{3}</span></td>'
    '<td class="num wide"><span class="amount">{4}</span></td>'
    '<td class="num wide"><span class="amount">{5}</span></td>'
    '<td class="num"><b>{6}</b></td><td class="num wide">{7}</td></tr>'
)
SYMBOL_ROW = (
    '<tr><td class="name"><a href="{0}{1}/"><b>{2}</b><small class="wide">{1}</small></a></td>'
    '<td class="num wide">{3} <small class="dim">{4}</small></td>'
    '<td class="num wide"><span class="amount">{5}</span></td>'
    '<td class="num wide"><span class="amount">{6}</span></td>'
    '<td class="num wide"><span class="amount">{7}</span></td>'
    '<td class="num">{8}</td><td class="num">{9}</td><td class="wide dim">{10}</td></tr>'
)


def costs(result: DayResult | SymbolResult) -> int:
    """Commission and tax in won."""
    return result.commission + result.tax


def day_row(result: DayResult, running: int, days: str, query: str = "") -> SafeString:
    """One day; ``running`` is the sum of the period so far in won, ``days`` the address days live under;
    ``query`` (``?…``) goes along to the day."""
    return format_html(
        DAY_ROW,
        days,
        result.day,
        weekday(result.day),
        SafeString(won(result.sold)),
        SafeString(won(result.bought)),
        SafeString(won(costs(result))),
        profit(result.realised),
        profit(running),
        query,
    )


def symbol_row(result: SymbolResult, symbols: str) -> SafeString:
    """One symbol; ``symbols`` is the address symbols live under."""
    return format_html(
        SYMBOL_ROW,
        symbols,
        result.symbol,
        result.name or result.symbol,
        result.sales,
        _("%(n)s승") % {"n": result.wins},
        SafeString(won(result.quantity)),
        SafeString(won(result.sold)),
        SafeString(won(costs(result))),
        rate(result.return_rate),
        profit(result.realised),
        result.last_day,
    )
