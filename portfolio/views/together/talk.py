"""``/a/<code>/talk/<about>/``: the comments of a trade or a day, as a page and as a part of one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.ui.fragments import show
from portfolio.models import Comment, ReviewRequest
from portfolio.presenting.together.talk import Talk
from portfolio.selectors.together.comments import comment_for, open_requests
from portfolio.selectors.together.subjects import About, about_of, about_or_404
from portfolio.services.together import requesting, talking
from portfolio.services.together.requesting import RUBRIC
from portfolio.services.together.talking import Refused

__all__ = ["ask", "comment", "give", "history", "remove", "reviews", "talk"]


@require_http_methods(["GET", "POST"])
@member_required(needs=Right.COMMENT)
def talk(request: MemberRequest, code: str, about: str) -> HttpResponse:
    """Read what is said; posted, say something."""
    subject = about_or_404(request.account, about)
    if request.method != "POST":
        return _shown(request, Talk(subject, request.user))
    text, private = request.POST.get("text", ""), "private" in request.POST
    return _done(request, subject, lambda: talking.say(subject, request.user, text, private=private), text)


@require_POST
@member_required(needs=Right.COMMENT)
def comment(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """Mend one's own comment."""
    found, text = _comment(request, pk), request.POST.get("text", "")
    return _done(request, about_of(found), lambda: talking.edit(found, request.user, text), text, editing=pk)


@require_POST
@member_required(needs=Right.COMMENT)
def remove(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """Take one's own comment back."""
    found = _comment(request, pk)
    return _done(request, about_of(found), lambda: talking.remove(found, request.user))


@require_GET
@member_required(needs=Right.COMMENT)
def history(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """What a comment said before."""
    found = _comment(request, pk)
    page = {"comment": found, "about": about_of(found), "versions": found.versions.order_by("-replaced_at")}
    return render(request, "portfolio/together/history.html", page)


@require_POST
@member_required(needs=Right.COMMENT)
def ask(request: MemberRequest, code: str, about: str) -> HttpResponse:
    """Ask somebody for a review."""
    subject, of = about_or_404(request.account, about), request.POST.get("of", "")
    number = int(of) if of.isascii() and of.isdigit() and len(of) < 10 else 0
    words = request.POST.get("words", "")
    return _done(request, subject, lambda: requesting.ask(subject, request.user, number, words))


@require_POST
@member_required(needs=Right.COMMENT)
def give(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """Give the review one was asked for."""
    rows = ReviewRequest.objects.select_related("account", "trade", "asked_by")
    asked = get_object_or_404(rows, account=request.account, pk=pk)
    marks = {line: request.POST.get(line, "") for line in RUBRIC}
    remark = request.POST.get("remark", "")
    return _done(request, about_of(asked), lambda: requesting.give(asked, request.user, marks, remark))


@require_GET
@member_required(needs=Right.COMMENT)
def reviews(request: MemberRequest, code: str) -> HttpResponse:
    """What waits for a review: mine first."""
    waiting = open_requests(request.account)
    page = {
        "account": request.account,
        "mine": [(one, about_of(one)) for one in waiting if one.of_id == request.user.pk],
        "others": [(one, about_of(one)) for one in waiting if one.of_id != request.user.pk],
    }
    return render(request, "portfolio/together/reviews.html", page)


def _comment(request: MemberRequest, pk: int) -> Comment:
    found = comment_for(request.account, pk, request.user)
    if found is None:
        raise Http404
    return found


def _done(request: MemberRequest, about: About, deed: Any, draft: str = "", editing: int = 0) -> HttpResponse:
    """Do it and show the talk anew; what was refused is told, and kept in its box."""
    try:
        deed()
    except Refused as no:
        return _shown(request, Talk(about, request.user, str(no), draft, editing), status=422)
    if "HX-Request" in request.headers:
        return _shown(request, Talk(about, request.user))
    return redirect("portfolio:talk", request.account.code, about.key)


def _shown(request: MemberRequest, page: Talk, status: int = 200) -> HttpResponse:
    context = {"talk": page, "code": request.account.code}
    return show(request, "portfolio/together/talk.html", context, "talk", status=status)
