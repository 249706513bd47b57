"""``/t/<team>/members/<pk>/see/``: look at the pages as a member sees them; ``/see/stop/`` ends it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kiwoomweb.access.http import SignedInRequest, TeamRequest, signed_in, team_required
from kiwoomweb.access.models import Membership
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors.seeing import KEPT_AS, may_see_as
from kiwoomweb.access.services.auditing import record
from kiwoomweb.access.signals import access_changed

__all__ = ["see", "stop"]


@require_POST
@team_required(needs=Right.MEMBERS)
def see(request: TeamRequest, team: str, pk: int) -> HttpResponse:
    """From now on everything is read as this member would read it."""
    other = Membership.objects.select_related("user").filter(pk=pk, team=request.team).first()
    if other is None or not may_see_as(request.membership, other):
        raise Http404
    record("member.seen_as", by=request.user, team=request.team, about=other.user.email, request=request)
    request.session[KEPT_AS] = other.pk
    _pages_come_again(request)
    return redirect("home")


@require_POST
@signed_in
def stop(request: SignedInRequest) -> HttpResponse:
    """Back to oneself."""
    kept = request.session.pop(KEPT_AS, None)
    other = Membership.objects.select_related("user", "team").filter(pk=kept).first()
    _pages_come_again(request)
    if other is None:
        return redirect("home")
    record("member.seen_no_more", by=request.user, team=other.team, about=other.user.email, request=request)
    return redirect("access:team", other.team.code)


def _pages_come_again(request: SignedInRequest) -> None:
    """Pages that are open hear as whom they were opened: they are sent away and come in as they are now."""
    request.session.save()
    access_changed.send(None, user_id=request.user.pk)
