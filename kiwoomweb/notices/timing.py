"""When a notice may leave: digests and quiet hours, in Korean time. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.notices.models import Channel, Digest, Habits

__all__ = ["Wishes", "due_at"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """``quiet``: from and to, or none; a night spans midnight."""

    digest: str = Digest.NOW
    digest_at: time = time(18, 30)
    quiet: tuple[time, time] | None = None

    @classmethod
    def of(cls, channel: Channel, habits: Habits) -> "Wishes":
        """What a person has chosen for this channel."""
        quiet = None
        if habits.quiet_from is not None and habits.quiet_to is not None:
            quiet = habits.quiet_from, habits.quiet_to
        at = habits.digest_at
        return cls(channel.digest, time.fromisoformat(at) if isinstance(at, str) else at, quiet)


def due_at(now: datetime, wishes: Wishes) -> datetime:
    """The first moment from ``now`` on at which it is wanted."""
    here = now.astimezone(SEOUL)
    if wishes.digest == Digest.HOUR:
        here = here.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    elif wishes.digest == Digest.DAY:
        here = _next(here, wishes.digest_at)
    if wishes.quiet and _within(here.time(), *wishes.quiet):
        here = _next(here, wishes.quiet[1])
    return here


def _next(now: datetime, at: time) -> datetime:
    today = datetime.combine(now.date(), at, tzinfo=SEOUL)
    return today if today >= now else today + timedelta(days=1)


def _within(now: time, start: time, end: time) -> bool:
    return start <= now < end if start <= end else now >= start or now < end
