"""조건검색: look at conditions and hits, search once, start and stop hearing of them live."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.models import Account
from kiwoomweb.access.rights import Right
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.ui.fragments import show
from market.boards.page import Links
from market.boards.shelves import SHELVES
from market.boards.tables import tables_of
from market.models import Screener
from market.screens.conditions import ConditionsPage
from market.services import screening

__all__ = ["conditions", "listed", "search_now", "start", "stop"]


@require_GET
@member_required(covers=False)
def conditions(request: MemberRequest, code: str) -> HttpResponse:
    """``?seq=4&kind=in``: the list and the feed, from what is kept. Asks the broker nothing."""
    page = ConditionsPage(request.account, request.GET.dict(), request.rights, request.user)
    asked = request.headers.get("HX-Target") == "screeners"
    context = {"page": page, "shelves": SHELVES, "at": "conditions", "asked": asked}
    return show(request, "market/conditions.html", context, "feed", "screeners")


@require_GET
@member_required(covers=False)
def listed(request: MemberRequest, code: str) -> HttpResponse:
    """The list of conditions as the broker has it now."""
    return _list(request, screening.refresh_list)


@require_GET
@member_required(covers=False)
def search_now(request: MemberRequest, code: str, seq: str) -> HttpResponse:
    """Search by one condition, once."""
    screener = _screener(request, seq)
    context: dict[str, object] = {"screener": screener, "account": request.account}
    try:
        found = screening.search(request.account, screener.seq)
    except BrokerError as trouble:
        return render(request, "market/condition_found.html", {**context, "trouble": _(trouble.notice)})
    table = tables_of(found.reading, Links(request.account))[0]
    return render(request, "market/condition_found.html", {**context, "found": found, "table": table})


@require_POST
@member_required(needs=Right.NOTE, covers=False)
def start(request: MemberRequest, code: str, seq: str) -> HttpResponse:
    """Hear of it live from now on."""
    screener = _screener(request, seq)
    return _list(request, lambda _account: screening.start(screener))


@require_POST
@member_required(needs=Right.NOTE, covers=False)
def stop(request: MemberRequest, code: str, seq: str) -> HttpResponse:
    """Hear of it no more."""
    screener = _screener(request, seq)
    return _list(request, lambda _account: screening.stop(screener))


def _list(request: MemberRequest, do: Callable[[Account], object]) -> HttpResponse:
    """Do it, and answer with the list; what went wrong is said above it."""
    trouble = ""
    try:
        do(request.account)
    except BrokerError as error:
        trouble = _(error.notice)
    if "HX-Request" not in request.headers:
        return redirect("market:conditions", request.account.code)
    page = ConditionsPage(request.account, request.GET.dict(), request.rights, request.user)
    return render(
        request, "market/conditions.html#screeners", {"page": page, "trouble": trouble, "asked": True}
    )


def _screener(request: MemberRequest, seq: str) -> Screener:
    found = Screener.objects.filter(account=request.account, seq=seq).select_related("account").first()
    if found is None:
        raise Http404
    return found
