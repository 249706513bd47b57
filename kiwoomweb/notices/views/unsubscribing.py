"""Unsubscribing: one click in the mail program (RFC 8058), or one on the page behind the link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kiwoomweb.access.http import public
from kiwoomweb.notices.links import read_unsubscribe
from kiwoomweb.notices.services.opting import opt_in, opt_out, opted_out

__all__ = ["unsubscribe"]


@public("whoever gets our mail can stop it without signing in: the signed link is the key")
@csrf_exempt  # a mail program has no cookie of ours; the signature in the address is the permission
@require_http_methods(["GET", "HEAD", "POST"])
@public("the link in a letter, signed for its address")
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, for programs look at links before people do. ``again`` takes it back."""
    found = read_unsubscribe(token)
    if found is None:
        raise Http404
    address, scope = found
    if request.method == "POST":
        (opt_in if "again" in request.POST else opt_out)(address, scope)
    page = {"address": address, "scope": scope.partition(":")[0], "out": opted_out(address, scope)}
    return render(request, "notices/unsubscribe.html", page)
