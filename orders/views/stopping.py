"""전체 중지: stop at once, see what is stopped, and open again with second thoughts."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.models import Account, User
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors import accounts_for, rights_here
from kiwoomweb.access.services.stepping_up import ask, proved_within
from orders.errors import OrderError
from orders.selectors.stops import state_of, stops_of
from orders.services import halting

__all__ = ["halt", "halts", "release"]


@require_GET
@member_required()
def halts(request: MemberRequest, code: str) -> HttpResponse:
    """What stops the account, anew: banner and the word in the top bar, or (``?on=ticket``) the note there."""
    stops = stops_of(request.account)
    template = "orders/parts/stopped.html" if request.GET.get("on") == "ticket" else "orders/halts.html"
    shown = {"code": code, "stops": stops, "state": state_of(stops), "anew": True}
    return render(request, template, shown)


@require_POST
@member_required(needs=Right.HALT)
def halt(request: MemberRequest, code: str) -> HttpResponse:
    """Stop this account, or (``scope=all``) every account the person may stop. No questions asked."""
    reason = request.POST.get("reason", "").strip()[:200] or _("까닭을 적지 않음")
    mine = _stoppable(request.user) if request.POST.get("scope") == "all" else [request.account]
    for account in mine:
        halting.halt(account, request.user, reason)
    messages.warning(request, _("주문을 멈췄습니다. 기다리는 주문을 거두고 있습니다."))
    return redirect("orders:desk", code)


@require_POST
@member_required(needs=Right.HALT)
def release(request: MemberRequest, code: str) -> HttpResponseBase:
    """Open again: who is there is asked, then a second word is needed."""
    if proved_within(request.user) is None:
        return ask(request)
    try:
        opened = halting.release(request.account, request.user)
    except OrderError as no:
        messages.error(request, str(no))
    else:
        said = (
            _("주문을 다시 열었습니다.")
            if opened
            else _("다시 열기를 청했습니다. 다른 사람이 확인하면 열립니다.")
        )
        messages.success(request, said)
    return redirect("orders:desk", code)


def _stoppable(user: User) -> list[Account]:
    """Every account on which the person has the right to stop."""
    return [one for one in accounts_for(user) if Right.HALT in rights_here(one)]
