"""Step-up: dangerous doors ask again who is there, and let through who has just shown it.

    @require_http_methods(["GET", "POST"])
    @signed_in
    @stepped_up(seconds=300, strong=True)
    def keys(request: SignedInRequest) -> HttpResponse: …

An action that must be proved for itself (an order) asks in its body instead::

    if proved_within(user, account=account, subject_hash=ticket_hash, strong=True) is None:
        return ask(request, account=account, subject_hash=ticket_hash, strong=True)
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from kiwoomweb.access.asking import brought, question
from kiwoomweb.access.models import Account, User
from kiwoomweb.access.selectors.proofs import proved_within
from kiwoomweb.access.services.proving import spend, still_signed

__all__ = ["ask", "proved_within", "spend", "stepped_up", "still_signed"]

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def stepped_up(seconds: int = 300, *, strong: bool = False) -> Callable[[V], V]:
    """Only for who has proved to be themselves within ``seconds``; others are asked, and then go on."""

    def decorate(view: V) -> V:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = cast("User", request.user)
            if not user.is_authenticated or proved_within(user, seconds=seconds, strong=strong):
                return view(request, *args, **kwargs)
            return ask(request, strong=strong)

        return cast("V", guarded)

    return decorate


def ask(
    request: HttpRequest, *, account: Account | None = None, subject_hash: str = "", strong: bool = False
) -> HttpResponseBase:
    """The question who is there. htmx gets a dialog and then asks again by itself; a page is led there.

    A form that was sent without htmx gets the question in its place, and is sent on once that is answered.
    """
    wants = {
        "account": account.code if account else "",
        "subject": subject_hash,
        "strong": "1" if strong else "",
    }
    if request.headers.get("HX-Request"):
        return _dialog(request, wants)
    wants["next"] = request.get_full_path()
    if request.method in {"GET", "HEAD"}:
        told = {key: value for key, value in wants.items() if value}
        return HttpResponseRedirect(f"{reverse('access:prove')}?{urlencode(told)}")
    response = render(request, "access/prove.html", {**question(request, wants), "brought": brought(request)})
    add_never_cache_headers(response)
    return response


def _dialog(request: HttpRequest, wants: dict[str, str]) -> HttpResponseBase:
    response = render(request, "access/prove_dialog.html", {**question(request, wants), "in_dialog": True})
    response["HX-Retarget"], response["HX-Reswap"], response["HX-Reselect"] = (
        "body",
        "beforeend",
        "prove-dialog",
    )
    response["X-Prove"] = "1"
    return response
