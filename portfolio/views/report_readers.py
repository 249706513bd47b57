"""A reader outside the team is asked first: the page behind the link of that mail."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from kiwoomweb.access.http import public
from portfolio.services.reporting.planning import agree, read_question

__all__ = ["question"]


@public("an outside reader is asked by mail and has no account: the signed link is the key")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, token: str) -> HttpResponse:
    """Looking agrees to nothing; the button does."""
    reader = read_question(token)
    if reader is None:
        raise Http404
    if request.method == "POST":
        agree(reader)
        reader.refresh_from_db()
    return render(request, "portfolio/reports/question.html", {"reader": reader})
