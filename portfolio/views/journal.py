"""매매일지: the list of days, and one day with everything known about it."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.ui.fragments import show
from portfolio.presenting.day import DayPage
from portfolio.presenting.day_course import DayCoursePage
from portfolio.presenting.filter_bar import FOLDED
from portfolio.presenting.journal import JournalPage
from portfolio.selectors.planning import last_planned_day

__all__ = ["day", "day_course", "journal"]


@require_GET
@member_required()
def journal(request: MemberRequest, code: str) -> HttpResponse:
    """The days of one month, newest first."""
    page = JournalPage(account=request.account, query=request.GET, person=request.user)
    return show(request, "portfolio/journal.html", {"page": page}, "days", later=FOLDED)


@require_GET
@member_required()
def day(request: MemberRequest, code: str, day: date) -> HttpResponse:
    """One day. The future has no page, but for the plan of the next trading day."""
    if day > last_planned_day(request.account):
        raise Http404
    whole = request.GET.get("fills") == "all"
    page = DayPage(
        account=request.account,
        day=day,
        may_write=Right.NOTE in request.rights,
        has_all_fills=whole,
        query=request.GET,
        person=request.user,
    )
    return show(request, "portfolio/day.html", {"page": page}, later=FOLDED)


@require_GET
@member_required()
def day_course(request: MemberRequest, code: str, day: date) -> HttpResponse:
    """How the day ran, and its trades: a part of the page that comes after the rest."""
    course = DayCoursePage(account=request.account, day=day, query=request.GET)
    return render(request, "portfolio/parts/day_course.html", {"course": course})
