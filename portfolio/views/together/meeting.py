"""``/a/<code>/meeting/<week>/``: the weekly meeting; the address without a week is last week's."""

from collections.abc import Callable
from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from portfolio.presenting.together.meeting import MeetingPage
from portfolio.selectors.days import today_of
from portfolio.selectors.together.agenda import monday_of
from portfolio.selectors.trades import trade_of
from portfolio.services.together.meeting import add_action, end_action, vote, write_minutes
from portfolio.services.together.talking import Refused

__all__ = ["act", "ended", "last", "meeting", "minutes", "votes"]


@require_GET
@member_required()
def last(request: MemberRequest, code: str) -> HttpResponse:
    """This week's from Friday on, else the one before: what is over is talked about."""
    today = today_of(request.account)
    week = monday_of(today if today.weekday() >= 4 else today - timedelta(days=7))
    return redirect("portfolio:meeting", code, str(week))


@require_GET
@member_required()
def meeting(request: MemberRequest, code: str, week: date) -> HttpResponse:
    """The agenda with votes, minutes and what is to be done."""
    if week != monday_of(week):
        return redirect("portfolio:meeting", code, str(monday_of(week)))
    return _shown(request, week)


@require_POST
@member_required(needs=Right.COMMENT)
def minutes(request: MemberRequest, code: str, week: date) -> HttpResponse:
    """Save the minutes; nobody's words are written over."""
    text, version = request.POST.get("text", ""), _number(request.POST.get("version", "")) or 0
    return _done(request, week, lambda: write_minutes(request.account, week, request.user, text, version), text)


@require_POST
@member_required(needs=Right.COMMENT)
def votes(request: MemberRequest, code: str, week: date, pk: int) -> HttpResponse:
    """My vote on one trade."""
    trade = trade_of(request.account, pk)
    if trade is None:
        raise Http404
    return _done(
        request, week, lambda: vote(request.account, week, request.user, trade, request.POST.get("side", ""))
    )


@require_POST
@member_required(needs=Right.COMMENT)
def act(request: MemberRequest, code: str, week: date) -> HttpResponse:
    """Set down something to do."""
    text, owner = request.POST.get("text", ""), _number(request.POST.get("owner", ""))
    return _done(request, week, lambda: add_action(request.account, week, request.user, text, owner))


@require_POST
@member_required(needs=Right.COMMENT)
def ended(request: MemberRequest, code: str, week: date, pk: int) -> HttpResponse:
    """Done, or given up."""
    state = request.POST.get("state", "")
    return _done(request, week, lambda: end_action(request.account, pk, request.user, state))


def _done(request: MemberRequest, week: date, deed: Callable[[], object], draft: str = "") -> HttpResponse:
    if week != monday_of(week):
        raise Http404
    try:
        deed()
    except Refused as no:
        return _shown(request, week, str(no), draft)
    return redirect("portfolio:meeting", request.account.code, str(week))


def _shown(request: MemberRequest, week: date, wrong: str = "", draft: str = "") -> HttpResponse:
    may_write = Right.COMMENT in request.rights
    page = MeetingPage(request.account, week, request.user, may_write, wrong, draft)
    return render(request, "portfolio/together/meeting.html", {"page": page}, status=422 if wrong else 200)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
