"""What every request of a person brings along: their language, and that they are there."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from kiwoomweb.access.services.staying import is_there
from kiwoomweb.access.session_store import OPENED

__all__ = ["ReadersLanguage", "staying"]


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
    """Middleware: a session somebody uses does not run out meanwhile."""

    def through(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.session.session_key and request.user.is_authenticated:
            is_there(request.session.session_key, request.session.get(OPENED))
        return response

    return through
