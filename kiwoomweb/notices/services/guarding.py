"""Guarding: a person is told what happens to their sign-in, at once and by every channel."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiwoomweb.access.agents import short_name
from kiwoomweb.access.models import User
from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.services.notifying import notify

__all__ = ["tell_of_change", "tell_of_place"]


def tell_of_place(user: User, ip: str, agent: str, at: datetime) -> None:
    """Where from, with what, when."""
    with override(user.language or "ko"):
        title = _("새로운 곳에서 로그인했습니다")
        text = _(
            "%(when)s, 주소 %(ip)s, %(agent)s. 본인이 아니면 비밀번호를 바꾸고 다른 로그인을 끊으세요."
        ) % {
            "when": f"{timezone.localtime(at):%Y-%m-%d %H:%M}",
            "ip": ip,
            "agent": short_name(agent),
        }
    notify(user, Kind.NEW_PLACE, f"{at.timestamp()}:{ip}", title=title, text=text, url="/security/")


def tell_of_change(user: User, what: str) -> None:
    """A way to sign in has come or gone; ``what`` is told by access in the person's words."""
    now = timezone.now()
    with override(user.language or "ko"):
        title = _("로그인 수단이 바뀌었습니다")
        text = _("%(what)s. 본인이 아니면 바로 비밀번호를 바꾸세요.") % {"what": what}
    notify(user, Kind.FACTOR, f"{now.timestamp()}:{what}"[:120], title=title, text=text, url="/security/")
