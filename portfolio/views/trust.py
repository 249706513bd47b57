"""데이터 신뢰도: the list of days, one day with its equations, a raw reply, and the fixes a person may make."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.models import BrokerReply
from kiwoomweb.access.rights import Right
from kiwoomweb.later import later
from kiwoomweb.ui.fragments import show
from portfolio.analytics.proof import Equation
from portfolio.models import Explanation
from portfolio.presenting.trust import TrustPage
from portfolio.presenting.trust_day import ShownReply, TrustDayPage
from portfolio.selectors.days import today_of
from portfolio.services.confirming import NoProposal, confirm_event
from portfolio.services.explaining import NothingToExplain, explain, take_back
from portfolio.services.looking_again import read_again

__all__ = ["again", "confirm", "day", "reply", "say", "trust", "unsay"]


@require_GET
@member_required()
def trust(request: MemberRequest, code: str) -> HttpResponse:
    """The score and the days; filter and page live in the address."""
    return show(request, "portfolio/trust.html", {"page": TrustPage(request.account, request.GET)}, "proofs")


@require_GET
@member_required()
def day(request: MemberRequest, code: str, day: date) -> HttpResponse:
    """One day's proof. The future has none."""
    if day > today_of(request.account):
        raise Http404
    wanted = request.GET.get("eq", "")
    opened = wanted if wanted in {equation.value for equation in Equation} else ""
    page = TrustDayPage(request.account, day, may_fix=Right.NOTE in request.rights, opened=opened)
    return show(request, "portfolio/trust_day.html", {"page": page}, "rows")


@require_GET
@member_required(needs=Right.AMOUNTS)
def reply(request: MemberRequest, code: str, day: date, pk: int) -> HttpResponse:
    """One raw reply of the account, masked."""
    kept = get_object_or_404(BrokerReply, account=request.account, pk=pk)
    shown = ShownReply(request.account, kept)
    return render(
        request, "portfolio/trust_reply.html", {"shown": shown, "day": day, "account": request.account}
    )


@require_POST
@member_required(needs=Right.NOTE)
def again(request: MemberRequest, code: str, day: date) -> HttpResponse:
    """다시 읽기: ask the broker for the day once more."""
    if day > today_of(request.account):
        raise Http404
    read_again(request.account, day, waits=True)
    later("portfolio.sync_account", account_id=request.account.pk)
    messages.success(request, _("키움에 이 날을 다시 물어봅니다. 답이 오면 대조를 새로 합니다."))
    return redirect("portfolio:trust_day", code, day)


@require_POST
@member_required(needs=Right.NOTE)
def say(request: MemberRequest, code: str, day: date) -> HttpResponse:
    """Explain a difference, or take the broker's figure for right. A reason is required."""
    reason = request.POST.get("reason", "").strip()
    name = (request.POST.get("equation", ""), request.POST.get("key", ""), request.POST.get("symbol", ""))
    kind = Explanation.Kind.ACCEPTED if request.POST.get("kind") == "accepted" else Explanation.Kind.TOLD
    if not reason:
        messages.error(request, _("이유를 한 줄 적어 주세요. 나중에 이 날을 보는 사람이 읽습니다."))
        return redirect("portfolio:trust_day", code, day)
    try:
        explain(request.account, day, name, kind=kind, reason=reason, author=request.user)
    except NothingToExplain:
        messages.warning(request, _("그 사이 값이 바뀌어 설명할 차이가 없습니다. 지금 값을 확인해 주세요."))
    else:
        messages.success(request, _("이유를 남겼습니다. 값이 다시 달라지면 이 설명은 효력을 잃습니다."))
    return redirect("portfolio:trust_day", code, day)


@require_POST
@member_required(needs=Right.NOTE)
def unsay(request: MemberRequest, code: str, day: date, pk: int) -> HttpResponse:
    """Withdraw an explanation."""
    take_back(request.account, day, pk)
    messages.success(request, _("설명을 거두었습니다. 글은 기록에 남습니다."))
    return redirect("portfolio:trust_day", code, day)


@require_POST
@member_required(needs=Right.NOTE)
def confirm(request: MemberRequest, code: str, day: date) -> HttpResponse:
    """권리 확인: the shares changed by a corporate action."""
    symbol, reason = request.POST.get("symbol", ""), request.POST.get("reason", "").strip()
    try:
        confirm_event(request.account, day, symbol, reason=reason, author=request.user)
    except NoProposal:
        messages.warning(request, _("이 종목에 제안된 권리가 없습니다. 보유 수량을 다시 확인해 주세요."))
    else:
        messages.success(request, _("권리를 반영했습니다. 체결은 그대로 두고 매매와 대조를 새로 계산했습니다."))
    return redirect("portfolio:trust_day", code, day)
