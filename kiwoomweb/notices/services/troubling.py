"""Troubling: the owner of a message that did not arrive is told so in the browser, once."""

from django.utils.translation import gettext as _

from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.models import Delivery, Notice, State

__all__ = ["tell_the_owner"]


def tell_the_owner(row: Delivery) -> None:
    """A bell in the browser for what ended badly; by no channel, which might be the one that fails."""
    row.refresh_from_db(fields=["state", "answer"])
    if row.user is None or row.state not in {State.REFUSED, State.FAILED, State.UNSURE}:
        return
    words = {
        State.REFUSED: _("%(what)s: 받는 쪽이 거절했습니다."),
        State.FAILED: _("%(what)s: 여러 번 보냈으나 닿지 않아 그만두었습니다."),
        State.UNSURE: _("%(what)s: 도착했는지 알 수 없습니다. 확인한 뒤 다시 보낼 수 있습니다."),
    }[State(row.state)]
    Notice.objects.get_or_create(
        user=row.user,
        kind=Kind.DELIVERY,
        key=f"{row.code}:{row.attempts}",
        defaults={
            "account": row.account,
            "title": words % {"what": row.subject[:120]},
            "text": row.answer,
            "url": "/notices/sent/",
        },
    )
