"""전체 중지: stop at once, all or one member or symbol; see what is stopped; open again on second thoughts."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.models import Account, User
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors import accounts_for, rights_here, who_sees
from kiwoomweb.access.services.stepping_up import ask, proved_within
from kiwoomweb.broker.domain import is_gold
from market.selectors.instruments import instrument
from orders.errors import OrderError
from orders.selectors.lanes import closed_by
from orders.selectors.limits import limits_of
from orders.selectors.stops import barred, narrow_stops_of, state_of, stops_of
from orders.services import halting

__all__ = ["halt", "halts", "release"]


@require_GET
@member_required()
def halts(request: MemberRequest, code: str) -> HttpResponse:
    """What stops the account, anew: banner and the word in the top bar, or (``?on=ticket``) the note there."""
    stops = stops_of(request.account)
    template = "orders/parts/stopped.html" if request.GET.get("on") == "ticket" else "orders/halts.html"
    shown: dict[str, Any] = {"code": code, "stops": stops, "state": state_of(stops), "anew": True}
    if symbol := request.GET.get("symbol", "")[:20]:
        closed = closed_by(request.account) if limits_of(request.account, timezone.now()).trading else ""
        shown |= {"symbol": symbol, "barred": barred(request.account, request.user, symbol), "closed": closed}
    return render(request, template, shown)


@require_POST
@member_required(needs=Right.HALT)
def halt(request: MemberRequest, code: str) -> HttpResponse:
    """Stop this account, or (``scope=all``) every account the person may stop. No questions asked.

    ``scope=narrow`` stops only the ``member`` or the ``symbol`` that is named, in this account.
    """
    reason = request.POST.get("reason", "").strip()[:200] or _("까닭을 적지 않음")
    scope = request.POST.get("scope")
    try:
        whose = _narrowed(request) if scope == "narrow" else {}
    except ValueError as wrong:
        messages.error(request, str(wrong))
        return redirect("orders:desk", code)
    for account in _stoppable(request.user) if scope == "all" else [request.account]:
        halting.halt(account, request.user, reason, **whose)
    messages.warning(request, _("주문을 멈췄습니다. 기다리는 주문을 거두고 있습니다."))
    return redirect("orders:desk", code)


def _narrowed(request: MemberRequest) -> dict[str, Any]:
    """The member or the symbol to stop. Raises ``ValueError`` with what is wrong: none, both, unknown."""
    symbol = "".join(request.POST.get("symbol", "").split()).upper()[:20]
    number = request.POST.get("member", "")[:12]
    if bool(symbol) == bool(number):
        raise ValueError(_("멈출 사람이나 종목 가운데 하나를 고르세요. 모두 멈추려면 전체 중지를 누르세요."))
    if symbol:
        if not is_gold(symbol) and instrument(symbol) is None:
            raise ValueError(_("%(symbol)s: 그런 종목이 없습니다. 종목코드를 확인하세요.") % {"symbol": symbol})
        return {"symbol": symbol}
    person = next((one for one in who_sees(request.account) if str(one.pk) == number), None)
    if person is None:
        raise ValueError(_("이 계좌를 보는 사람이 아닙니다. 목록에서 고르세요."))
    return {"member": person}


@require_POST
@member_required(needs=Right.HALT)
def release(request: MemberRequest, code: str) -> HttpResponseBase:
    """Open again: who is there is asked, then a second word is needed. ``halt`` names a narrow one."""
    if proved_within(request.user) is None:
        return ask(request)
    whose: dict[str, Any] = {}
    if number := request.POST.get("halt", "")[:12]:
        stops = narrow_stops_of(request.account)
        found = next((one.halt for one in stops if one.halt and str(one.halt.pk) == number), None)
        if found is None or found.account_id is None:
            messages.error(request, _("이미 풀렸거나 여기서 풀 수 없는 정지입니다."))
            return redirect("orders:desk", code)
        whose = {"member": found.member, "symbol": found.symbol}
    try:
        opened = halting.release(request.account, request.user, **whose)
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
