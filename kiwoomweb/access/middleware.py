"""The language a person chose follows them to every browser; without a choice the browser decides."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

__all__ = ["ReadersLanguage"]


class ReadersLanguage(MiddlewareMixin):
    """Stands behind authentication; ``LocaleMiddleware`` before it has followed cookie and browser."""

    def process_request(self, request: HttpRequest) -> None:
        language = getattr(request.user, "language", "")
        if language and language in dict(settings.LANGUAGES) and language != translation.get_language():
            translation.activate(language)
            request.LANGUAGE_CODE = language
