"""``/t/<team>/members/<pk>/``: what one member may do, in the team and on each account; letting them go."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kiwoomweb.access.http import TeamRequest, team_required
from kiwoomweb.access.models import Membership
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors import accounts_for
from kiwoomweb.access.selectors.cautions import held_back
from kiwoomweb.access.services.members import NotAllowed, change, may_touch, remove
from kiwoomweb.access.services.stepping_up import stepped_up
from kiwoomweb.access.team_forms import MemberForm

__all__ = ["let_go", "member"]


@require_http_methods(["GET", "POST"])
@team_required(needs=Right.MEMBERS)
@stepped_up()
def member(request: TeamRequest, team: str, pk: int) -> HttpResponse:
    """The form with everything one member may do."""
    other = _other(request, pk)
    accounts = list(accounts_for(request.user).filter(team=request.team))
    posted = request.POST if "role" in request.POST else None
    form = MemberForm(request.membership, other, accounts, posted)
    if posted and (caution := held_back(request.user)):
        form.add_error(None, caution.sentence)
    elif form.is_valid():
        try:
            change(request.membership, other, form.given, request)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("%(name)s의 권한을 바꿨습니다.") % {"name": other.user})
            return redirect("access:team", team)
    page = {"team": request.team, "other": other, "form": form}
    return render(request, "access/member.html", page, status=422 if form.is_bound else 200)


@require_POST
@team_required(needs=Right.MEMBERS)
@stepped_up()
def let_go(request: TeamRequest, team: str, pk: int) -> HttpResponse:
    """Take a member out of the team."""
    other = _other(request, pk)
    try:
        remove(request.membership, other, request)
    except NotAllowed as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("%(name)s을(를) 내보냈습니다.") % {"name": other.user})
    return redirect("access:team", team)


def _other(request: TeamRequest, pk: int) -> Membership:
    found = Membership.objects.select_related("user", "team").filter(pk=pk, team=request.team).first()
    if found is None or not may_touch(request.membership, found):
        raise Http404
    return found
