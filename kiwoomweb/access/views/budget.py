"""``/a/<code>/budget/``: the broker's limits as a gauge, whole or for one TR."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kiwoomweb.access.budget import budget_of
from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.pacing import RATES
from kiwoomweb.ui.fragments import show

__all__ = ["budget"]


@never_cache
@require_GET
@member_required()
def budget(request: MemberRequest, code: str) -> HttpResponse:
    """The page, its gauges alone (``#gauges``), or with ``?tr=`` the one line of a TR (``#tr-gauge``)."""
    found, tr = budget_of(request.account), request.GET.get("tr", "")[:10]
    context = {
        "account": request.account,
        "budget": found,
        "use": found.of(tr) if found else None,
        "rates": RATES[Environment(request.account.environment)],
    }
    return show(request, "access/budget.html", context, "gauges", "tr-gauge")
