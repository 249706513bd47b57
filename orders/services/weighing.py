"""Weighing: the holdings (kt00018) beside the day's order lists, before an order is called absent (3.5).

Holdings prove nothing by themselves: trades come of many orders. But where more was traded today than the lists
tell of, the lists are not whole, and nothing is concluded from what they lack.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.calls.account import balance
from kiwoomweb.broker.domain import Balance, Side, is_gold
from kiwoomweb.broker.errors import BrokerError
from orders.matching import Traded, explains
from orders.models import Command, Evidence, Intent
from orders.services.answering import note_evidence
from orders.services.reading import Reading
from orders.states import State
from orders.tickets import Kind

__all__ = ["DISAGREES", "Scales", "disagreed", "scales_for"]

log = logging.getLogger(__name__)

#: What an order is in doubt for while holdings contradict the lists; and how often before a person is asked.
DISAGREES, MOST = "holdings_moved", 3


@dataclass(frozen=True, slots=True)
class Scales:
    """The holdings as of now, ``None`` where nobody asked for them or they were not told."""

    held: Balance | None = None

    def agrees(self, intent: Intent, command: Command, reading: Reading, *, is_today: bool) -> bool | None:
        """Whether the lists explain what was traded of the symbol; ``None``: unknown. It becomes evidence.

        Changes and cancellations move no shares of their own, gold is told elsewhere, and holdings tell only of
        today: there is nothing to weigh then.
        """
        if intent.kind != Kind.PLACE or is_gold(intent.symbol) or not is_today:
            return True
        if self.held is None:
            return None
        lots = [lot for lot in self.held.holdings if lot.symbol == intent.symbol]
        listed = _listed(reading, intent.symbol)
        told = Traded(sum(lot.bought_today for lot in lots), sum(lot.sold_today for lot in lots))
        agree = explains(told if lots else None, listed, command.held)
        said = {"at": reading.at, "bought": told.bought, "sold": told.sold, "agrees": agree}
        note_evidence(intent, "kt00018", "", {**said, "listed": [listed.bought, listed.sold]})
        return agree


def scales_for(intents: Iterable[Intent], broker: Broker, *, readings: int) -> Scales:
    """Holdings for those about to be called absent; asked once, and not at all where none is.

    ``readings``: so many lists without the order are a proof. A broker that does not tell leaves the scales
    empty: what they are needed for waits.
    """
    if not any(_is_near(intent, readings) for intent in intents):
        return Scales()
    try:
        return Scales(balance(broker))
    except BrokerError as trouble:
        log.warning("no holdings to weigh against the lists: %s", trouble)
        return Scales()


def disagreed(intent: Intent) -> bool:
    """Whether they have disagreed often enough for a person to look."""
    told = Evidence.objects.filter(intent=intent, source="kt00018").values_list("content", flat=True)
    return sum(not one["agrees"] for one in told) >= MOST


def _is_near(intent: Intent, readings: int) -> bool:
    if intent.kind != Kind.PLACE or intent.at is not State.UNKNOWN:
        return False
    looked = Evidence.objects.filter(intent=intent, source="reading").count()
    return intent.doubt == "refused" or looked >= readings - 1


def _listed(reading: Reading, symbol: str) -> Traded:
    """Shares of the day's orders that filled, by the furthest of what the lists say of each."""
    sides = {row.order_no: row.side for row in reading.rows if row.symbol == symbol}
    filled: dict[str, int] = {}
    for one in reading.told:
        filled[one.order_no] = max(filled.get(one.order_no, 0), one.filled)
    of = {side: sum(filled.get(no, 0) for no, theirs in sides.items() if theirs == side) for side in Side}
    return Traded(of[Side.BUY], of[Side.SELL])
