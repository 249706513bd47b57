"""Uploads that are too big are refused by what they say of themselves, before anything of them is read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

__all__ = ["MOST_BYTES", "RefuseBigUploads"]

#: What a request may bring. Pages have smaller limits of their own and say them.
MOST_BYTES = 24 * 1024 * 1024


class RefuseBigUploads(MiddlewareMixin):
    """Stands before everything that reads a body, and before the session: a stranger is refused as well."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if not said.isdigit() or int(said) <= MOST_BYTES:
            return None
        words = _("%(size)sMB를 올렸습니다. 한 번에 %(limit)sMB까지 올릴 수 있습니다. 나누어 올려 주세요.") % {
            "size": int(said) // 1024 // 1024,
            "limit": MOST_BYTES // 1024 // 1024,
        }
        if "HX-Request" not in request.headers:
            return render(request, "errors/413.html", {"words": words}, status=413)
        # Beside the page: what is being written on it stays.
        response = render(request, "ui/toast.html", {"sentence": words}, status=413)
        response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "beforeend"
        return response
