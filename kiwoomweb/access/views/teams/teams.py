"""``/teams/``: my teams, switching between them, a new one, and accounts offered to me."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kiwoomweb.access.handing_over import open_offers, take, turn_down
from kiwoomweb.access.http import SignedInRequest, signed_in
from kiwoomweb.access.models import Handover
from kiwoomweb.access.rights import Right, rights_of
from kiwoomweb.access.roles import Role
from kiwoomweb.access.selectors import memberships_of
from kiwoomweb.access.services.members import NotAllowed, start_team
from kiwoomweb.access.team_forms import TeamForm

__all__ = ["decide", "teams"]


@require_http_methods(["GET", "POST"])
@signed_in
def teams(request: SignedInRequest) -> HttpResponse:
    """The list; a name posted here becomes a team of one's own."""
    form = TeamForm(request.POST or None)
    if form.is_valid():
        team = start_team(request.user, form.cleaned_data["name"], request)
        return redirect("access:team", team.code)
    mine = list(memberships_of(request.user))
    page = {
        "form": form,
        "memberships": [(one, Role(one.role).label, Right.MEMBERS in rights_of(one.role)) for one in mine],
        "owned": [one.team for one in mine if one.role == Role.OWNER],
        "offers": open_offers(request.user),
    }
    return render(request, "access/teams.html", page, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the account that is offered into one of my teams, or not."""
    offered = Handover.objects.select_related("account__team", "giver").filter(pk=pk, to=request.user).first()
    if offered is None:
        raise Http404
    if "take" not in request.POST:
        turn_down(offered, request.user, request)
        return redirect("access:teams")
    try:
        account = take(offered, request.user, request.POST.get("team", ""), request)
    except NotAllowed as no:
        messages.error(request, str(no))
        return redirect("access:teams")
    messages.success(request, _("계좌를 받았습니다. 새 값을 받으려면 이 계좌의 키를 넣으세요."))
    return redirect("portfolio:overview", account.code)
