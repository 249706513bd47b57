"""Again: a person decides about a message that ended badly."""

from django.utils import timezone

from kiwoomweb.later import later
from kiwoomweb.notices.models import Delivery, Notice, State
from kiwoomweb.notices.selectors.deliveries import TROUBLE

__all__ = ["mark_read", "put_away", "send_again"]


def send_again(row: Delivery) -> bool:
    """The same bytes under the same number once more, from the first try on. ``False``: it is not at its end,
    or its content is not kept."""
    if not row.content:
        return False
    ended = Delivery.objects.filter(pk=row.pk, state__in=TROUBLE)
    fresh = {"attempts": 0, "claim": None, "claimed_until": None, "due_at": timezone.now(), "ended_at": None}
    if not ended.update(state=State.QUEUED, seen_at=None, **fresh):
        return False
    later("notices.post")
    return True


def put_away(row: Delivery) -> None:
    """Seen; it stays in the list of everything that left."""
    Delivery.objects.filter(pk=row.pk, state__in=TROUBLE).update(seen_at=timezone.now())


def mark_read(user_id: int, up_to: int) -> None:
    """The person has seen every notice up to that one."""
    unread = Notice.objects.filter(user=user_id, pk__lte=up_to, read_at__isnull=True)
    unread.update(read_at=timezone.now())
