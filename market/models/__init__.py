"""What the market app keeps: instruments, calendar corrections, last good values, leases and the outbox."""

from market.models.calendar import CalendarOverride
from market.models.instrument import Instrument
from market.models.kept import Kept
from market.models.lease import StreamLease
from market.models.outbox import AccountEvent

__all__ = ["AccountEvent", "CalendarOverride", "Instrument", "Kept", "StreamLease"]
