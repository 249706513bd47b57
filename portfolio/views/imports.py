"""Imports: upload, say what the columns are, look at what would come in, bring it in, take it back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.ui.takeaway import KINDS, Column, Form, Sheet, attachment, take_away
from orders.incoming.grid import MOST_BYTES
from orders.incoming.opening import too_big
from orders.models import ImportBatch
from orders.selectors.imports import mapping_of, preview
from orders.services.importing import ImportRefused, commit, discard, settle_mapping, take_in, undo
from portfolio.presenting.imports import BatchPage, ColumnsPage, ImportsPage
from portfolio.presenting.imports.columns import mapping_said
from portfolio.selectors.days import today_of

__all__ = ["batch", "columns", "commit_batch", "discard_batch", "imports", "left_out", "original", "undo_batch"]


@require_http_methods(["GET", "POST"])
@member_required()
def imports(request: MemberRequest, code: str) -> HttpResponse:
    """The list; a file posted here becomes a draft."""
    may_write = Right.NOTE in request.rights
    wrong = ""
    if request.method == "POST":
        if not may_write:
            raise Http404
        try:
            return redirect(_next(_taken_in(request)))
        except ImportRefused as no:
            wrong = str(no)
    page = ImportsPage(request.account, may_write, wrong)
    return render(request, "portfolio/imports.html", {"page": page}, status=422 if wrong else 200)


@require_GET
@member_required()
def batch(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """One import: a draft as a preview, the others as they went."""
    return _show(request, _batch_or_404(request, pk))


@require_http_methods(["GET", "POST"])
@member_required(needs=Right.NOTE)
def columns(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """Which column is what, for this file and all later ones with the same heading."""
    row = _draft_or_404(request, pk)
    page = ColumnsPage(row, today_of(request.account), mapping_of(row))
    if request.method == "POST":
        page.mapping, page.wrong = mapping_said(page.mapping, request.POST)
        if not page.wrong:
            settle_mapping(row, page.mapping, request.user)
            if not page.mapping.lacks and not page.found.is_asked:
                return redirect("portfolio:import", code, pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "portfolio/import_columns.html", {"page": page}, status=status)


@require_POST
@member_required(needs=Right.NOTE)
def commit_batch(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """Bring in what is new."""
    row = _batch_or_404(request, pk)
    try:
        found = commit(row, today_of(request.account))
    except ImportRefused as no:
        return _show(request, row, str(no))
    messages.success(request, _("%(n)s건을 들였습니다. 언제든 되돌릴 수 있습니다.") % {"n": len(found.new)})
    return redirect("portfolio:import", code, pk)


@require_POST
@member_required(needs=Right.NOTE)
def discard_batch(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """Throw a draft away."""
    discard(_draft_or_404(request, pk))
    return redirect("portfolio:imports", code)


@require_POST
@member_required(needs=Right.NOTE)
def undo_batch(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """Take the whole import back."""
    row = _batch_or_404(request, pk)
    try:
        gone = undo(row, request.user)
    except ImportRefused as no:
        return _show(request, row, str(no))
    messages.success(
        request, _("%(n)s건을 되돌렸습니다. 지우지 않았으므로 다시 들일 수 있습니다.") % {"n": gone}
    )
    return redirect("portfolio:import", code, pk)


@require_GET
@member_required(needs=(Right.EXPORT, Right.AMOUNTS))
def left_out(request: MemberRequest, code: str, pk: int, kind: str) -> HttpResponseBase:
    """The lines that were not recorded, with the reason of each, as a file to mend."""
    if kind not in KINDS:
        raise Http404
    row = _batch_or_404(request, pk)
    told = row.left_out
    if row.state == ImportBatch.State.DRAFT:
        told = [(one.line, one.reason, one.cells) for one in preview(row, today_of(request.account)).refused]
    width = max((len(cells) for _line, _why, cells in told), default=0)
    heads = [Column(_("줄"), Form.WHOLE), Column(_("까닭")), *(Column(str(n + 1)) for n in range(width))]
    rows = ([line, why, *cells, *[""] * (width - len(cells))] for line, why, cells in told)
    stem = f"{row.file_name.rpartition('.')[0] or row.pk}-{_('빠진 줄')}"
    return take_away(request, kind, stem, [Sheet(_("빠진 줄"), heads, rows)])


@require_GET
@member_required(needs=(Right.NOTE, Right.EXPORT, Right.AMOUNTS))
def original(request: MemberRequest, code: str, pk: int) -> HttpResponseBase:
    """The file as it was uploaded."""
    row = _batch_or_404(request, pk)
    if not row.size:
        raise Http404
    return attachment(request, row.file_name or f"{row.pk}", "application/octet-stream", iter([row.raw]))


def _taken_in(request: MemberRequest) -> ImportBatch:
    file = request.FILES.get("file")
    if file is None:
        raise ImportRefused(_("올릴 파일을 고르세요."))
    if (file.size or 0) > MOST_BYTES:
        raise ImportRefused(too_big())
    return take_in(request.account, request.user, file.name or "", file.read())


def _next(row: ImportBatch) -> str:
    """Where a new draft leads: to its columns while something must be said, else to its preview."""
    from django.urls import reverse

    found = preview(row, today_of(row.account))
    name = "import_columns" if found.mapping.lacks or found.is_asked else "import"
    return reverse(f"portfolio:{name}", args=[row.account.code, row.pk])


def _batch_or_404(request: MemberRequest, pk: int) -> ImportBatch:
    rows = ImportBatch.objects.filter(account=request.account).exclude(state=ImportBatch.State.DISCARDED)
    row = rows.select_related("account", "author", "undone_by").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _draft_or_404(request: MemberRequest, pk: int) -> ImportBatch:
    row = _batch_or_404(request, pk)
    if row.state != ImportBatch.State.DRAFT:
        raise Http404
    return row


def _show(request: MemberRequest, row: ImportBatch, wrong: str = "") -> HttpResponse:
    page = BatchPage(row, today_of(request.account), Right.NOTE in request.rights, wrong)
    return render(request, "portfolio/import.html", {"page": page}, status=409 if wrong else 200)
