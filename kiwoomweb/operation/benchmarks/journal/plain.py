"""The page the benchmark serves beside the product's: all of it the same, but the rows by a template's loop."""

from functools import cached_property

from django.http import HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path
from django.utils.safestring import SafeString, mark_safe

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.ui.templatetags.keeping import forget_all
from portfolio.models import Trade
from portfolio.presenting.trade_list import TradeList
from portfolio.presenting.trade_rows import held, return_rate
from portfolio.presenting.written_rows import WrittenRows
from portfolio.selectors.reviews.labels import labels_by_trade

__all__ = ["plain", "urlpatterns"]

#: Cell by cell what ``portfolio.presenting.trade_rows`` writes.
CELLS = (
    '<td class="pick-cell"><input type="checkbox" name="trade" value="{{ trade.pk }}" form="bulk"'
    ' aria-label="{% blocktranslate with name=trade.name %}{{ name }} 고르기{% endblocktranslate %}"></td>',
    """<td class="name"><a href="{% url 'portfolio:trade' code trade.pk %}"><b>{{ trade.name }}</b>""",
    '<small class="wide">{{ trade.symbol }}</small></a></td>',
    """<td><time datetime="{{ trade.opened_day|date:'Y-m-d' }}">{{ trade.opened_day|date:"y-m-d" }}</time>""",
    "{% if trade.closed_day != trade.opened_day %}",
    '<span class="dim"> → {{ trade.closed_day|date:"m-d" }}</span>{% endif %}</td>',
    '<td class="num"><b>{{ trade.net|profit }}</b></td><td class="num wide">{{ rate|rate }}</td>',
    '<td class="num wide">—</td>',
    '<td class="num wide"><span class="amount">{{ trade.max_quantity|won }}</span></td>',
    '<td class="num wide dim">{{ time }}</td><td class="wide chips">',
    '{% for one in labels %}<span class="tagged tint-{{ one.color }}">{{ one.name }}</span>{% endfor %}</td>',
    '<td class="wide">{% if trade.reviewed_at %}',
    '<span class="badge ok">✓ {{ trade.rating }}</span>{% endif %}</td>',
    '<td class="wide"><span class="badge">{{ state }}</span></td>',
)
ROWS = (
    "{% load i18n money %}{% for trade, labels, rate, time, state in rows %}"
    '<tr data-trade="{{ trade.pk }}">' + "".join(CELLS) + "</tr>{% endfor %}"
)


class PlainList(TradeList):
    """The list with rows as a template writes them, each cell formatted where it stands."""

    @cached_property
    def written(self) -> WrittenRows:
        """As a plain page has it: made for every visit."""
        return self._write()

    @property
    def rows(self) -> SafeString:
        """The body of the table."""
        labels = labels_by_trade(self.page.trades)
        rows = [
            (
                trade,
                labels.get(trade.pk, ()),
                return_rate(trade),
                held(trade.held_minutes),
                Trade.State(trade.state).label,
            )
            for trade in self.page.trades
        ]
        template = engines["django"].from_string(ROWS)
        return mark_safe(template.render({"rows": rows, "code": self.account.code}))  # noqa: S308


@member_required()
def plain(request: MemberRequest, code: str) -> HttpResponse:
    """The same address, the same page; its shell is drawn for every visit, as templates draw it."""
    forget_all()
    page = PlainList(request.account, request.user, request.GET, may_write=True)
    return render(request, "portfolio/trades.html", {"page": page})


urlpatterns = [path("a/<str:code>/plain/", plain), path("", include("kiwoomweb.urls"))]
