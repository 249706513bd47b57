"""``/a/<code>/hand-over/``: offer the account to somebody who owns another team, or take the offer back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kiwoomweb.access.handing_over import offer, turn_down
from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.models import Handover
from kiwoomweb.access.rights import Right
from kiwoomweb.access.roles import Role
from kiwoomweb.access.services.cautions import unless_held_back
from kiwoomweb.access.services.members import NotAllowed
from kiwoomweb.access.services.stepping_up import stepped_up

__all__ = ["hand_over"]


@require_http_methods(["GET", "POST"])
@member_required(Role.OWNER, needs=(Right.KEYS, Right.EXPORT))
@unless_held_back()
@stepped_up()
def hand_over(request: MemberRequest, code: str) -> HttpResponse:
    """The account with its journal goes only when the other side takes it."""
    waiting = (
        Handover.objects.select_related("to").filter(account=request.account, ended_at__isnull=True).first()
    )
    wrong = ""
    if "back" in request.POST and waiting:
        turn_down(waiting, request.user, request)
        return redirect("access:hand-over", code)
    if "email" in request.POST:
        try:
            offer(request.account, request.user, request.POST["email"], request)
        except NotAllowed as no:
            wrong = str(no)
        else:
            messages.success(request, _("제안했습니다. 받는 사람이 받으면 계좌가 넘어갑니다."))
            return redirect("access:hand-over", code)
    page = {"account": request.account, "waiting": waiting, "wrong": wrong}
    return render(request, "access/hand_over.html", page, status=422 if wrong else 200)
