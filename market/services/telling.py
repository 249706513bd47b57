"""Telling: what rang, and that the feed has gone silent, to the channels of those it concerns."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiwoomweb.access.models import Account
from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.services.notifying import notify
from kiwoomweb.notices.services.watching import seers_of
from market.models import AlertKind, AlertRing

__all__ = ["tell_ring", "tell_silence"]


def tell_ring(ring: AlertRing, title: str, text: str) -> None:
    """One ring of an alert; the page and the bell have it already."""
    alert = ring.alert
    kind = Kind.FILL if alert.kind == AlertKind.FILL else Kind.PRICE
    url = reverse("market:alerts", args=[alert.account.code])
    notify(alert.owner, kind, f"ring:{ring.pk}", title=title, text=text, url=url, account=alert.account)


def tell_silence(account: Account, now: datetime | None = None) -> None:
    """Nothing came while the market trades. Once an hour: the line hangs up and connects again by itself."""
    hour = timezone.localtime(now or timezone.now())
    for user in seers_of(account):
        with override(user.language or "ko"):
            title = _("%(account)s: 장중에 실시간 시세가 오지 않습니다") % {"account": account.name}
            text = _("연결을 끊고 다시 잇습니다. 화면의 값이 늦을 수 있습니다.")
        url = reverse("portfolio:sync", args=[account.code])
        key = f"{account.code}:{hour:%Y%m%d%H}"
        notify(user, Kind.SILENT_FEED, key, title=title, text=text, url=url, account=account)
