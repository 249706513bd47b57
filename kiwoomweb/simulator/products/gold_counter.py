"""The gold counter: everything the wire may ask about gold and the gold account, at the virtual now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.simulator.account import Account
from kiwoomweb.simulator.charting import day_bars, minute_bars, tick_prints
from kiwoomweb.simulator.depth import depth_at
from kiwoomweb.simulator.desk import Ticket
from kiwoomweb.simulator.journal import GOLD, Command
from kiwoomweb.simulator.market_facts import Bar, Depth, Instrument, Print, Quote
from kiwoomweb.simulator.order_facts import Order
from kiwoomweb.simulator.products.gold_ledger import GoldLedger, GoldRow
from kiwoomweb.simulator.products.gold_market import GoldMarket
from kiwoomweb.simulator.quoting import price_at, quote_at

__all__ = ["GoldCounter", "GoldHolding"]


@dataclass(frozen=True, slots=True)
class GoldHolding:
    """One instrument held, in grams and won (kt50020, PROTOCOL 6.1-11).

    ``worth`` is 평가금액: value less the costs of selling it all now; ``profit`` what that is above ``cost``.
    ``break_even`` is the least price per gram at which ``worth`` reaches ``cost``.
    """

    code: str
    quantity: int
    settled: int
    sellable: int
    bought_today: int
    sold_today: int
    price: int
    cost: int
    commission: int
    vat: int
    break_even: int

    @property
    def worth(self) -> int:
        return self.price * self.quantity - self.commission - self.vat

    @property
    def profit(self) -> int:
        return self.worth - self.cost

    @property
    def average(self) -> int:
        """평균단가, cut to the won."""
        return self.cost // self.quantity if self.quantity else 0


class GoldCounter:
    def __init__(self, account: Account, now: Callable[[], datetime]) -> None:
        self._account, self._now = account, now

    # --- the market ---------------------------------------------------------------------------------------

    @property
    def market(self) -> GoldMarket:
        return self._account.gold.market

    def instrument(self, code: str) -> Instrument | None:
        return self.market.universe.instruments.get(code)

    def quote(self, code: str) -> Quote:
        return quote_at(self.market, code, self._now(), Venue.KRX)

    def depth(self, code: str) -> Depth:
        return depth_at(self.market, code, self._now(), Venue.KRX)

    def ticks(self, code: str, count: int, until: datetime | None = None) -> Sequence[Print]:
        """Trades up to ``until``, newest first, over days."""
        return tick_prints(self.market, code, count, min(until or self._now(), self._now()))

    def minutes(self, code: str, minutes: int, count: int, until: datetime | None = None) -> Sequence[Bar]:
        return minute_bars(self.market, code, minutes, count, min(until or self._now(), self._now()))

    def bars(
        self, code: str, span: Literal["day", "week", "month"], count: int, until: date | None = None
    ) -> Sequence[Bar]:
        now = self._now()
        last = min(until or now.date(), now.date())
        return day_bars(self.market, code, span, count, until=last, now=now)

    # --- the account --------------------------------------------------------------------------------------

    @property
    def ledger(self) -> GoldLedger:
        """The books with everything played that is due."""
        self._account.play(self._now())
        return self._account.gold.ledger

    def orders_on(self, day: date) -> Sequence[Order]:
        return [order for _, order in sorted(self.ledger.orders.get(day, {}).items())]

    def rows(self, start: date, end: date) -> Sequence[GoldRow]:
        return self.ledger.between(start, end)

    def holdings(self) -> Sequence[GoldHolding]:
        ledger = self.ledger
        return [self._holding(ledger, code) for code in sorted(ledger.holdings)]

    @property
    def reserved(self) -> int:
        """What open buys hold back."""
        return self.ledger.reserved(self._now().date())

    @property
    def buying_power(self) -> int:
        self._account.play(self._now())
        return self._account.gold.desk.buying_power(self._now())

    @property
    def realised_today(self) -> int:
        return self.ledger.realised(self._now().date())

    # --- orders -------------------------------------------------------------------------------------------

    def place(self, side: Side, code: str, quantity: int, price: int, kind: str) -> Order:
        """Book an order, or raise ``OrderRefused``. ``kind`` is ``0``, ``10`` (IOC) or ``20`` (FOK)."""
        return self._order("place", Ticket(side, code, quantity, price, kind))

    def modify(self, number: str, code: str, quantity: int, price: int) -> Order:
        """정정: ``quantity`` 0 means all that remains."""
        return self._order("modify", Ticket(Side.BUY, code, quantity, price), number)

    def cancel(self, number: str, code: str, quantity: int) -> Order:
        return self._order("cancel", Ticket(Side.BUY, code, quantity), number)

    def _order(self, verb: str, ticket: Ticket, number: str = "") -> Order:
        return self._account.order(Command(self._now(), verb, ticket, number, GOLD))

    def _holding(self, ledger: GoldLedger, code: str) -> GoldHolding:
        now, holding = self._now(), ledger.holdings[code]
        today, price = now.date(), price_at(self.market, code, now)
        commission = ledger.charges.commission(price * holding.quantity)
        cost = int(holding.cost)
        return GoldHolding(
            code=code,
            quantity=holding.quantity,
            settled=ledger.grams[code],
            sellable=ledger.sellable(today, code),
            bought_today=ledger.traded(today, code, Side.BUY),
            sold_today=ledger.traded(today, code, Side.SELL),
            price=price,
            cost=cost,
            commission=commission,
            vat=ledger.charges.vat(commission),
            break_even=_break_even(ledger, holding.quantity, cost),
        )


def _break_even(ledger: GoldLedger, quantity: int, cost: int) -> int:
    """The least price whose proceeds, costs taken off, cover the cost."""
    price = cost // quantity
    while price * quantity - ledger.charges.charged(price * quantity) < cost:
        price += max((cost - price * quantity + ledger.charges.charged(price * quantity)) // quantity, 1)
    return price
