"""The gold person: the demo trader saves in gold too, a few grams a month, and now and then sells some."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.simulator.account_facts import CashKind
from kiwoomweb.simulator.admission import OrderRefused
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.desk import Ticket
from kiwoomweb.simulator.order_facts import Order
from kiwoomweb.simulator.printing import minute_start
from kiwoomweb.simulator.products.gold_account import GoldAccount
from kiwoomweb.simulator.products.gold_market import BAR, MINI
from kiwoomweb.simulator.quoting import quote_at

__all__ = ["FIRST_DEPOSIT", "GoldPerson"]

FIRST_DEPOSIT, SAVED = 5_000_000, 800_000
CHANNEL = "영웅문S#"
#: A month's purchase, in won, and the part of a holding that is sold once it has gained enough.
BUDGET, PART, GAIN = 900_000, 3, 0.06
#: Between two sales pass so many days.
PATIENCE = timedelta(days=70)


class GoldPerson:
    """``first`` is the account's first day."""

    def __init__(self, account: GoldAccount, seed: int, first: date) -> None:
        self.account, self.seed, self.first = account, seed, first
        self.sold_on = first

    def morning(self, day: date) -> None:
        """The day's plans: a purchase as a month begins, a low bid on late Fridays, a sale when due."""
        before = next(past for past in self.account.market.days_back(day) if past < day)
        luck = dice(self.seed, "gold person", day)
        if day == self.first:
            self.account.ledger.move(minute_start(day, 490), CashKind.DEPOSIT, FIRST_DEPOSIT, CHANNEL)
        if day == self.first or before.month != day.month:
            self._month(day, luck)
        elif day.weekday() == 4 and day.day > 14:
            self._enter(day, luck.uniform(9.1, 10.2), partial(self._bid, luck.uniform(0.0005, 0.008)))
        elif day - self.sold_on > PATIENCE and any(self._has_gained(code, day) for code in (BAR, MINI)):
            self._enter(day, luck.uniform(10.5, 14.5), self._take_profit)

    def _has_gained(self, code: str, day: date) -> bool:
        """Whether the close of the eve is high enough: the day's trades are made only when they are needed."""
        holding, last = self.account.ledger.holdings.get(code), self.account.market.close_before(code, day)
        return bool(holding and last and last.close >= float(holding.average) * (1 + GAIN))

    def _month(self, day: date, luck: Random) -> None:
        if day != self.first:
            self.account.ledger.move(minute_start(day, 495), CashKind.DEPOSIT, SAVED, CHANNEL)
        code = MINI if day.month % 3 == 0 else BAR
        self._enter(day, luck.uniform(9.5, 14.5), partial(self._buy, code, luck.randrange(0, 25, 8)))

    def _enter(self, day: date, hour: float, act: Callable[[datetime], None]) -> None:
        self.account.agenda.enter(minute_start(day, 0) + timedelta(seconds=int(hour * 3_600)), act)

    def _buy(self, code: str, below: int, at: datetime) -> None:
        """Buy at the best offer, or a few ticks below it and raise the price an hour later."""
        offer = quote_at(self.account.market, code, at, Venue.KRX).best_ask
        price = offer - 10 * below
        order = self._place(Side.BUY, code, BUDGET // price, price, at)
        if order and below:
            self.account.agenda.enter(at + timedelta(minutes=47), partial(self._chase, order.number))

    def _chase(self, number: str, at: datetime) -> None:
        order = self.account.ledger.orders[at.date()].get(number)
        if order is None or not order.is_open:
            return
        price = quote_at(self.account.market, order.code, at, Venue.KRX).best_ask
        if price != order.price:
            ticket = Ticket(order.side, order.code, 0, price, channel=CHANNEL)
            _unless_refused(partial(self.account.desk.modify, number, ticket, at))

    def _bid(self, below: float, at: datetime) -> None:
        """Wait well below the price; taken back after lunch when nobody came, every other week."""
        quote = quote_at(self.account.market, BAR, at, Venue.KRX)
        price = self.account.market.grid(BAR).snap(quote.price * (1 - below))
        order = self._place(Side.BUY, BAR, 1, price, at)
        if order and at.day % 2:
            self.account.agenda.enter(at + timedelta(hours=4), partial(self._take_back, order.number))

    def _take_back(self, number: str, at: datetime) -> None:
        order = self.account.ledger.orders[at.date()].get(number)
        if order and order.is_open:
            ticket = Ticket(order.side, order.code, 0, channel=CHANNEL)
            _unless_refused(partial(self.account.desk.cancel, number, ticket, at))

    def _take_profit(self, at: datetime) -> None:
        for code, holding in sorted(self.account.ledger.holdings.items()):
            quote = quote_at(self.account.market, code, at, Venue.KRX)
            if quote.best_bid < float(holding.average) * (1 + GAIN) or holding.quantity < PART:
                continue
            if self._place(Side.SELL, code, holding.quantity // PART, quote.best_bid, at):
                self.sold_on = at.date()
                return

    def _place(self, side: Side, code: str, quantity: int, price: int, at: datetime) -> Order | None:
        ticket = Ticket(side, code, quantity, price, channel=CHANNEL)
        return _unless_refused(partial(self.account.desk.place, ticket, at))


def _unless_refused(ask: Callable[[], Order]) -> Order | None:
    """What the desk answers; a person shrugs at its refusal."""
    try:
        return ask()
    except OrderRefused:
        return None
