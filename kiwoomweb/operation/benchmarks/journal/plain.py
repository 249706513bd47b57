"""The one page the benchmark serves beside the product's: the same rows by a plain template loop."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

__all__ = ["ROWS", "plain", "urlpatterns"]

ROWS = 200
ROW = """{% extends "base.html" %}{% load money %}{% block content %}<div class="scroll"><table class="table">
{% for trade in trades %}<tr><td><a href="{% url 'portfolio:trade' code trade.pk %}"><b>{{ trade.name }}</b>
<small>{{ trade.symbol }}</small></a></td><td>{{ trade.opened_day|date:"m-d" }} –
{{ trade.closed_day|date:"m-d" }}</td>
<td class="num">{{ trade.net|profit }}</td><td class="num">{{ trade.gross|profit }}</td>
<td class="num"><span class="amount">{{ trade.bought_quantity|won }}</span></td>
<td class="num">{{ trade.commission|won }}</td><td class="num">{{ trade.tax|won }}</td>
<td>{{ trade.held_minutes }}</td><td>{{ trade.get_state_display }}</td></tr>{% endfor %}
</table></div>{% endblock %}"""


def plain(request: HttpRequest, code: str) -> HttpResponse:
    """The newest trades, each cell formatted where it stands."""
    from portfolio.models import Trade

    rows = Trade.objects.present().filter(account__code=code).order_by("-closed_day", "-pk")[:ROWS]
    found = {"trades": rows, "code": code}
    return HttpResponse(engines["django"].from_string(ROW).render(found, request))


urlpatterns = [path("a/<str:code>/plain/", plain), path("", include("kiwoomweb.urls"))]
