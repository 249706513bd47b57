"""Reviews of trades: saved while they are filled in, and gone through one after another."""

import json
from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.ui.fragments import show
from portfolio.models import Trade
from portfolio.presenting.filter_bar import FOLDED
from portfolio.presenting.queue import QueuePage
from portfolio.presenting.review import ReviewPanel, said_in
from portfolio.selectors.trades import trade_of
from portfolio.services.reviews.saving import Saved, save
from portfolio.views.returning import back_to

__all__ = ["queue", "review"]

PART = "portfolio/parts/review.html"
#: Fields of a review that figures outside of its form are made of.
BESIDE = {"setup", "planned_stop", "planned_target"}


@require_POST
@member_required(needs=Right.NOTE)
def review(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """Save what the form says. htmx gets the state below it, or the whole when somebody else wrote too."""
    trade = _trade(request, pk)
    version = request.POST.get("version", "")
    based_on = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
    saved = save(request.account, trade, said_in(request.POST), based_on=based_on, author=request.user)
    panel = ReviewPanel(
        request.account,
        trade,
        may_write=True,
        conflicts=saved.conflicts,
        wrong=saved.wrong,
        then=back_to(request, "", "then"),
    )
    if "HX-Request" not in request.headers:
        if not panel.told:
            return redirect(panel.then or f"{reverse('portfolio:trades', args=[code])}{trade.pk}/")
        return render(request, "portfolio/review.html", {"panel": panel}, status=422)
    if panel.then and "reviewed" in saved.changed and not panel.told:
        return HttpResponse(status=204, headers={"HX-Redirect": panel.then})
    is_stale = saved.conflicts or based_on + bool(saved.changed) != saved.version or "reviewed" in saved.changed
    if is_stale:
        response = render(request, PART, {"panel": panel})
        response["HX-Retarget"], response["HX-Reswap"] = "#trade-review", "outerHTML"
    else:
        response = render(request, f"{PART}#state", {"panel": panel})
    response["HX-Trigger"] = json.dumps(_events(panel, saved))
    return response


def _events(panel: ReviewPanel, saved: Saved) -> dict[str, Mapping[str, str]]:
    """What the chart and the cards beside the form hear: where the plan stands now, saved or refused, and
    that their own figures have changed."""
    found: dict[str, Mapping[str, str]] = {"trade:planned": panel.plan}
    if saved.changed.keys() & BESIDE:
        found["trade:reviewed"] = {}
    return found


@require_GET
@member_required()
def queue(request: MemberRequest, code: str) -> HttpResponse:
    """오늘 복기할 거래: the list, or the next one to go over."""
    page = QueuePage(request.account, request.user, request.GET, may_write=Right.NOTE in request.rights)
    return show(request, "portfolio/queue.html", {"page": page}, later=FOLDED)


def _trade(request: MemberRequest, pk: int) -> Trade:
    found = trade_of(request.account, pk)
    if found is None:
        raise Http404
    return found.present
