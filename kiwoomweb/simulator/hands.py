"""Hands: how the demo trader moves: look at the price, write a ticket, shrug when the desk refuses."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.broker.market_calendar import Phase
from kiwoomweb.simulator.admission import OrderRefused
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.desk import Desk, Ticket
from kiwoomweb.simulator.market_facts import Quote
from kiwoomweb.simulator.order_facts import Order
from kiwoomweb.simulator.quoting import quote_at

__all__ = ["Hands"]

#: The screens a person trades from (통신구분).
CHANNELS = ("영웅문S#", "영웅문S#", "영웅문4")
#: An order that waits is thought over again after so many minutes.
PATIENCE = (12, 50)
#: The rest of an order that was filled in part is let go of after this.
SHRUG = timedelta(seconds=9)


class Hands:
    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.seed = desk, seed
        self.ledger, self.market, self.agenda = desk.ledger, desk.market, desk.agenda

    def assets(self) -> int:
        """About what the account is worth: money and what the holdings cost."""
        return self.ledger.d2 + int(sum(holding.cost for holding in self.ledger.holdings.values()))

    def buy(self, code: str, budget: int, at: datetime, luck: Random) -> Order | None:
        """Buy for about this much money: at once, at the best offer, or waiting a little below."""
        quote = self._quote(code, at)
        mood = luck.random()
        price = quote.best_ask
        for _ in range(luck.randrange(1, 4) if mood > 0.55 else 0):
            price = self.market.grid(code).down(price)
        price = min(max(price, quote.lower_limit), quote.upper_limit)
        afford = self.desk.affordable(self.desk.buying_power(at), price)
        quantity = min(budget // max(price, 1), afford)
        if mood < 0.25 and self._market_orders_taken(at):
            quantity = min(quantity, self.desk.affordable(self.desk.buying_power(at), quote.upper_limit))
            return self._place(self._ticket(Side.BUY, code, quantity, 0, at), at)
        order = self._place(self._ticket(Side.BUY, code, quantity, price, at), at)
        if order:
            later = at + timedelta(minutes=luck.uniform(*PATIENCE))
            self.agenda.enter(later, partial(self.think_again, order.number))
            self.agenda.enter(at + SHRUG, partial(self._let_go, order.number))
        return order

    def bid(self, code: str, budget: int, price: int, at: datetime) -> Order | None:
        """Wait at a price of our own."""
        quantity = min(budget // max(price, 1), self.desk.affordable(self.desk.buying_power(at), price))
        return self._place(self._ticket(Side.BUY, code, quantity, price, at), at)

    def sell(self, code: str, quantity: int, at: datetime, price: int = 0) -> Order | None:
        """Sell at a price, or for whatever the market gives."""
        if not price and not self._market_orders_taken(at):
            price = self._quote(code, at).best_bid
        quantity = min(quantity, self.ledger.sellable(at.date(), code))
        return self._place(self._ticket(Side.SELL, code, quantity, price, at), at)

    def leave(self, code: str, at: datetime) -> None:
        """Take back what is on offer and sell the whole holding."""
        for order in list(self.ledger.open_orders(at.date())):
            if order.code == code:
                self.cancel(order, at)
        self.agenda.enter(at + timedelta(seconds=4), partial(self._sell_all, code))

    def cancel(self, order: Order, at: datetime) -> None:
        self._try(self.desk.cancel, order, 0, at)

    def chase(self, order: Order, at: datetime) -> None:
        """Move a waiting order to the other side's best price."""
        quote = self._quote(order.code, at)
        price = quote.best_ask if order.side is Side.BUY else quote.best_bid
        if price != order.price:
            self._try(self.desk.modify, order, price, at)

    def price(self, code: str, at: datetime) -> int:
        return self._quote(code, at).price

    def think_again(self, number: str, at: datetime) -> None:
        """An order that still waits: take (the rest of) it back, chase the price, or let it be."""
        order = self.ledger.orders[at.date()].get(number)
        if order is None or not order.is_open:
            return
        choice = dice(self.seed, "think again", at).random()
        if choice < 0.4 or order.fills:
            self.cancel(order, at)
        elif choice < 0.8:
            self.chase(order, at)

    def _let_go(self, number: str, at: datetime) -> None:
        """Take back the rest of what was filled in part."""
        order = self.ledger.orders[at.date()].get(number)
        if order and order.is_open and order.fills:
            self.cancel(order, at)

    def _sell_all(self, code: str, at: datetime) -> None:
        if holding := self.ledger.holdings.get(code):
            self.sell(code, holding.quantity, at)

    def _quote(self, code: str, at: datetime) -> Quote:
        """What the person sees on the screen: the venue whose session is open."""
        return quote_at(self.market, code, at, Venue.KRX if self._market_orders_taken(at) else Venue.ALL)

    def _market_orders_taken(self, at: datetime) -> bool:
        hours = self.market.sessions(at.date())
        window = hours.at(at, Venue.KRX) if hours else None
        return window is not None and window.phase in (Phase.REGULAR, Phase.CLOSING_AUCTION)

    def _ticket(self, side: Side, code: str, quantity: int, price: int, at: datetime) -> Ticket:
        hours = self.market.sessions(at.date())
        venue = Venue.KRX if hours is None or hours.at(at, Venue.KRX) else Venue.NXT
        channel = CHANNELS[dice(self.seed, "channel", _hour(at)).randrange(len(CHANNELS))]
        return Ticket(side, code, quantity, price, "0" if price else "3", venue, channel=channel)

    def _place(self, ticket: Ticket, at: datetime) -> Order | None:
        try:
            return self.desk.place(ticket, at)
        except OrderRefused:
            return None

    def _try(
        self, verb: Callable[[str, Ticket, datetime], Order], order: Order, price: int, at: datetime
    ) -> None:
        ticket = Ticket(order.side, order.code, 0, price, venue=order.venue, channel=order.channel)
        try:
            verb(order.number, ticket, at)
        except OrderRefused:
            return


def _hour(at: datetime) -> tuple[date, int]:
    return at.date(), at.hour
