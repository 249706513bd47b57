"""``/prove/``: who is there? Asked before dangerous doors, answered with a passkey, a code or the password."""

import re

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kiwoomweb.access.addresses import safe_address
from kiwoomweb.access.asking import WANTS, answer_in, brought_along, question
from kiwoomweb.access.http import SignedInRequest, signed_in
from kiwoomweb.access.models import Account
from kiwoomweb.access.selectors import account_or_404
from kiwoomweb.access.services.proving import Given, NotProved, prove
from kiwoomweb.access.services.showing import ask_to_show

__all__ = ["prove_by_passkey", "prove_yourself"]

#: A subject as orders name it: a SHA-256 in hex.
SUBJECT = re.compile(r"[0-9a-f]{64}", re.ASCII).fullmatch


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("prove_password", "prove_code", "prove_credential")
@signed_in
def prove_yourself(request: SignedInRequest) -> HttpResponseBase:
    """Asks; a right answer leads back, or tells the dialog's page to go on (``HX-Trigger: proved``)."""
    wants = _wants(request)
    wrong = ""
    if request.method == "POST":
        try:
            account, subject = _subject(request, wants)
            prove(
                request,
                request.user,
                Given(**answer_in(request)),
                account=account,
                subject_hash=subject,
            )
            return _on(request, wants)
        except NotProved as no:
            wrong = str(no)
    in_dialog = bool(request.headers.get("HX-Request"))
    page = "access/prove_form.html" if in_dialog and request.method == "POST" else "access/prove.html"
    if in_dialog and request.method == "GET":
        page = "access/prove_dialog.html"
    carried = brought_along(request) if request.POST.get("form") else None
    return render(
        request, page, {**question(request, wants, wrong), "in_dialog": in_dialog, "brought": carried}
    )


@never_cache
@require_POST
@signed_in
def prove_by_passkey(request: SignedInRequest) -> JsonResponse:
    """What the browser's passkeys are asked to sign: this account and subject, if the question names them."""
    account, subject = _subject(request, _wants(request))
    return JsonResponse(ask_to_show(request, request.user, account=account, subject_hash=subject))


def _wants(request: HttpRequest) -> dict[str, str]:
    said = request.POST if request.method == "POST" else request.GET
    return {key: said.get(key, "") for key in WANTS}


def _subject(request: SignedInRequest, wants: dict[str, str]) -> tuple[Account | None, str]:
    subject = wants["subject"]
    if subject and not SUBJECT(subject):
        raise Http404
    return (account_or_404(request.user, wants["account"]) if wants["account"] else None), subject


def _on(request: HttpRequest, wants: dict[str, str]) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Trigger": "proved"})
    then = safe_address(request, wants["next"])
    if request.POST.get("form"):
        return render(request, "access/go_on.html", {"then": then, "brought": brought_along(request)})
    return redirect(then)
