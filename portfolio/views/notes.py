"""The note of a day: saved while it is written, whoever else writes at the same time."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.roles import Role
from portfolio.selectors.days import today_of
from portfolio.selectors.notes import note_of
from portfolio.services.noting import save

__all__ = ["note"]

#: Characters; the box of the page stops there too.
LONGEST = 20_000


@require_POST
@member_required(at_least=Role.TRADER)
def note(request: MemberRequest, code: str, day: date) -> HttpResponse:
    """Save, and answer with the note as it is now: when it was saved, and copies written in between."""
    if day > today_of(request.account):
        raise Http404
    version = request.POST.get("version", "")
    based_on = int(version) if version.isascii() and version.isdigit() else 0
    save(request.account, day, request.POST.get("text", "")[:LONGEST], based_on=based_on, author=request.user)
    if "HX-Request" not in request.headers:
        return redirect("portfolio:day", code, day)
    return render(request, "portfolio/parts/note_state.html", {"note": note_of(request.account, day)})
