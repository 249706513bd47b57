"""What became of an order: the steps in the dialog, the page of one intent, the list of those that wait."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from orders.models import Intent
from orders.presenting.following import IntentPage
from orders.presenting.working import WorkingPage

__all__ = ["intent", "outcome", "waiting"]


@require_GET
@member_required()
def outcome(request: MemberRequest, code: str, intent: str) -> HttpResponse:
    """The inside of the dialog, asked again until the order rests."""
    return render(request, "orders/outcome.html", {"page": IntentPage(request.account, found(request, intent))})


@require_GET
@member_required()
def intent(request: MemberRequest, code: str, intent: str) -> HttpResponse:
    """One order with everything that was heard of it."""
    row = found(request, intent)
    is_own = row.created_by_id == request.user.pk
    may = {"may_order": Right.ORDER in request.rights, "is_own": is_own}
    may["may_approve"] = Right.APPROVE in request.rights and not is_own
    return render(request, "orders/intent.html", {"page": IntentPage(request.account, row), **may})


@require_GET
@member_required()
def waiting(request: MemberRequest, code: str) -> HttpResponse:
    """미체결, of ``?symbol=`` or of all."""
    may_order = Right.ORDER in request.rights
    page = WorkingPage(request.account, request.GET.get("symbol", "")[:12], may_order)
    return render(request, "orders/working.html", {"page": page})


def found(request: MemberRequest, code: str) -> Intent:
    """The account's intent of that code; another account's is no intent here."""
    row = Intent.objects.filter(account=request.account, code=code).select_related("created_by").first()
    if row is None:
        raise Http404
    return row
