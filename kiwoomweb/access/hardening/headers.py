"""Headers of every answer, errors and files too. Stands first of all; what a page has set itself stays."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

__all__ = ["SafeHeaders"]

#: A page uses none of the machine's organs.
NOTHING = ("camera", "display-capture", "geolocation", "hid", "microphone", "midi", "payment", "serial", "usb")
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{organ}=()" for organ in NOTHING),
    # Pages bring their own, with a nonce. What has none is no page: a file, a redirect, a refusal.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
}


class SafeHeaders(MiddlewareMixin):
    """Adds what is missing; what was made for one person is kept by nobody on the way, and in no cache."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        for name, value in EVERYWHERE.items():
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers and not response.headers.get("ETag"):
            response.headers["Cache-Control"] = "no-store, private"
        return response
