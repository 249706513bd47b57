"""Search: pages by name or 화면번호, symbols by code, name or 초성, TRs by id or name; a page or a list."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import SignedInRequest, signed_in
from kiwoomweb.access.models import Account
from kiwoomweb.access.selectors import accounts_for
from kiwoomweb.ui.fragments import show
from market.explorer.shelf import named_trs
from market.places.catalogue import NUMBERS
from market.places.finding import by_number, matching
from market.selectors.instruments import find, instrument
from market.selectors.screen_numbers import numbers_of

__all__ = ["search"]

MOST, MOST_TRS = 20, 3


@require_GET
@signed_in
def search(request: SignedInRequest) -> HttpResponse:
    """``?q=삼성``; ``account`` names where the results open, else the person's first account.

    Whoever presses Enter on a 화면번호 or a whole code is taken there at once.
    """
    text, account = request.GET.get("q", "")[:40], opened_in(request)
    numbers = numbers_of(request.user, NUMBERS)
    if not request.headers.get("HX-Request") and (address := meant(text, account, numbers)):
        return redirect(address)
    found, trs = find(text, MOST), named_trs(text)[:MOST_TRS]
    near = [(one, one.place.address(account.code)) for one in matching(text, numbers)]
    context = {"text": text, "found": found, "trs": trs, "places": near, "account": account}
    return show(request, "market/search.html", context, "found")


def meant(text: str, account: Account, numbers: dict[str, str]) -> str:
    """The one address this can only mean: a number with a page, or the code of a known share. Else empty."""
    if there := by_number(text, numbers):
        return there.address(account.code)
    known = instrument(text.strip().upper())
    return reverse("market:symbol", args=[account.code, known.symbol]) if known else ""


def opened_in(request: SignedInRequest) -> Account:
    mine = accounts_for(request.user)
    account = mine.filter(code=request.GET.get("account", "")).first() or mine.first()
    if account is None:
        raise Http404
    return account
