"""Tables to take away: the journal's tables as CSV or XLSX, in the page's own filter and order."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.ui.takeaway import KINDS, take_away
from portfolio.presenting.files import TABLES, Asked

__all__ = ["files"]


@require_GET
@member_required(needs=Right.EXPORT)
def files(request: MemberRequest, code: str, table: str, kind: str) -> HttpResponseBase:
    """One table with the query of its page. There is no other table and no other kind."""
    if table not in TABLES or kind not in KINDS:
        raise Http404
    asked = Asked(request.account, request.GET.dict(), request.GET.urlencode())
    found = TABLES[table]
    return take_away(request, kind, f"{request.account.name}-{found.title}-{asked.words}", found.sheets(asked))
