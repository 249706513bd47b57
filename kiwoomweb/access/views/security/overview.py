"""``/security/``: everything about signing in on one page; sessions are ended here, one or all."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import SignedInRequest, signed_in
from kiwoomweb.access.selectors.cautions import devices_held, held_back
from kiwoomweb.access.selectors.identity import places_of, ways_of
from kiwoomweb.access.services.cautions import vouch
from kiwoomweb.access.services.ending import end_others, end_session
from kiwoomweb.access.services.lost_factors import call_off, waiting_for
from kiwoomweb.access.services.stepping_up import stepped_up

__all__ = ["end_all_others", "end_one", "not_lost", "overview", "vouch_for"]


@never_cache
@require_GET
@signed_in
def overview(request: SignedInRequest) -> HttpResponse:
    """Ways in, sessions, and whom of one's teams somebody waits to let in again."""
    user = request.user
    page = {
        "ways": ways_of(user),
        "places": places_of(user, request.session.session_key),
        "lost": user.lost_factors.filter(lifted_at=None, called_off_at=None).first(),
        "waiting": waiting_for(user),
        "caution": held_back(user),
        "cautions": devices_held(user),
    }
    return render(request, "access/security/overview.html", page)


@require_POST
@signed_in
def end_one(request: SignedInRequest, pk: int) -> HttpResponse:
    """End one session of one's own. No question asked: who sees a stranger's session has no time."""
    if not end_session(request.user, pk, request):
        raise Http404
    messages.success(request, _("그 기기에서 나갔습니다."))
    return redirect("access:security")


@require_POST
@signed_in
def end_all_others(request: SignedInRequest) -> HttpResponse:
    """End every session but this one."""
    count = end_others(request.user, request, why="asked")
    messages.success(request, _("다른 기기 %(n)d곳에서 나갔습니다.") % {"n": count})
    return redirect("access:security")


@require_POST
@signed_in
@stepped_up()
def vouch_for(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another device of theirs was the person: what a new device must wait for opens there at once."""
    if not vouch(request.user, pk, request):
        raise Http404
    messages.success(request, _("그 기기의 잠금을 풀었습니다."))
    return redirect("access:security")


@require_POST
@signed_in
def not_lost(request: SignedInRequest) -> HttpResponse:
    """Somebody has asked to be let in without one's factor, and it was not oneself, or it was found."""
    call_off(request.user)
    messages.success(request, _("요청을 취소했습니다. 누가 했는지 모르겠다면 비밀번호를 바꾸세요."))
    return redirect("access:security")
