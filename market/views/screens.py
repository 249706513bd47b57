"""화면번호: which number leads where, and the way there for whoever types one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from market.places.catalogue import NUMBERS, place, places
from market.selectors.screen_numbers import numbers_of
from market.services import screen_numbers

__all__ = ["change", "screens"]


@require_GET
@member_required(covers=False)
def screens(request: MemberRequest, code: str) -> HttpResponse:
    """The numbers of this person, and a form for another one."""
    return _shown(request)


@require_POST
@member_required(covers=False)
def change(request: MemberRequest, code: str) -> HttpResponse:
    """``number`` and ``place`` (empty: nowhere), or ``usual`` to have them all as they came."""
    if "usual" in request.POST:
        screen_numbers.forget_all(request.user)
        messages.success(request, _("화면번호를 처음대로 되돌렸습니다."))
        return redirect("market:screens", code)
    number, key = request.POST.get("number", "").strip(), request.POST.get("place", "")
    if wrong := _wrong(number, key):
        return _shown(request, wrong, number, key)
    if not screen_numbers.lead(request.user, number, key):
        full = _("번호는 %(n)s개까지 정할 수 있습니다. 쓰지 않는 번호부터 지우세요.") % {
            "n": screen_numbers.MOST
        }
        return _shown(request, full, number, key)
    return redirect("market:screens", code)


def _wrong(number: str, key: str) -> str:
    if not (len(number) == 4 and number.isascii() and number.isdecimal()):
        return _("번호는 숫자 네 자리입니다. 예: 0130")
    if key and place(key) is None:
        return _("목록에 있는 화면을 고르세요.")
    return ""


def _shown(request: MemberRequest, wrong: str = "", number: str = "", key: str = "") -> HttpResponse:
    numbers = numbers_of(request.user, NUMBERS)
    rows = [
        (one, found, found.address(request.account.code)) for one, at in numbers.items() if (found := place(at))
    ]
    context = {
        "account": request.account,
        "rows": rows,
        "places": places().values(),
        "wrong": wrong,
        "number": number,
        "key": key,
    }
    return render(request, "market/screens.html", context, status=422 if wrong else 200)
