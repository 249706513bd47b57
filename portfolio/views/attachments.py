"""Attachments: put beside a note, looked at, taken away, had back. Never a page of this site."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from portfolio.models import Attachment
from portfolio.presenting.noting import address_of
from portfolio.selectors.attachments import attachment_of, is_restorable, shelf_of
from portfolio.services import attaching
from portfolio.views.places import Key, place_or_404

__all__ = ["attach", "attachment", "bring_attachment_back", "remove_attachment", "thumbnail"]


@require_POST
@member_required(needs=Right.NOTE)
def attach(request: MemberRequest, code: str, key: Key) -> HttpResponse:
    """Keep what can be kept and say of each other file why not."""
    place = place_or_404(request.account, key)
    done = attaching.attach(place, request.FILES.getlist("files"), author=request.user)
    words = {"shelf": shelf_of(place), "refused": done.refused, "may_write": True, "account": request.account}
    if "HX-Request" not in request.headers:
        if not done.refused:
            return redirect(address_of(place))
        return render(request, "portfolio/attachments_refused.html", words, status=422)
    return render(request, "portfolio/parts/attachments.html", words)


@require_GET
@member_required(needs=Right.AMOUNTS)
def attachment(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """The content. Only pictures, which were drawn by us, are shown in the browser; the rest is saved."""
    row = _row_or_404(request, pk)
    return _served(row.content, row.media_type, row.name, as_attachment=not row.is_picture)


@require_GET
@member_required(needs=Right.AMOUNTS)
def thumbnail(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """The small picture."""
    row = _row_or_404(request, pk)
    if not row.is_picture:
        raise Http404
    return _served(row.thumbnail, "image/webp", f"{row.name}.webp", as_attachment=False)


@require_POST
@member_required(needs=Right.NOTE)
def remove_attachment(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """Off the page; it can be had back."""
    row = _row_or_404(request, pk)
    attaching.remove(row, author=request.user)
    return _shelf(request, row)


@require_POST
@member_required(needs=Right.NOTE)
def bring_attachment_back(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """It is there again."""
    row = get_object_or_404(attachment_of(request.account), pk=pk, removed_at__isnull=False)
    if not is_restorable(row):
        raise Http404
    attaching.bring_back(row)
    return _shelf(request, row)


def _row_or_404(request: MemberRequest, pk: int) -> Attachment:
    return get_object_or_404(attachment_of(request.account), pk=pk, removed_at=None)


def _shelf(request: MemberRequest, row: Attachment) -> HttpResponse:
    place = row.note.place
    if "HX-Request" not in request.headers:
        return redirect(address_of(place))
    words = {"shelf": shelf_of(place), "may_write": True, "account": request.account}
    return render(request, "portfolio/parts/attachments.html", words)


def _served(file: Any, media_type: str, name: str, *, as_attachment: bool) -> HttpResponse:
    """A content no browser takes for anything but its type, and that may load and run nothing."""
    try:
        with file.open("rb") as opened:
            answer = HttpResponse(opened.read(), content_type=media_type)
    except FileNotFoundError as error:
        raise Http404 from error
    answer["Content-Disposition"] = content_disposition_header(as_attachment, name) or ""
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
