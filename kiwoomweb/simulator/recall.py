"""Recalls (반대매매): the broker sells what it lent on, where a loan is overdue or the cover too thin.

A loan that is not paid back on its last day is sold on the next trading day. Where the account's cover is below
what must be kept on two evenings running, it is made up the morning after, the oldest loan first. Both sell at
the market.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.simulator.admission import OrderRefused
from kiwoomweb.simulator.credit import Credit, expires
from kiwoomweb.simulator.desk import Desk, Ticket
from kiwoomweb.simulator.lots import Lot
from kiwoomweb.simulator.standing import deposit

__all__ = ["Recall"]

#: 담보유지비율, in percent.
KEPT = 140
EVENINGS = 2
#: After the bell, and for its sale after taking back what the person had on offer.
AFTER_THE_BELL, A_MOMENT = timedelta(seconds=5), timedelta(seconds=2)
CHANNEL = "반대매매"


class Recall:
    """Watches one account's loans. Without a loan it does nothing at all."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.ledger, self.agenda = desk, desk.ledger, desk.agenda
        #: Evenings in a row on which the cover was too thin.
        self.thin = 0

    def morning(self, day: date) -> None:
        """Enter today's sales on the agenda."""
        hours = self.ledger.market.sessions(day)
        if hours and self.ledger.loans:
            for lot in dict.fromkeys([*self._overdue(day), *self._for_cover(day)]):
                self.agenda.enter(hours.regular.opens + AFTER_THE_BELL, partial(self._call_in, lot))

    def evening(self, at: datetime) -> None:
        """Note whether the account's cover was enough today."""
        if self.ledger.loans:
            self.thin = self.thin + 1 if deposit(self.ledger, at).collateral_rate < KEPT else 0

    def _overdue(self, day: date) -> list[Lot]:
        return [lot for lot in self._loans() if lot.loan and expires(lot.loan) < day]

    def _for_cover(self, day: date) -> Iterator[Lot]:
        """Oldest loans until what stays owed has enough behind it; nothing after a single bad evening."""
        if self.thin < EVENINGS:
            return
        closing = self.ledger.closings[max(self.ledger.closings)]
        market = self.ledger.market
        worth = closing.d2 + sum(one.quantity * market.base(one.lot.code, day) for one in closing.held)
        owed = self.ledger.owed
        for lot in self._loans():
            if owed * KEPT <= (worth - self.ledger.owed + owed) * 100:
                return
            yield lot
            owed -= self.ledger.loans[lot].owed

    def _loans(self) -> list[Lot]:
        return sorted(self.ledger.loans, key=lambda lot: (lot.loan or date.min, lot.code))

    def _call_in(self, lot: Lot, at: datetime) -> None:
        """Take back what is on offer of the share on credit, then sell the lot."""
        for order in list(self.ledger.open_orders(at.date())):
            if order.code == lot.code and order.credit and order.side is Side.SELL:
                ticket = Ticket(
                    order.side, order.code, 0, venue=order.venue, channel=CHANNEL, credit=order.credit
                )
                self.desk.cancel(order.number, ticket, at)
        self.agenda.enter(at + A_MOMENT, partial(self._sell, lot))

    def _sell(self, lot: Lot, at: datetime) -> None:
        quantity = self.ledger.sellable(at.date(), lot.code, lot.loan)
        ticket = Ticket(
            Side.SELL,
            lot.code,
            quantity,
            kind="3",
            venue=Venue.KRX,
            channel=CHANNEL,
            credit=Credit.LOAN,
            loan=lot.loan,
        )
        try:
            self.desk.place(ticket, at)
        except OrderRefused:
            # Sold by its owner meanwhile, or halted: then it is called in again tomorrow.
            return
