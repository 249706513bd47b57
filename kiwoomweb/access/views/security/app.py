"""``/security/app/``: an authenticator app — a picture to scan, a code to show that it worked."""

import base64
import time

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kiwoomweb.access import sealing
from kiwoomweb.access.factors import keeping, totp
from kiwoomweb.access.factors.drawing import qr
from kiwoomweb.access.http import SignedInRequest, signed_in
from kiwoomweb.access.models import Credential
from kiwoomweb.access.models.caution import Why
from kiwoomweb.access.patience import TooMany, guessing
from kiwoomweb.access.sealing import Place
from kiwoomweb.access.services.cautions import unless_held_back
from kiwoomweb.access.services.factors import made_app, made_codes
from kiwoomweb.access.services.stepping_up import stepped_up

__all__ = ["make_app"]

_SEED = "app_seed"


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("code")
@signed_in
@unless_held_back(Why.FACTORS, Why.NETWORK)
@stepped_up()
def make_app(request: SignedInRequest) -> HttpResponse:
    """Shows a new seed; the first right code keeps it. Every visit makes another."""
    secret = _seed(request, anew="code" not in request.POST)
    wrong = ""
    if "code" in request.POST:
        counter = _counter(request, secret)
        if counter is not None:
            return _made(request, secret, counter)
        wrong = _("코드가 맞지 않습니다. 휴대폰의 시계가 맞는지 보고 지금 뜬 코드를 넣으세요.")
    address = totp.setup_address(secret, request.user.email)
    page = {"picture": qr(address), "secret": secret, "address": address, "wrong": wrong}
    return render(request, "access/security/app.html", page)


def _made(request: SignedInRequest, secret: str, counter: int) -> HttpResponse:
    user = request.user
    del request.session[_SEED]
    made_app(user, secret, counter, request)
    if keeping.codes_left(user) is None:
        return render(request, "access/security/codes.html", {"codes": made_codes(user, request)})
    return redirect("access:security")


def _counter(request: SignedInRequest, secret: str) -> int | None:
    try:
        with guessing(request, "prove", f"{request.user.pk}"):
            return totp.matching(secret, request.POST.get("code", ""), time.time())
    except TooMany:
        return None


def _seed(request: SignedInRequest, *, anew: bool) -> str:
    """The seed that waits for its first code: sealed, as the session lies in the database."""
    place = Place("django_session", request.user.pk, _SEED, "sign-in")
    kept = request.session.get(_SEED)
    if kept and not anew:
        return sealing.unseal(base64.b64decode(kept), place)
    if not Credential.objects.exists():
        sealing.make_ring()
    secret = totp.new_secret()
    request.session[_SEED] = base64.b64encode(sealing.seal(secret, place)).decode()
    return secret
