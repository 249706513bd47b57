"""``/accounts/2fa/``: the password was right; now the second factor, or a cry for help without it."""

from typing import Any, cast

from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginStageController
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kiwoomweb.access.asking import answer_in
from kiwoomweb.access.factors import ceremony, keeping
from kiwoomweb.access.factors.having import PASSKEY, TOTP
from kiwoomweb.access.http import public
from kiwoomweb.access.models import User
from kiwoomweb.access.patience import TooMany, guessing
from kiwoomweb.access.services.auditing import record
from kiwoomweb.access.services.devices import known_device
from kiwoomweb.access.services.lost_factors import ask_to_lift
from kiwoomweb.access.services.showing import ask_to_show, shown

__all__ = ["lost_factor", "second_factor", "second_factor_by_passkey"]


class Wrong(Exception):
    """``str()`` says what to do."""


@public("half signed in: the password was right, the rest is asked here")
@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("prove_code", "prove_credential")
def second_factor(request: HttpRequest) -> HttpResponseBase:
    """A code of the app, a recovery code or a passkey; then the way in goes on."""
    stage = _stage(request)
    if stage is None:
        return redirect("account_login")
    user = cast("User", stage.login.user)
    wrong = ""
    if request.method == "POST":
        try:
            kind, pk = _checked(request, user)
        except Wrong as no:
            wrong = str(no)
        else:
            record_authentication(request, user, "mfa", id=pk, type=kind)
            return cast("HttpResponseBase", stage.exit())
    return render(request, "access/second_factor.html", _page(request, user, wrong))


@public("half signed in: the password was right, the rest is asked here")
@never_cache
@require_POST
def second_factor_by_passkey(request: HttpRequest) -> HttpResponse:
    """What the person's passkeys are asked to sign."""
    stage = _stage(request)
    if stage is None:
        return redirect("account_login")
    return JsonResponse(ask_to_show(request, stage.login.user))


@public("half signed in: the password was right, the rest is asked here")
@never_cache
@require_http_methods(["GET", "POST"])
def lost_factor(request: HttpRequest) -> HttpResponse:
    """Says what losing a factor costs, and on a click starts the day of waiting."""
    stage = _stage(request)
    if stage is None:
        return redirect("account_login")
    lost = ask_to_lift(cast("User", stage.login.user), request) if request.method == "POST" else None
    return render(request, "access/lost_factor.html", {"lost": lost})


def _stage(request: HttpRequest) -> Any:
    """The step of signing in at which this browser stands, if it is this one."""
    if request.user.is_authenticated:
        return None
    return LoginStageController.enter(request, AuthenticateStage.key)


def _checked(request: HttpRequest, user: User) -> tuple[str, int | None]:
    """Kind and row of the factor that was shown. Raises ``Wrong``."""
    device = known_device(request, user.email)
    action, key = ("factor_device", f"{device.pk}") if device else ("factor_stranger", f"{user.pk}")
    try:
        with guessing(request, action, key):
            return _given(request, user)
    except TooMany:
        raise Wrong(_("시도가 너무 많습니다. 5분 뒤에 다시 하세요.")) from None


def _given(request: HttpRequest, user: User) -> tuple[str, int | None]:
    given = answer_in(request)
    if given.get("credential") is not None:
        found = shown(request, given["credential"], user=user)
        if found:
            return PASSKEY, found[0].pk
    elif keeping.took_code(user, given.get("code", "")):
        return TOTP, None
    elif keeping.took_recovery(user, given.get("code", "")):
        return str(Authenticator.Type.RECOVERY_CODES), None
    record("session.refused", by=None, about=user.email, detail={"by": "second factor"}, request=request)
    raise Wrong(_("코드가 맞지 않거나 이미 쓴 코드입니다. 새 코드가 뜨면 다시 하세요."))


def _page(request: HttpRequest, user: User, wrong: str) -> dict[str, Any]:
    has_app = Authenticator.objects.filter(user=user, type=TOTP).exists()
    here = keeping.passkeys_of(user, ceremony.site_of(request).rp_id)
    return {"wrong": wrong, "by_app": has_app, "by_passkey": bool(here)}
