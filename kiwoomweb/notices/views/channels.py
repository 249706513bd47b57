"""받는 방법: by which ways a person is told of what, and when they want quiet."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import SignedInRequest, signed_in
from kiwoomweb.access.key_ring import SealError
from kiwoomweb.notices.forms import ChannelForm, HabitsForm, WebhookForm
from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.models import Channel, Digest, Habits, Way
from kiwoomweb.notices.selectors.deliveries import troubled_of
from kiwoomweb.notices.services import channels as services
from kiwoomweb.notices.services import telegramming
from kiwoomweb.notices.services.opting import NOTICES, opt_in, opted_out
from kiwoomweb.notices.services.testing import send_a_test
from kiwoomweb.notices.wires.guard import Forbidden

__all__ = ["add", "change", "channels", "habits"]


@require_GET
@signed_in
def channels(request: SignedInRequest) -> HttpResponse:
    """A new webhook's signing key is shown this once."""
    return _page(request, key=request.session.pop("webhook_key", None))


@require_POST
@signed_in
def add(request: SignedInRequest, way: str) -> HttpResponse:
    """``webhook`` with ``url``, or ``telegram`` with ``token``."""
    if len(services.channels_of(request.user)) >= services.MOST:
        wrong = _("방법은 %(n)s개까지 둘 수 있습니다. 쓰지 않는 것을 지우세요.") % {"n": services.MOST}
        return _page(request, 422, wrong={way: wrong})
    try:
        if way == "webhook":
            form = WebhookForm(request.POST)
            url = form.cleaned_data["url"] if form.is_valid() else ""
            _channel, request.session["webhook_key"] = services.add_webhook(request.user, url)
        elif way == "telegram":
            telegramming.begin(request.user, request.POST.get("token", ""))
        else:
            raise Http404
    except (Forbidden, telegramming.NoBot, SealError) as trouble:
        return _page(request, 422, wrong={way: str(trouble)})
    return redirect("notices:channels")


@require_POST
@signed_in
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """``to``: save (kinds, digest), pause, wake, remove, test, look (for the person behind a bot) or again
    (mail that was unsubscribed from)."""
    found = Channel.objects.filter(user=request.user, code=code, removed_at__isnull=True).first()
    if found is None:
        raise Http404
    to = request.POST.get("to", "")
    form = ChannelForm(request.POST)
    if to == "save" and form.is_valid():
        services.change(found, form.cleaned_data["kinds"], form.cleaned_data["digest"])
        messages.success(request, _("저장했습니다."))
    elif to in ("pause", "wake"):
        services.pause(found, to == "pause")
    elif to == "remove":
        services.remove(found)
    elif to == "test" and found.ready_at is not None:
        send_a_test(found)
        messages.success(request, _("시험 메시지를 보냅니다. 결과는 보낸 기록에 나옵니다."))
    elif to == "look":
        _look(request, found)
    elif to == "again" and found.way == Way.MAIL:
        opt_in(request.user.email, NOTICES)
        messages.success(request, _("알림 메일을 다시 보냅니다."))
    return redirect("notices:channels")


@require_POST
@signed_in
def habits(request: SignedInRequest) -> HttpResponse:
    """Quiet hours and the hour of the day's digest."""
    form = HabitsForm(request.POST)
    if not form.is_valid():
        return _page(request, 422, form=form)
    Habits.objects.update_or_create(user=request.user, defaults=form.cleaned_data)
    messages.success(request, _("저장했습니다."))
    return redirect("notices:channels")


def _look(request: SignedInRequest, channel: Channel) -> None:
    try:
        found = telegramming.look(channel)
    except (telegramming.NoBot, SealError) as trouble:
        messages.error(request, str(trouble))
        return
    if found:
        messages.success(request, _("텔레그램이 이어졌습니다."))
    else:
        messages.warning(
            request, _("아직 봇에게 온 말이 없습니다. 봇을 열고 /start 코드를 보낸 뒤 다시 누르세요.")
        )


def _page(request: SignedInRequest, status: int = 200, **more: Any) -> HttpResponse:
    rows = services.channels_of(request.user)
    mine = Habits.objects.filter(user=request.user).first() or Habits()
    standing = {"quiet_from": mine.quiet_from, "quiet_to": mine.quiet_to, "digest_at": mine.digest_at}
    page = {
        "channels": rows,
        "kinds": [(kind.value, kind.label) for kind in Kind if kind is not Kind.TEST],
        "digests": Digest.choices,
        "form": HabitsForm(initial=standing),
        "can_mail": settings.CAN_MAIL,
        "has_left": opted_out(request.user.email, NOTICES),
        "troubled": troubled_of(request.user).count(),
        "tab": "channels",
        **more,
    }
    return render(request, "notices/channels.html", page, status=status)
