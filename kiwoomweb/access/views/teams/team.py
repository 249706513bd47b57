"""``/t/<team>/``: the members with what each may do on each account; the team's name; leaving."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import TeamRequest, team_required
from kiwoomweb.access.models import Team
from kiwoomweb.access.presenting.team import TeamPage
from kiwoomweb.access.rights import Right
from kiwoomweb.access.services.auditing import record
from kiwoomweb.access.services.members import NotAllowed, remove
from kiwoomweb.access.team_forms import InviteForm, TeamForm

__all__ = ["leave", "rename", "team"]


@require_GET
@team_required()
def team(request: TeamRequest, team: str) -> HttpResponse:
    """Everybody of the team sees who is in it; who may do what, only those who decide it."""
    page = TeamPage(request.membership, request.rights)
    form = InviteForm(request.membership) if page.may_manage else None
    return render(request, "access/team.html", {"page": page, "form": form})


@require_POST
@team_required(needs=Right.MEMBERS)
def rename(request: TeamRequest, team: str) -> HttpResponse:
    form = TeamForm(request.POST)
    if form.is_valid():
        Team.objects.filter(pk=request.team.pk).update(name=form.cleaned_data["name"])
        record(
            "team.renamed", by=request.user, team=request.team, about=form.cleaned_data["name"], request=request
        )
        messages.success(request, _("팀 이름을 바꿨습니다."))
    else:
        messages.error(request, _("팀 이름을 한 글자 이상, 60자 이하로 적으세요."))
    return redirect("access:team", team)


@require_POST
@team_required()
def leave(request: TeamRequest, team: str) -> HttpResponse:
    """Go. What one has written stays with the team."""
    try:
        remove(request.membership, request.membership, request)
    except NotAllowed as no:
        messages.error(request, str(no))
        return redirect("access:team", team)
    messages.success(request, _("%(team)s에서 나왔습니다.") % {"team": request.team})
    return redirect("access:teams")
