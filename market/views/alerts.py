"""알림: wish to be told, look at what has rung. Everybody's alerts are their own."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.notices.selectors.notices import unread_of
from market.models import Alert
from market.screens.alerts import AlertForm, AlertsPage, told
from market.selectors.alerts import alerts_of, unread_rings
from market.services import alerts as services

__all__ = ["alerts", "change", "make", "read", "rung"]

#: Rings the bell tells of at once; more are counted.
MOST_TOLD = 5


@require_GET
@member_required(covers=False)
def alerts(request: MemberRequest, code: str) -> HttpResponse:
    """``?symbol=005930`` begins a new one for that symbol."""
    form = AlertForm(initial={"symbol": request.GET.get("symbol", "")[:12], "kind": "price_over"})
    page = AlertsPage(request.account, request.user, form)
    removed = request.session.pop("removed_alert", None)
    return render(request, "market/alerts.html", {"page": page, "removed": removed})


@require_POST
@member_required(covers=False)
def make(request: MemberRequest, code: str) -> HttpResponse:
    """A new alert; with a mistake the form comes back as it was typed."""
    form = AlertForm(request.POST)
    if form.is_valid():
        if services.make(request.user, request.account, form.wish()):
            messages.success(request, _("알림을 걸었습니다. 이 창을 닫아도 서버가 지켜봅니다."))
            return redirect("market:alerts", code)
        full = _("알림은 %(n)s개까지 걸 수 있습니다. 울린 알림을 지운 뒤 다시 거세요.") % {"n": services.MOST}
        form.add_error(None, full)
    page = AlertsPage(request.account, request.user, form)
    return render(request, "market/alerts.html", {"page": page}, status=422)


@require_POST
@member_required(covers=False)
def change(request: MemberRequest, code: str, number: int) -> HttpResponse:
    """``to``: pause, wake, remove or restore one's own alert."""
    to = request.POST.get("to", "")
    if to == "restore":
        if not services.restore(request.user, request.account, number):
            messages.error(request, _("되살릴 수 없습니다. 알림이 너무 많거나 이미 있습니다."))
        return redirect("market:alerts", code)
    mine = _mine(request, number)
    if to in ("pause", "wake"):
        services.pause(mine, to == "pause")
    elif to == "remove":
        services.remove(mine)
        request.session["removed_alert"] = mine.pk
        messages.success(request, _("알림을 지웠습니다."))
    return redirect("market:alerts", code)


@require_GET
@member_required(covers=False)
def rung(request: MemberRequest, code: str) -> HttpResponse:
    """The bell of the top bar: how many are unread, and the newest of them to be shown and heard."""
    return bell(request)


@require_POST
@member_required(covers=False)
def read(request: MemberRequest, code: str) -> HttpResponse:
    """``up_to``: everything to that ring has been seen."""
    up_to = request.POST.get("up_to", "")
    if up_to.isascii() and up_to.isdecimal() and len(up_to) < 19:
        services.mark_read(request.user, request.account, int(up_to))
    return bell(request)


def bell(request: MemberRequest) -> HttpResponse:
    """The bell as it is now."""
    unread = unread_rings(request.user, request.account)
    news = unread_of(request.user)
    context = {
        "account": request.account,
        "unread": unread.count() + news.count(),
        "rings": told(list(unread[:MOST_TOLD])),
        "news": list(news[:MOST_TOLD]),
    }
    return render(request, "market/alert_bell.html", context)


def _mine(request: MemberRequest, number: int) -> Alert:
    found = alerts_of(request.user, request.account).filter(pk=number).first()
    if found is None:
        raise Http404
    return found
