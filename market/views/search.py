"""Search: symbols by code, name or 초성 and TRs by id or name, as a page or as the list under the box."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import SignedInRequest, signed_in
from kiwoomweb.access.models import Account
from kiwoomweb.access.selectors import accounts_for
from kiwoomweb.ui.fragments import show
from market.explorer.shelf import named_trs
from market.selectors.instruments import find

__all__ = ["search"]

MOST, MOST_TRS = 20, 3


@require_GET
@signed_in
def search(request: SignedInRequest) -> HttpResponse:
    """``?q=삼성``; ``account`` names where the results open, else the person's first account."""
    text = request.GET.get("q", "")[:40]
    found, trs = find(text, MOST), named_trs(text)[:MOST_TRS]
    context = {"text": text, "found": found, "trs": trs, "account": opened_in(request)}
    return show(request, "market/search.html", context, "found")


def opened_in(request: SignedInRequest) -> Account:
    mine = accounts_for(request.user)
    account = mine.filter(code=request.GET.get("account", "")).first() or mine.first()
    if account is None:
        raise Http404
    return account
