"""관심종목, one symbol at a time: its turn, its memo, to another list, off the list and back on it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from market.models import Watchlist
from market.screens.watchlists import WatchlistsPage
from market.services import arranging
from market.taken_off import forget_taken_off, keep_taken_off, taken_off

__all__ = ["back_to", "memo", "mine", "move", "place", "put_back", "remove"]


@require_POST
@member_required(covers=False)
def place(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """``symbol`` behind ``after`` -> ``{"order": [...]}``, the list as it is now; 409 when it is not on it."""
    chosen = mine(request, number)
    done = arranging.place(chosen, request.POST.get("symbol", ""), request.POST.get("after", ""))
    order = list(chosen.symbols.values_list("symbol", flat=True))
    trouble = "" if done else _("다른 사람이 이 종목을 뺐습니다. 새로 고쳐 보세요.")
    return JsonResponse({"order": order, "trouble": trouble}, status=200 if done else 409)


@require_POST
@member_required(covers=False)
def move(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """``symbol`` to the list ``to``."""
    chosen, told = mine(request, number), request.POST.get("to", "")
    target = mine(request, int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0)
    if arranging.move_to(chosen, target, request.POST.get("symbol", "")):
        messages.success(request, _("%(list)s 목록으로 옮겼습니다.") % {"list": target.name})
    else:
        messages.error(request, _("옮기지 못했습니다. 그 목록이 가득 찼거나 종목이 이미 빠졌습니다."))
    return back_to(code, chosen)


@require_POST
@member_required(covers=False)
def memo(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """Keep what a person wants to remember about a symbol here."""
    chosen = mine(request, number)
    if not arranging.remember(chosen, request.POST.get("symbol", ""), request.POST.get("memo", "")):
        told = {"most": arranging.LONGEST_MEMO}
        messages.error(request, _("메모를 적지 못했습니다. %(most)s자까지 적을 수 있습니다.") % told)
    return back_to(code, chosen)


@require_POST
@member_required(covers=False)
def remove(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """Take one off; one press puts it back."""
    chosen = mine(request, number)
    if removed := arranging.take_off(chosen, request.POST.get("symbol", "")):
        keep_taken_off(request.session, chosen, removed)
    return back_to(code, chosen)


@require_POST
@member_required(covers=False)
def put_back(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """What was last taken off, where it was, with its memo."""
    chosen = mine(request, number)
    removed = taken_off(request.session, chosen)
    forget_taken_off(request.session)
    if removed and not arranging.put_back(chosen, removed):
        messages.info(request, _("이미 목록에 있거나 목록이 가득 찼습니다."))
    return back_to(code, chosen)


def mine(request: MemberRequest, number: int) -> Watchlist:
    """The list, if this person may change it; everybody else finds none."""
    page = WatchlistsPage(request.account, request.user, request.rights, str(number))
    if page.current is None or page.current.pk != number or not page.may_change:
        raise Http404
    return page.current


def back_to(code: str, chosen: Watchlist) -> HttpResponse:
    """The board at this list."""
    return redirect(f"{reverse('market:live_board', args=[code])}?list={chosen.pk}")
