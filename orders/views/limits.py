"""``/a/<code>/limits/``: what an account may trade; the owner sets it, everybody reads it."""

from collections.abc import Callable, Mapping
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.models import User
from kiwoomweb.access.rights import Right
from kiwoomweb.access.roles import Role
from orders.errors import MayNot
from orders.limits import FIGURES, MEMBER_FIGURES
from orders.models import LimitChange
from orders.presenting.limits import LimitsPage, clock_in, figure_in, symbols_in
from orders.selectors.people import member_or_404
from orders.services.limiting import Value, set_limit

__all__ = ["limits", "member"]

Readers = Mapping[str, Callable[[str], Value]]


@require_http_methods(["GET", "POST"])
@member_required(needs=Right.SEE)
def limits(request: MemberRequest, code: str) -> HttpResponse:
    """The limits of an account. A form with one wrong field changes nothing."""
    if request.method != "POST":
        return _shown(request, LimitsPage(request.account, request.user))
    said = {name: request.POST.get(name, "") for name in FIGURES}
    said["credit"] = "1" if request.POST.get("credit") else "0"
    found, wrong = _read({name: partial(figure_in, one) for name, one in FIGURES.items()}, said)
    if wrong:
        return _shown(request, LimitsPage(request.account, request.user, said, wrong), 422)
    return _saved(request, {name: (value, None) for name, value in found.items()})


@require_POST
@member_required(Role.OWNER, needs=Right.LIMITS)
def member(request: MemberRequest, code: str, person: int) -> HttpResponse:
    """The limits of one member within the account's."""
    whose = member_or_404(request.account, person)
    figures = {name: partial(figure_in, one) for name, one in MEMBER_FIGURES.items()}
    readers: Readers = {**figures, "symbols": symbols_in, "opens": clock_in, "closes": clock_in}
    found, wrong = _read(readers, {name: request.POST.get(name, "") for name in readers})
    if wrong:
        messages.error(request, " ".join(dict.fromkeys(wrong.values())))
        return redirect("limits:page", code)
    return _saved(request, {name: (value, whose) for name, value in found.items()})


def _read(readers: Readers, said: dict[str, str]) -> tuple[dict[str, Value], dict[str, str]]:
    """What was written into each field, and the sentences for those that cannot be read."""
    found: dict[str, Value] = {}
    wrong: dict[str, str] = {}
    for name, read in readers.items():
        try:
            found[name] = read(said[name])
        except ValueError as sentence:
            wrong[name] = str(sentence)
    return found, wrong


def _saved(request: MemberRequest, wanted: dict[str, tuple[Value, User | None]]) -> HttpResponse:
    try:
        asked = [
            set_limit(request.account, request.user, name, value, member=whose, request=request)
            for name, (value, whose) in wanted.items()
        ]
    except MayNot as no:
        messages.error(request, str(no))
        return redirect("limits:page", request.account.code)
    changes = [change for change in asked if change is not None]
    waiting = sum(change.state == LimitChange.State.ASKED for change in changes)
    if waiting:
        told = {"n": waiting}
        messages.info(request, _("올리는 변경 %(n)d건은 다른 사람이 동의한 뒤, 내일부터 적용됩니다.") % told)
    if len(changes) > waiting:
        messages.success(request, _("한도를 바꿨습니다. 지금부터 적용됩니다."))
    if not changes:
        messages.info(request, _("바뀐 것이 없습니다."))
    return redirect("limits:page", request.account.code)


def _shown(request: MemberRequest, page: LimitsPage, status: int = 200) -> HttpResponse:
    return render(request, "orders/limits.html", {"page": page, "account": request.account}, status=status)
