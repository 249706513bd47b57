"""What every request of a person brings along: their language, and that they are there."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.urls import resolve
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from kiwoomweb.access.seeing import seeing_as
from kiwoomweb.access.selectors.seeing import seeing_of
from kiwoomweb.access.services.staying import is_there
from kiwoomweb.access.session_store import OPENED

__all__ = ["ReadersLanguage", "seeing", "staying"]


class ReadersLanguage(MiddlewareMixin):
    """The language a person chose follows them to every browser; without a choice the browser decides.

    Stands behind authentication; ``LocaleMiddleware`` before it has followed cookie and browser.
    """

    def process_request(self, request: HttpRequest) -> None:
        language = getattr(request.user, "language", "")
        if language and language in dict(settings.LANGUAGES) and language != translation.get_language():
            translation.activate(language)
            request.LANGUAGE_CODE = language


def staying(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Middleware: a session somebody uses does not run out meanwhile; where one did, the whole page says so."""

    def through(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.user.is_authenticated:
            if request.session.session_key:
                is_there(request.session.session_key, request.session.get(OPENED))
        elif response.status_code == 302 and request.headers.get("HX-Request"):
            return _whole_page(request, response)
        return response

    return through


#: What somebody who looks as another may still do: stop it, leave, and choose a language.
STILL = frozenset({"see-stop", "account_logout", "set_language"})


def seeing(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Middleware: who looks as another member reads what both may see, and changes nothing."""

    def through(request: HttpRequest) -> HttpResponseBase:
        found = seeing_of(request)
        request.seeing = found  # type: ignore[attr-defined]
        if found is None:
            return get_response(request)
        with seeing_as(found):
            if request.method not in {"GET", "HEAD", "OPTIONS"} and not _may_still(request):
                return render(request, "access/only_looking.html", status=403)
            return get_response(request)

    return through


def _may_still(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).url_name in STILL
    except Http404:
        return False


def _whole_page(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A part of a page that wants a sign-in leads the page there, and back to where it was."""
    login = resolve_url(settings.LOGIN_URL)
    if not response.headers.get("Location", "").startswith(login):
        return response
    page = urlsplit(request.headers.get("HX-Current-URL", "/"))
    here = f"{page.path}?{page.query}" if page.query else page.path
    return HttpResponse(status=204, headers={"HX-Redirect": f"{login}?{urlencode({'next': here})}"})
