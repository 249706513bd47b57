"""알림함: what a person has been told."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import SignedInRequest, signed_in
from kiwoomweb.notices.selectors.deliveries import troubled_of
from kiwoomweb.notices.selectors.notices import notices_of, unread_of
from kiwoomweb.notices.services.again import mark_read

__all__ = ["notices", "read"]

#: Notices shown; older ones have been read or forgotten.
MOST = 200


@require_GET
@signed_in
def notices(request: SignedInRequest) -> HttpResponse:
    """The newest first; the page says by itself that they have been seen."""
    rows = list(notices_of(request.user)[:MOST])
    page = {
        "notices": rows,
        "newest": rows[0].pk if rows else 0,
        "unread": unread_of(request.user).count(),
        "troubled": troubled_of(request.user).count(),
        "tab": "notices",
    }
    return render(request, "notices/list.html", page)


@require_POST
@signed_in
def read(request: SignedInRequest) -> HttpResponse:
    """``up_to``: everything to that notice has been seen."""
    up_to = request.POST.get("up_to", "")
    if up_to.isascii() and up_to.isdecimal() and len(up_to) < 19:
        mark_read(request.user.pk, int(up_to))
    return HttpResponse(status=204) if request.headers.get("HX-Request") else redirect("notices:list")
