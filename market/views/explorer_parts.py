"""What a form of the explorer asks while it is filled in, and the files an answer is taken away in."""

import json

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.broker.forms import asked_of
from kiwoomweb.ui.takeaway import KINDS, as_csv, as_workbook
from market.explorer.answer import Answer
from market.explorer.files import sheet_of, sheets_of
from market.explorer.question import body_of, inputs
from market.explorer.ticket import redeem
from market.explorer.ways import tr_for
from market.selectors.instruments import find
from market.services.exploring import pages_of
from market.services.lookups import known_values

__all__ = ["files", "symbols", "values"]

MOST = 8
TYPES = {"json": "application/json", **KINDS}


@require_GET
@member_required(covers=False)
def symbols(request: MemberRequest, code: str) -> HttpResponse:
    """What is typed into a symbol's field, under whatever name -> the best matches, to be picked."""
    text = next((str(value) for value in request.GET.dict().values()), "")[:40]
    return render(request, "market/explorer/symbols.html", {"found": find(text, MOST), "text": text})


@require_GET
@member_required(covers=False)
def values(request: MemberRequest, code: str, tr_id: str, name: str) -> HttpResponse:
    """The field ``name`` as a choice of what its lookup TR lists; as it was, and why, when it cannot."""
    found = tr_for(tr_id, masked=request.masked)
    sent = {key: str(value) for key, value in request.GET.dict().items()}
    form = inputs(asked_of(found), body_of(asked_of(found), sent), {}, {})
    field = next((each for each in form if each.field.name == name and each.field.lookup), None)
    told = known_values(request.account, field.field.lookup) if field else None
    if told is None:
        raise Http404
    codes = {each.code for each in told.value or ()}
    return render(request, "market/explorer/values.html", {"input": field, "told": told, "codes": codes})


@require_POST
@member_required(needs=Right.EXPORT, covers=False)
def files(request: MemberRequest, code: str, tr_id: str, kind: str) -> HttpResponse:
    """All pages of a result so far: ``csv`` (one list), ``xlsx`` (all lists), ``json`` (as it came, masked)."""
    found = tr_for(tr_id, masked=request.masked)
    ticket = redeem(request.POST.get("ticket", ""), user=request.user.pk, account=code, tr=found.id)
    if ticket is None:
        raise Http404
    answer = Answer(found, request.account, ticket, pages_of(request.account, ticket.replies))
    response = HttpResponse(content_of(answer, kind, request.POST.get("table", "")), content_type=TYPES[kind])
    name = f"{found.id}-{slugify(found.name, allow_unicode=True)}.{kind}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def content_of(answer: Answer, kind: str, name: str) -> str | bytes:
    """The file. Raises ``Http404`` where nothing was answered, or has no such list."""
    if answer.reading is None:
        raise Http404
    if kind == "json":
        return json.dumps(answer.mask.all(answer.fields), ensure_ascii=False, indent=2)
    if kind == "xlsx":
        with as_workbook(sheets_of(answer.reading, answer.mask)) as book:
            return book.read()
    table = next((table for table in answer.reading.tables if table.name == name), None)
    if table is None:
        raise Http404
    return b"".join(as_csv(sheet_of(table, answer.mask)))
