"""``/security/passkey/``: a new passkey of this device; and dropping any factor."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kiwoomweb.access.agents import short_name
from kiwoomweb.access.asking import credential_in
from kiwoomweb.access.factors import ceremony, keeping
from kiwoomweb.access.factors.ceremony import NotAccepted
from kiwoomweb.access.http import SignedInRequest, signed_in
from kiwoomweb.access.models.caution import Why
from kiwoomweb.access.services.cautions import unless_held_back
from kiwoomweb.access.services.devices import agent_of
from kiwoomweb.access.services.factors import drop, made_codes, made_passkey
from kiwoomweb.access.services.stepping_up import stepped_up

__all__ = ["drop_factor", "make_passkey", "make_passkey_ask"]

_ASKED = "passkey_making"


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("made_credential")
@signed_in
@unless_held_back(Why.FACTORS, Why.NETWORK)
@stepped_up()
def make_passkey(request: SignedInRequest) -> HttpResponse:
    """Names the device and makes a passkey on it."""
    wrong = ""
    if request.method == "POST" and request.POST.get("made_credential"):
        site, state = ceremony.site_of(request), request.session.pop(_ASKED, {})
        try:
            made = ceremony.finish_making(site, state, credential_in(request, "made_credential"))
        except NotAccepted:
            wrong = _("패스키를 만들지 못했습니다. 다시 하세요.")
        else:
            return _kept(request, site.rp_id, made)
    page = {"name": request.POST.get("name") or short_name(agent_of(request)), "wrong": wrong}
    return render(request, "access/security/passkey.html", page)


@never_cache
@require_POST
@signed_in
@unless_held_back(Why.FACTORS, Why.NETWORK)
@stepped_up()
def make_passkey_ask(request: SignedInRequest) -> JsonResponse:
    """What this device is asked to make. Devices that hold one of the person's already say so."""
    user, site = request.user, ceremony.site_of(request)
    known = [keeping.public_half(row) for row in keeping.passkeys_of(user, site.rp_id)]
    options, state = ceremony.begin_making(site, f"person-{user.pk}", user.email, str(user), known)
    request.session[_ASKED] = state
    return JsonResponse(options)


@require_POST
@signed_in
@unless_held_back()
@stepped_up()
def drop_factor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one away. The person is told, and asked whether others should be signed out."""
    if not drop(request.user, pk, request):
        raise Http404
    messages.success(request, _("없앴습니다. 모르는 기기가 있으면 아래에서 나가게 하세요."))
    return redirect("access:security")


def _kept(request: SignedInRequest, rp_id: str, made: tuple[bytes, str, int]) -> HttpResponse:
    user = request.user
    name = request.POST.get("name", "")[:40].strip() or short_name(agent_of(request))
    made_passkey(user, name, rp_id, made, request)
    if keeping.codes_left(user) is None:
        return render(request, "access/security/codes.html", {"codes": made_codes(user, request)})
    messages.success(request, _("패스키를 만들었습니다."))
    return redirect("access:security")
