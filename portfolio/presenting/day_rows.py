"""Rows of a day's tables, its shares and its fills, written by Python: a busy day has thousands of them."""

from collections.abc import Iterable
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kiwoomweb.access.models import Account
from kiwoomweb.ui.templatetags.money import price, profit, rate, won
from orders.selectors.fills import FillLine
from portfolio.selectors.journal import JournalLine

__all__ = ["fill_rows", "share_rows"]

FILL = (
    '<tr><td>{0}</td><td class="name"><a href="{1}"><span class="mark {2}">{3}</span><b>{4}</b>{5}</a></td>'
    '<td class="num"><span class="amount">{6}</span></td><td class="num">{7}</td>'
    '<td class="num wide"><span class="amount">{8}</span></td></tr>'
)
SHARE = (
    '<tr><td class="name"><a href="{0}"><b>{1}</b><small class="wide">{2}</small></a></td>{3}{4}'
    '<td class="num wide"><span class="amount">{5}</span></td><td class="num wide">{6}</td>'
    '<td class="num">{7}</td></tr>'
)
NOTHING = '<td class="num wide dim">—</td><td class="num wide dim">—</td>'
UNKNOWN = '<span class="dim">—</span>'


def fill_rows(fills: Iterable[FillLine], account: Account) -> SafeString:
    """Each fill with its time in Korea, side, share, quantity, price and amount."""
    marks = {"buy": pgettext("side", "수"), "sell": pgettext("side", "도")}
    title = escape(_("낱낱의 체결이 아직 오지 않아 주문 단위로 보입니다"))
    whole = f'<small title="{title}">{escape(_("주문 합계"))}</small>'
    base = _base(account)
    return SafeString(
        "".join(
            [
                FILL.format(
                    f"{localtime(fill.filled_at):%H:%M:%S}" if fill.filled_at else "—",
                    f"{base}{quote(fill.symbol)}/",
                    fill.side.value,
                    marks[fill.side.value],
                    escape(fill.name or fill.symbol),
                    whole if fill.is_aggregate else "",
                    won(fill.quantity),
                    price(fill.price),
                    won(fill.amount),
                )
                for fill in fills
            ]
        )
    )


def share_rows(lines: Iterable[JournalLine], account: Account) -> SafeString:
    """Each share of the day: bought, sold, costs, result. What was only bought has no result."""
    only_bought = f'<span class="dim">{escape(_("매수만"))}</span>'
    base = _base(account)
    rows = [_share(line, f"{base}{quote(line.symbol)}/", only_bought) for line in lines]
    return SafeString("".join(rows))


def _share(line: JournalLine, address: str, only_bought: str) -> str:
    sold = bool(line.sold_quantity)
    result = f'{profit(line.realised)}<span class="sub thin">{rate(line.return_rate)}</span>'
    return SHARE.format(
        address,
        escape(line.name or line.symbol),
        escape(line.symbol),
        _side(line.bought_quantity, won(line.bought_average)),
        _side(line.sold_quantity, won(line.sold_average)),
        won(line.costs),
        rate(line.return_rate) if sold else UNKNOWN,
        result if sold else only_bought,
    )


def _side(quantity: int, average: str) -> str:
    if not quantity:
        return NOTHING
    amount = f'<span class="amount">{won(quantity)}</span>'
    return f'<td class="num wide">{amount}</td><td class="num wide">{average}</td>'


def _base(account: Account) -> str:
    """The address shares live under."""
    return reverse("market:symbols", args=[account.code])
