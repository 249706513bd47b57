"""Silence: a socket that answers PINGs and tells nothing, noticed by the session clock.

While the KRX trades, the 코스피 index moves every second and somebody trades something: a minute without either
is no calm market but a connection that has lost its far end. Where a new connection stays as quiet, patience
doubles: a broker that has nothing to tell (a market stopped as a whole) is not called every minute.
"""

from dataclasses import dataclass, field
from time import monotonic

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.broker.market_calendar import sessions

__all__ = ["LOOK_EVERY", "Silence", "clock_of"]

#: Seconds between looks; seconds of nothing at first, and at most.
LOOK_EVERY, PATIENCE, LONGEST = 5.0, 60.0, 1_800.0


@dataclass(slots=True)
class Silence:
    """When something liquid moved last, by our own clock."""

    moved_at: float = field(default_factory=monotonic)
    patience: float = PATIENCE
    #: Set by whatever moves; the next look makes it a moment. Ten thousand trades a second ask for no clock.
    has_moved: bool = False

    def begin(self) -> None:
        """A new connection, or a session that opens now: quiet counts from here."""
        self.has_moved, self.moved_at = False, monotonic()

    def is_too_long(self, now: float) -> bool:
        """Says so once; then twice the time must pass."""
        if self.has_moved:
            self.has_moved, self.moved_at, self.patience = False, now, PATIENCE
        if now - self.moved_at < self.patience:
            return False
        self.moved_at, self.patience = now, min(self.patience * 2, LONGEST)
        return True


def clock_of(account: Account) -> tuple[int, bool]:
    """The present there (epoch seconds), and whether the KRX trades continuously then. Asked in a thread."""
    now = gateway.broker_now(account)
    today = sessions(now.date())
    return int(now.timestamp()), today is not None and now in today.regular
