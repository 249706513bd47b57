"""``/t/<team>/invite/`` makes a link; ``/join/<token>/`` is where it leads."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kiwoomweb.access.http import TeamRequest, public, team_required
from kiwoomweb.access.models import Invitation, User
from kiwoomweb.access.models.proof import Method
from kiwoomweb.access.presenting.team import TeamPage
from kiwoomweb.access.rights import Right
from kiwoomweb.access.roles import Role
from kiwoomweb.access.sentences_of_roles import MAY
from kiwoomweb.access.services import inviting
from kiwoomweb.access.services.cautions import unless_held_back
from kiwoomweb.access.services.entering import entered
from kiwoomweb.access.services.inviting import LinkSpent
from kiwoomweb.access.services.members import NotAllowed
from kiwoomweb.access.services.proving import write_down
from kiwoomweb.access.services.stepping_up import stepped_up
from kiwoomweb.access.team_forms import InviteForm, JoinForm

__all__ = ["invite", "join", "withdraw"]


@never_cache
@require_POST
@team_required(needs=Right.MEMBERS)
@unless_held_back()
@stepped_up()
def invite(request: TeamRequest, team: str) -> HttpResponse:
    """Mail the link where mail works; else show it, on this answer and never again."""
    form, link = InviteForm(request.membership, request.POST), ""
    if form.is_valid():
        told = form.cleaned_data
        try:
            invitation, token = inviting.invite(request.membership, **told, request=request)
        except NotAllowed as no:
            form.add_error("email", str(no))
        else:
            link = request.build_absolute_uri(reverse("access:join", args=[token]))
            if settings.CAN_MAIL:
                _mail(request, invitation, link)
                messages.success(request, _("%(email)s로 초대를 보냈습니다.") % {"email": invitation.email})
                return redirect("access:team", team)
    page = {"page": TeamPage(request.membership, request.rights), "form": form, "link": link}
    return render(request, "access/team.html", page, status=200 if link else 422)


@require_POST
@team_required(needs=Right.MEMBERS)
def withdraw(request: TeamRequest, team: str, pk: int) -> HttpResponse:
    inviting.withdraw(request.membership, pk, request)
    return redirect("access:team", team)


@never_cache
@public("whoever is invited may have no account yet: the link is the key, and bound to one address")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def join(request: HttpRequest, token: str) -> HttpResponse:
    """New people say who they are; who has an account signs in with it, all factors included."""
    try:
        return _join(request, inviting.found(token), token)
    except LinkSpent:
        return render(request, "access/link_spent.html", status=404)


def _join(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    user = request.user
    page = {
        "invitation": invitation,
        "role": Role(invitation.role).label,
        "may": MAY[Role(invitation.role)],
        "token": token,
    }
    if user.is_authenticated:
        if user.email.lower() != invitation.email:
            return render(request, "access/join_other.html", page, status=403)
        if request.method == "POST":
            inviting.accept(invitation, user, request)
            return _welcome(request, invitation)
        return render(request, "access/join.html", page)
    if User.objects.filter(email__iexact=invitation.email).exists():
        return redirect(f"{reverse('account_login')}?next={reverse('access:join', args=[token])}")
    form = JoinForm(invitation.email, request.POST or None)
    if not form.is_valid():
        return render(request, "access/join.html", {**page, "form": form})
    told = form.cleaned_data
    newcomer = inviting.join_as_new(invitation, told["display_name"], told["password"], request)
    login(request, newcomer, backend=settings.AUTHENTICATION_BACKENDS[0])
    write_down(request, newcomer, Method.PASSWORD)
    response = _welcome(request, invitation)
    entered(request, newcomer, response, by="invitation")
    return response


def _welcome(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    messages.success(request, _("%(team)s에 들어왔습니다.") % {"team": invitation.team})
    return redirect("access:team", invitation.team.code)


def _mail(request: TeamRequest, invitation: Invitation, link: str) -> None:
    words = {"name": request.user, "team": request.team, "link": link}
    send_mail(
        _("%(team)s 초대") % words,
        _("%(name)s님이 %(team)s에 초대했습니다.\n\n%(link)s\n\n이 주소는 한 시간 동안 한 번만 쓸 수 있습니다.")
        % words,
        None,
        [invitation.email],
    )
    Invitation.objects.filter(pk=invitation.pk).update(mailed=True)
