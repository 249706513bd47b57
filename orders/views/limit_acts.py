"""What is done on the page of limits besides setting them: agree, withdraw, switch, open a shut day."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.access.services.stepping_up import stepped_up
from kiwoomweb.broker.environment import Environment
from orders.errors import OrderError
from orders.models import DayLock, LimitChange
from orders.services import limiting

__all__ = ["agree", "open_day", "switch", "withdraw"]


@require_POST
@member_required(needs=Right.APPROVE)
def agree(request: MemberRequest, code: str, number: int) -> HttpResponseBase:
    """Say yes to a looser limit. Who says it to their own wish proves once more who they are."""
    change = get_object_or_404(LimitChange, pk=number, account=request.account)
    act = partial(limiting.agree, change, request.user, request=request)
    own = change.asked_by_id == request.user.pk
    return (
        _proved(request, act, _("동의했습니다."), seconds=60)
        if own
        else _done(request, act, _("동의했습니다."))
    )


@require_POST
@member_required(needs=Right.APPROVE)
def withdraw(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """Take a waiting change back."""
    change = get_object_or_404(LimitChange, pk=number, account=request.account)
    return _done(request, partial(limiting.withdraw, change, request.user, request=request), _("거뒀습니다."))


@require_POST
@member_required(needs=Right.APPROVE)
def switch(request: MemberRequest, code: str) -> HttpResponseBase:
    """Trading on or off. On, for a real account, only right after a code or a passkey."""
    if request.POST.get("trading") != "on":
        off = partial(limiting.switch_off, request.account, request.user, request=request)
        return _done(request, off, _("거래를 껐습니다. 새 주문은 나가지 않습니다."))
    understood = bool(request.POST.get("understood"))
    on = partial(limiting.switch_on, request.account, request.user, understood=understood, request=request)
    said = _("거래를 켰습니다. 한도 안에서 주문할 수 있습니다.")
    is_real = request.account.environment == Environment.LIVE
    return _proved(request, on, said, seconds=300) if is_real else _done(request, on, said)


@require_POST
@member_required(needs=Right.APPROVE)
def open_day(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """Let a day go on that its loss or its number of orders has shut."""
    lock = get_object_or_404(DayLock, pk=number, account=request.account)
    act = partial(limiting.open_day, lock, request.user, request=request)
    return _done(request, act, _("잠금을 풀었습니다."))


def _proved(request: MemberRequest, act: Callable[[], object], said: str, seconds: int) -> HttpResponseBase:
    """Do it once they have shown a code or a passkey within so many seconds; else they are asked first."""

    def go_on(_request: HttpRequest) -> HttpResponse:
        return _done(request, act, said)

    return stepped_up(seconds=seconds, strong=True)(go_on)(request)


def _done(request: MemberRequest, act: Callable[[], object], said: str) -> HttpResponse:
    """Do it and say so, or say why not; back to the page either way."""
    try:
        act()
    except OrderError as no:
        messages.error(request, str(no))
    else:
        messages.success(request, said)
    return redirect("limits:page", request.account.code)
