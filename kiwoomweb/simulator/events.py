"""Events: what the account's stream (00, 04) will tell, in the order it happened."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime
from itertools import dropwhile

from kiwoomweb.simulator.account_facts import AccountEvent, BalanceEvent, OrderEvent
from kiwoomweb.simulator.ledger import Ledger
from kiwoomweb.simulator.order_facts import Fill, Order
from kiwoomweb.simulator.standing import position

__all__ = ["EventLog"]

KEPT = 2_000
#: 거부사유 of an order that the exchange sends back (FID 919).
SENT_BACK = "거래소에서 주문이 거부되었습니다"


class EventLog:
    """Silent while the past is played again, then the last events of this run, each with its number."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._events: deque[AccountEvent] = deque(maxlen=KEPT)
        self.sequence = 0
        self.live = False

    def announce(self, at: datetime, status: str, order: Order, fill: Fill | None) -> None:
        """Note what happened to an order; a fill is followed by the position it leaves."""
        if not self.live:
            return
        self.sequence += 1
        reason = SENT_BACK if status == "거부" else ""
        self._events.append(OrderEvent(self.sequence, at, status, order, fill, reason))
        if fill:
            self.sequence += 1
            after = position(self._ledger, fill.lot, at)
            self._events.append(BalanceEvent(self.sequence, at, fill.side, after))

    def after(self, sequence: int) -> Sequence[AccountEvent]:
        if sequence >= self.sequence:
            return ()
        return tuple(dropwhile(lambda event: event.sequence <= sequence, self._events))
