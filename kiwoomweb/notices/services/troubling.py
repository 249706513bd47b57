"""Troubling: the owner of a message that did not arrive is told so in the browser, each time it ended so."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from kiwoomweb.access.models import User
from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.models import Delivery, Notice, State
from kiwoomweb.notices.signals import ended_badly

__all__ = ["tell", "tell_the_owner"]


def tell_the_owner(row: Delivery) -> None:
    """A bell in the browser for what ended badly; by no channel, which might be the one that fails."""
    row.refresh_from_db(fields=["state", "answer", "ended_at"])
    if row.state not in {State.REFUSED, State.FAILED, State.UNSURE}:
        return
    if row.user is not None:
        tell(row.user, row, row.subject[:120], "/notices/sent/")
    ended_badly.send(sender=Delivery, delivery=row)


def tell(user: User, row: Delivery, what: str, url: str) -> None:
    """What became of it, once each time it ended so; ``url`` is where ``user`` can do something about it."""
    with override(user.language or "ko"):
        title = _words(State(row.state)) % {"what": what}
    Notice.objects.get_or_create(
        user=user,
        kind=Kind.DELIVERY,
        key=f"{row.code}:{row.ended_at.timestamp() if row.ended_at else row.attempts}",
        defaults={"account": row.account, "title": title[:200], "text": row.answer, "url": url[:300]},
    )


def _words(state: State) -> str:
    return {
        State.REFUSED: _("%(what)s: 받는 쪽이 거절했습니다."),
        State.FAILED: _("%(what)s: 여러 번 보냈으나 닿지 않아 그만두었습니다."),
        State.UNSURE: _("%(what)s: 도착했는지 알 수 없습니다. 확인한 뒤 다시 보낼 수 있습니다."),
    }[state]
