"""관심종목, whole lists: make, rename, throw away and take back, put on, bring over the terminal's."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.broker.errors import BrokerError
from market.models import Instrument
from market.screens.watchlists import WatchlistsPage
from market.selectors.instruments import find
from market.services import watching
from market.services.instruments import known_or_learnt
from market.views.arranging import back_to, mine

__all__ = ["add", "bring", "make", "rename", "restore", "throw_away", "watchlists"]


@require_GET
@member_required(covers=False)
def watchlists(request: MemberRequest, code: str) -> HttpResponse:
    """Where the lists used to be: the board shows them now. ``?list=7``"""
    number = request.GET.get("list", "")
    return redirect(reverse("market:live_board", args=[code]) + (f"?list={number}" if number.isdigit() else ""))


@require_POST
@member_required(needs=Right.NOTE, covers=False)
def bring(request: MemberRequest, code: str) -> HttpResponse:
    """Bring over the groups of the broker's terminal; what is here already stays."""
    try:
        done = watching.bring_over(request.account)
    except BrokerError as trouble:
        messages.error(request, _(trouble.notice))
    else:
        told = {"lists": done.lists, "new": done.new_lists, "symbols": done.new_symbols}
        messages.success(
            request, _("%(lists)s개 그룹을 받았습니다. 새 목록 %(new)s개, 새 종목 %(symbols)s개.") % told
        )
        if done.left:
            messages.info(request, _("지운 목록 %(left)s개는 그대로 두었습니다.") % {"left": done.left})
    return redirect("market:live_board", code)


@require_POST
@member_required(covers=False)
def make(request: MemberRequest, code: str) -> HttpResponse:
    """A new list, of the team (whoever may trade) or one's own."""
    name = request.POST.get("name", "").strip()
    of_team = request.POST.get("whose") == "team" and Right.NOTE in request.rights
    if not name:
        messages.error(request, _("목록 이름을 적어 주세요."))
        return redirect("market:live_board", code)
    made = watching.make(name, account=request.account) if of_team else watching.make(name, owner=request.user)
    if made is None:
        messages.error(request, _("목록이 너무 많습니다. 쓰지 않는 목록을 지운 뒤 다시 하세요."))
        return redirect("market:live_board", code)
    return back_to(code, made)


@require_POST
@member_required(covers=False)
def add(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """By code, name or 초성."""
    chosen, text = mine(request, number), request.POST.get("symbol", "").strip()[:40]
    found = find(text, most=1).first() or _learnt(request, text)
    if found is None:
        messages.error(request, _("%(text)s: 맞는 종목이 없습니다.") % {"text": text or "—"})
    elif not watching.add(chosen, found.symbol):
        messages.info(request, _("%(name)s: 이미 있거나 목록이 가득 찼습니다.") % {"name": found.name})
    return back_to(code, chosen)


@require_POST
@member_required(covers=False)
def rename(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """Call a list otherwise."""
    chosen = mine(request, number)
    if not watching.rename(chosen, request.POST.get("name", "")):
        messages.error(request, _("목록 이름을 적어 주세요."))
    return back_to(code, chosen)


@require_POST
@member_required(covers=False)
def throw_away(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """Out of sight, and to be had back."""
    chosen = mine(request, number)
    watching.throw_away(chosen)
    told = _("%(name)s 목록을 지웠습니다. 아래 지운 목록에서 되살릴 수 있습니다.") % {"name": chosen.name}
    messages.success(request, told)
    return redirect("market:live_board", code)


@require_POST
@member_required(covers=False)
def restore(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """A list that was thrown away, as it was."""
    removed = WatchlistsPage(request.account, request.user, request.rights).removed
    chosen = next((one for one in removed if one.pk == number), None)
    if chosen is None:
        raise Http404
    if not watching.restore(chosen):
        messages.error(request, _("목록이 너무 많습니다. 쓰지 않는 목록을 지운 뒤 다시 하세요."))
        return redirect("market:live_board", code)
    return back_to(code, chosen)


def _learnt(request: MemberRequest, text: str) -> Instrument | None:
    """A code our list of instruments does not have yet."""
    if len(text) != 6 or not (text.isascii() and text.isalnum()):
        return None
    try:
        return known_or_learnt(request.account, text.upper())
    except BrokerError:
        return None
