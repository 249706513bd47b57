"""Testing a channel: one message by it, now, whatever the hour."""

from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.later import later
from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.models import Channel, Notice, Telling

__all__ = ["send_a_test"]


def send_a_test(channel: Channel) -> None:
    """It goes through the outbox like everything else, and what became of it stands on the page."""
    now = timezone.now()
    notice = Notice.objects.create(
        user=channel.user,
        kind=Kind.TEST,
        key=f"{channel.code}:{now.timestamp()}",
        title=_("시험 메시지"),
        text=_("이 알림이 보이면 잘 이어진 것입니다."),
        url="/notices/channels/",
        urgent=True,
        read_at=now,
    )
    Telling.objects.create(notice=notice, channel=channel, due_at=now)
    later("notices.post")
