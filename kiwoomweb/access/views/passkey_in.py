"""``/accounts/passkey/``: signing in with a passkey alone: it knows whose it is and recognises them."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kiwoomweb.access.addresses import safe_address
from kiwoomweb.access.asking import answer_in
from kiwoomweb.access.factors.having import PASSKEY
from kiwoomweb.access.http import public
from kiwoomweb.access.patience import TooMany, guessing
from kiwoomweb.access.services.showing import ask_to_show, shown

__all__ = ["passkey_in", "passkey_in_ask"]


@public("a way in")
@never_cache
@require_POST
def passkey_in_ask(request: HttpRequest) -> JsonResponse:
    """What any passkey of this site is asked to sign. Says nothing about who is here."""
    return JsonResponse(ask_to_show(request, None))


@public("a way in")
@never_cache
@require_POST
@sensitive_post_parameters("prove_credential")
def passkey_in(request: HttpRequest) -> HttpResponseBase:
    """Whoever has signed comes in. No bucket of an account is touched: there is nothing to guess."""
    if request.user.is_authenticated:
        return redirect("home")
    try:
        with guessing(request, "passkey", "in"):
            found = shown(request, answer_in(request).get("credential"), user=None)
            if found is None:
                raise LookupError
    except (TooMany, LookupError):
        messages.error(request, _("이 패스키로는 들어올 수 없습니다. 비밀번호로 들어오세요."))
        return redirect("account_login")
    row = found[0]
    record_authentication(request, row.user, "mfa", id=row.pk, type=PASSKEY, passwordless=True)
    login = Login(user=row.user, redirect_url=safe_address(request, request.POST.get("next", "")))
    response: HttpResponse = perform_login(request, login)
    return response
