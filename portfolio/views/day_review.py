"""복기 완료: a person says that a day has been gone over, or takes it back."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from portfolio.presenting.day import DayPage
from portfolio.selectors.days import today_of
from portfolio.services.reviewing_days import mark_reviewed, take_back

__all__ = ["review_day"]


@require_POST
@member_required(needs=Right.NOTE)
def review_day(request: MemberRequest, code: str, day: date) -> HttpResponse:
    """``done=1`` marks the day, anything else takes the mark back."""
    if day > today_of(request.account):
        raise Http404
    if request.POST.get("done") == "1":
        mark_reviewed(request.account, day, by=request.user)
    else:
        take_back(request.account, day)
    if "HX-Request" not in request.headers:
        return redirect("portfolio:day", code, day)
    page = DayPage(account=request.account, day=day, may_write=True)
    return render(request, "portfolio/parts/day_review.html", {"page": page})
