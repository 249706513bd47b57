"""The gold account: ledger and desk beside those of the shares, on the same agenda and in the same journal.

The real broker opens gold as an account of its own with a key of its own. This host has one person and one key:
that key serves both accounts (knob ``Profile.gold``).
"""

from datetime import date, datetime

from kiwoomweb.simulator.admission import Admission, Profile
from kiwoomweb.simulator.agenda import Agenda
from kiwoomweb.simulator.desk import Desk
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.order_facts import Fill, Order
from kiwoomweb.simulator.products.gold_costs import GOLD_COSTS
from kiwoomweb.simulator.products.gold_ledger import SETTLED_AT, GoldLedger
from kiwoomweb.simulator.products.gold_market import GoldMarket

__all__ = ["GoldAccount"]


class GoldAccount:
    def __init__(self, shares: Market, profile: Profile, agenda: Agenda) -> None:
        self.market, self.agenda = GoldMarket(shares), agenda
        self.ledger = GoldLedger(self.market, GOLD_COSTS)
        self.desk = Desk(self.ledger, Admission(self.market, profile), agenda, _untold)

    def morning(self, day: date) -> None:
        """Enter the day's settlement on the agenda."""
        self.agenda.enter(datetime.combine(day, SETTLED_AT), lambda at: self.ledger.settle(at.date()))


def _untold(at: datetime, status: str, order: Order, fill: Fill | None) -> None:
    """The stream (00, 04) speaks of the stock account alone."""
