"""보낸 기록: everything that left for a person or from their accounts, and what became of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import SignedInRequest, signed_in
from kiwoomweb.notices.selectors.deliveries import deliveries_of, troubled_of
from kiwoomweb.notices.services.again import put_away, send_again

__all__ = ["decide", "deliveries"]

MOST = 200


@require_GET
@signed_in
def deliveries(request: SignedInRequest) -> HttpResponse:
    """What went wrong above, everything below."""
    trouble = list(troubled_of(request.user)[:MOST])
    rows = list(deliveries_of(request.user)[:MOST])
    page = {"trouble": trouble, "rows": rows, "troubled": len(trouble), "tab": "sent"}
    return render(request, "notices/sent.html", page)


@require_POST
@signed_in
def decide(request: SignedInRequest, code: str) -> HttpResponse:
    """``to``: again or seen."""
    row = deliveries_of(request.user).filter(code=code).first()
    if row is None:
        raise Http404
    if request.POST.get("to") == "again":
        if send_again(row):
            messages.success(request, _("다시 보냅니다."))
        else:
            messages.error(request, _("다시 보낼 수 없습니다. 이미 보냈거나 내용이 남아 있지 않습니다."))
    else:
        put_away(row)
    return redirect("notices:sent")
