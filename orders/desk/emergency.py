"""Emergency: the halt file is there and the database does not answer. What is open is taken back all the same.

The list is the broker's own. Each cancellation is a line of a file, on disk before it is sent; when the
database is back the broker's lists say what became of it, and the file is named in the audit trail.
"""

import logging
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

from kiwoomweb.broker.calls import ordering
from kiwoomweb.broker.calls import orders as calls
from kiwoomweb.broker.domain import CreditKind, OrderLine, Venue, is_gold
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.ordering_outcome import NotAccepted
from orders.desk.doors import Door
from orders.services.aside import set_aside
from orders.services.taking_back import MOST_TRIES

__all__ = ["Emergency"]

#: Seconds between two looks at what is still open.
PAUSE = 2.0

log = logging.getLogger(__name__)


@dataclass
class Emergency:
    """The doors of all accounts, held open for the day they are needed."""

    doors: dict[int, Door] = field(default_factory=dict)
    tries: Counter[tuple[int, str]] = field(default_factory=Counter)
    next_look: float = 0.0

    def take_back(self) -> int:
        """Cancel what the broker shows open, the largest first; how many were asked for."""
        if time.monotonic() < self.next_look:
            return 0
        self.next_look = time.monotonic() + PAUSE
        return sum(self._of(account, door) for account, door in self.doors.items())

    def _of(self, account: int, door: Door) -> int:
        try:
            lines = calls.open_orders(door)
        except BrokerError as trouble:
            log.warning("account %s shows nothing: %s", account, trouble)
            return 0
        with suppress(BrokerError):  # not every account has gold
            lines += [one.line for one in calls.gold_traced_on(door, door.now().date())]
        waiting = [line for line in lines if line.remaining and self.tries[account, line.order_no] < MOST_TRIES]
        waiting.sort(key=lambda line: -line.remaining * (line.price or 10**9))
        return sum(self._cancel(account, door, line) for line in waiting)

    def _cancel(self, account: int, door: Door, line: OrderLine) -> bool:
        self.tries[account, line.order_no] += 1
        set_aside("order.emergency_cancel", f"account:{account}", line.order_no, {"symbol": str(line.symbol)})
        credit = CreditKind.LOAN if "신용" in line.label and not is_gold(line.symbol) else None
        venue = Venue.SOR if line.routed else Venue.KRX if line.venue is Venue.ALL else line.venue
        try:
            ordering.cancel(door, order_no=line.order_no, symbol=line.symbol, venue=venue, credit=credit)
        except NotAccepted as no:
            log.warning("%s of account %s: %s", line.order_no, account, no)
        return True
