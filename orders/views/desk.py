"""주문: everything that waits, is unsure or is stopped; and the approvals of a second person."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.access.services.stepping_up import ask, proved_within
from kiwoomweb.broker.environment import Environment
from orders.errors import OrderError
from orders.presenting.desk import ApprovalsPage, DeskPage
from orders.services import approving, resolving
from orders.views.following import found

__all__ = ["answer", "approvals", "bind", "declare", "desk"]


@require_GET
@member_required()
def desk(request: MemberRequest, code: str) -> HttpResponse:
    may = {"may_order": Right.ORDER in request.rights, "may_halt": Right.HALT in request.rights}
    return render(request, "orders/desk.html", {"page": DeskPage(request.account), **may})


@require_GET
@member_required()
def approvals(request: MemberRequest, code: str) -> HttpResponse:
    """What waits for a second person, the whole order before their eyes."""
    page = ApprovalsPage(request.account, request.user)
    may = {"may_approve": Right.APPROVE in request.rights}
    return render(request, "orders/approvals.html", {"page": page, **may})


@require_POST
@member_required(needs=Right.APPROVE)
def answer(request: MemberRequest, code: str, intent: str) -> HttpResponseBase:
    """``says``: yes or no to exactly this order. Real money asks who is there first."""
    row = found(request, intent)
    said_yes = request.POST.get("says") == "yes"
    proof = None
    if said_yes and request.account.environment == Environment.LIVE:
        proof = proved_within(request.user, account=request.account, strong=True)
        if proof is None:
            return ask(request, account=request.account, strong=True)
    try:
        if said_yes:
            given = proof.pk if proof else None
            approving.approve(row, request.user, proof=given, request=request)
        else:
            approving.decline(row, request.user, request.POST.get("reason", "")[:200], request=request)
    except OrderError as no:
        messages.error(request, str(no))
    return redirect("orders:approvals", code)


@require_POST
@member_required(needs=Right.ORDER)
def bind(request: MemberRequest, code: str, intent: str) -> HttpResponseBase:
    """A person has compared and says: this order of the broker's list is ours."""
    number = request.POST.get("number", "")[:7]
    row = found(request, intent)
    return _by_hand(request, code, intent, lambda: resolving.bind_by_hand(row, number, request.user))


@require_POST
@member_required(needs=Right.ORDER)
def declare(request: MemberRequest, code: str, intent: str) -> HttpResponseBase:
    """A person says: it never arrived."""
    row = found(request, intent)
    return _by_hand(request, code, intent, lambda: resolving.declare_absent(row, request.user))


def _by_hand(request: MemberRequest, code: str, intent: str, act: Callable[[], None]) -> HttpResponseBase:
    is_live = request.account.environment == Environment.LIVE
    if is_live and proved_within(request.user, account=request.account, strong=True) is None:
        return ask(request, account=request.account, strong=True)
    try:
        act()
        messages.success(request, _("확인을 기록했습니다."))
    except OrderError as no:
        messages.error(request, _("기록하지 않았습니다: %(why)s") % {"why": str(no)})
    return redirect("orders:intent", code, intent)
