"""A note: saved while it is written, its versions, its removal and return."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.ui.fragments import show
from portfolio.models import Note
from portfolio.presenting.noting import HistoryPage, address_of
from portfolio.selectors.attachments import RESTORABLE
from portfolio.selectors.notes import note_at
from portfolio.services.noting import LONGEST, TooLong, bring_back, remove, restore, write
from portfolio.views.places import Key, place_or_404

__all__ = ["bring_note_back", "history", "remove_note", "restore_version", "save_note"]


@require_POST
@member_required(needs=Right.NOTE)
def save_note(request: MemberRequest, code: str, key: Key) -> HttpResponse:
    """Save, and answer with the note as it is now: when it was saved, and copies written in between."""
    place, text = place_or_404(request.account, key), request.POST.get("text", "")
    try:
        saved = write(place, text, based_on=_number(request.POST.get("version", "")), author=request.user)
    except TooLong as error:
        words = {"note": note_at(place), "length": error.length, "longest": LONGEST, "text": text}
        template = "parts/note_state.html" if "HX-Request" in request.headers else "note_refused.html"
        return render(request, f"portfolio/{template}", words, status=422)
    if "HX-Request" not in request.headers:
        return redirect(address_of(place))
    told = {"note": note_at(place), "is_beside": saved.is_conflict}
    return render(request, "portfolio/parts/note_state.html", told)


@require_GET
@member_required()
def history(request: MemberRequest, code: str, key: Key) -> HttpResponse:
    """Every saved text with who wrote it when, and what changed, the newest first."""
    place = place_or_404(request.account, key)
    page = HistoryPage(place, request.GET.get("before", ""), may_write=Right.NOTE in request.rights)
    return show(request, "portfolio/note_history.html", {"page": page}, "versions")


@require_POST
@member_required(needs=Right.NOTE)
def restore_version(request: MemberRequest, code: str, key: Key, number: int) -> HttpResponse:
    """An old text becomes the present one; the present one becomes an old one."""
    place = place_or_404(request.account, key)
    note = get_object_or_404(Note, **place.lookup)
    get_object_or_404(note.versions, number=number)
    saved = restore(note, number, author=request.user)
    if saved.is_frozen:
        messages.warning(request, _("장이 열린 날의 계획은 고치지 않습니다. 이 글은 사본으로 남겼습니다."))
    else:
        messages.success(request, _("%(n)d번째 글을 지금 글로 되돌렸습니다.") % {"n": number})
    return redirect(address_of(place))


@require_POST
@member_required(needs=Right.NOTE)
def remove_note(request: MemberRequest, code: str, key: Key) -> HttpResponse:
    """Off the page; it can be had back."""
    place = place_or_404(request.account, key)
    remove(get_object_or_404(Note, **place.lookup), author=request.user)
    messages.success(
        request, _("메모를 지웠습니다. %(n)d일 안에는 되살릴 수 있습니다.") % {"n": RESTORABLE.days}
    )
    return redirect(address_of(place))


@require_POST
@member_required(needs=Right.NOTE)
def bring_note_back(request: MemberRequest, code: str, key: Key) -> HttpResponse:
    """A removed note is there again."""
    place = place_or_404(request.account, key)
    note = get_object_or_404(Note, removed_at__isnull=False, **place.lookup)
    if note_at(place).removed_at is None:
        messages.warning(
            request, _("지운 지 %(n)d일이 지나 여기서는 되살릴 수 없습니다.") % {"n": RESTORABLE.days}
        )
    else:
        bring_back(note)
        messages.success(request, _("메모를 되살렸습니다."))
    return redirect(address_of(place))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
