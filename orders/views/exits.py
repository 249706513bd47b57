"""자동 청산: see, set and remove what the server watches with the browser closed."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.broker.domain import Side
from kiwoomweb.broker.errors import UnknownSymbol
from market.services.quotes import quote_of
from orders.exits.sensible import Market
from orders.models import Exit
from orders.presenting.exits import ExitForm, ExitsPage
from orders.selectors.possession import possession_of
from orders.selectors.situation import traded
from orders.selectors.stops import barred
from orders.services import exits as services
from orders.tickets import Kind, Ticket

__all__ = ["exits", "remove", "set_exit"]


@require_http_methods(["GET"])
@member_required()
def exits(request: MemberRequest, code: str) -> HttpResponse:
    """Of ``?symbol=`` with a form, or of all."""
    page = ExitsPage(request.account, request.GET.get("symbol", "")[:12])
    return render(request, "orders/exits.html", {"page": page, "may_write": Right.ORDER in request.rights})


@require_POST
@member_required(needs=Right.ORDER)
def set_exit(request: MemberRequest, code: str) -> HttpResponse:
    """A new exit; with a mistake the form comes back as it was typed."""
    symbol = request.POST.get("symbol", "")[:12]
    held = possession_of(request.account, symbol).held
    form = ExitForm(request.POST, market=_market(request, symbol), held=held)
    if why := barred(request.account, request.user, symbol):
        form.add_error(None, why)
    page = ExitsPage(request.account, symbol, form)
    if not form.is_valid() or page.instrument is None:
        return render(request, "orders/exits.html", {"page": page, "may_write": True}, status=422)
    services.make(request.account, request.user, form.wish(page.instrument))
    return render(request, "orders/exits.html", {"page": ExitsPage(request.account, symbol), "may_write": True})


@require_POST
@member_required(needs=Right.ORDER)
def remove(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """Stop watching. What has fired meanwhile says so in the list."""
    row = Exit.objects.filter(account=request.account, pk=number).select_related("account").first()
    if row is None:
        raise Http404
    services.remove(row, request.user)
    page = ExitsPage(request.account, request.POST.get("symbol", "")[:12])
    return render(request, "orders/exits.html", {"page": page, "may_write": True})


def _market(request: MemberRequest, symbol: str) -> Market | None:
    """What the levels are held against; ``None`` where no price is known."""
    try:
        found = quote_of(request.account, symbol).value
    except UnknownSymbol:
        return None
    if found is None or not found.price:
        return None
    told = traded(Ticket(Kind.PLACE, symbol, Side.SELL, 1))
    kind, day = told.kind if told else "share", broker_now(request.account).date()
    return Market(found.price, found.lower_limit, found.upper_limit, kind, day)
