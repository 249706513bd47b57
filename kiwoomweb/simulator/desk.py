"""The desk (주문): takes orders, modifications and cancellations, and lets the market fill them in time.

Everything happens at virtual instants on one agenda, so that the same orders give the same ledger no matter
how often anybody looked in between.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.broker.market_calendar import Window
from kiwoomweb.simulator.admission import Admission
from kiwoomweb.simulator.agenda import Agenda
from kiwoomweb.simulator.credit import CREDIT_LIMIT, Credit
from kiwoomweb.simulator.fates import CONDITIONAL, SINGLE, STOP, fate
from kiwoomweb.simulator.kinds import KINDS, Kind
from kiwoomweb.simulator.ledger import Ledger
from kiwoomweb.simulator.matching import Execution, book_for
from kiwoomweb.simulator.order_facts import Action, Fill, Order, OrderState

__all__ = ["Desk", "Ticket"]

NO_ORDER = "0000000"
#: From the desk to the exchange and back: the least, and how much it varies from order to order.
LATENCY, JITTER = 60, 240

Announce = Callable[[datetime, str, Order, Fill | None], None]


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a new order asks for. ``loan`` names the loan a sale on credit repays."""

    side: Side
    code: str
    quantity: int
    price: int = 0
    kind: str = "0"
    venue: Venue = Venue.KRX
    stop_price: int = 0
    channel: str = "REST API"
    credit: Credit = Credit.CASH
    loan: date | None = None


class Desk:
    """One account's order desk. ``announce`` hears of everything that happens to an order."""

    def __init__(self, ledger: Ledger, admission: Admission, agenda: Agenda, announce: Announce) -> None:
        self.ledger, self.admission, self.agenda, self.announce = ledger, admission, agenda, announce
        self.market = ledger.market
        #: Stop orders whose price was reached, by day and number.
        self.triggered: set[tuple[date, str]] = set()

    # --- the three verbs ----------------------------------------------------------------------------------

    def place(self, ticket: Ticket, at: datetime) -> Order:
        """Book a new order, or raise ``OrderRefused`` and change nothing."""
        kind = self.admission.kind(ticket.kind)
        window = self.admission.window(at, ticket.venue, kind)
        self.admission.tradable(ticket.code, ticket.quantity, at)
        price = self._price(ticket, kind, at)
        worst = price or self._limit(ticket.code, ticket.side, at)
        reserve = self._reserve(ticket.kind, ticket.code, ticket.side, worst, at)
        self._afford(ticket, reserve, at)
        number = self.ledger.next_order_number(at)
        order = Order(
            day=at.date(),
            number=number,
            original=NO_ORDER,
            root=number,
            code=ticket.code,
            side=ticket.side,
            action=Action.NEW,
            kind=ticket.kind,
            quantity=ticket.quantity,
            price=price,
            stop_price=ticket.stop_price,
            venue=ticket.venue,
            channel=ticket.channel,
            placed_at=at,
            remaining=ticket.quantity,
            state=OrderState.OPEN,
            credit=ticket.credit,
            loan=at.date() if ticket.credit and ticket.side is Side.BUY else ticket.loan,
        )
        self.ledger.put(order, reserve)
        self.announce(at, "접수", order, None)
        self._send(order, worst, window, at)
        return order

    def modify(self, number: str, ticket: Ticket, at: datetime) -> Order:
        """정정: shares move from the old order to a new one at another price; the queue place is lost."""
        original = self._original(number, ticket, at)
        quantity = min(ticket.quantity or original.remaining, original.remaining)
        kind = KINDS[original.kind]
        if kind.follows in ("mid", "close"):
            raise self.admission.refusal("price is fixed")
        window = self.admission.window(at, original.venue, kind if kind.phases else KINDS["0"])
        self._check(ticket, original.kind, at)
        stop = self._stop_of(original, ticket, at)
        reserve = self._reserve(original.kind, original.code, original.side, ticket.price, at)
        if original.side is Side.BUY:
            self._afford_change(original, quantity, reserve, at)
        order = replace(self._following(original, Action.MODIFY, quantity, ticket, at), stop_price=stop)
        self.ledger.release(original, quantity, OrderState.CONFIRMED)
        self.ledger.put(order, reserve)
        self.announce(at, "접수", order, None)
        self.announce(at, "확인", order, None)
        self._send(order, ticket.price, window, at)
        return order

    def cancel(self, number: str, ticket: Ticket, at: datetime) -> Order:
        """취소: shares leave the order; the cancellation has a number of its own and is confirmed at once."""
        original = self._original(number, ticket, at)
        quantity = min(ticket.quantity or original.remaining, original.remaining)
        order = self._following(original, Action.CANCEL, quantity, ticket, at)
        asked = replace(order, remaining=quantity, state=OrderState.OPEN, confirmed=0, confirmed_at=None)
        self.announce(at, "접수", asked, None)
        self.ledger.release(original, quantity, OrderState.CANCELLED)
        self.ledger.put(order)
        self.announce(at, "확인", order, None)
        return order

    def reject(self, number: str, ticket: Ticket, at: datetime) -> Order:
        """거부: the exchange sends back what the ledger had taken; nobody asked for it."""
        order = self._original(number, ticket, at)
        rejected = self.ledger.release(order, order.remaining, OrderState.REJECTED)
        self.announce(at, "거부", rejected, None)
        return rejected

    # --- what an order needs ------------------------------------------------------------------------------

    def buying_power(self, at: datetime) -> int:
        """주문가능금액: settled and unsettled money less what open buys hold back."""
        return max(self.ledger.d2 - self.ledger.reserved(at.date()), 0)

    def affordable(self, power: int, price: int, code: str = "", credit: Credit = Credit.CASH) -> int:
        """How many shares this much money buys, costs included; on credit with what the broker lends."""
        if price <= 0:
            return 0
        most = power * 100 // (price * (self.ledger.cover(code) if credit else 100))
        while most and self.ledger.hold(most * price, code, credit) > power:
            most -= max(1, most // 4_000)
        return most

    def lendable(self, price: int, code: str, at: datetime) -> int:
        """How many shares at this price the broker would still lend for; 0 for a share without credit."""
        lent = price * (100 - self.ledger.cover(code))
        return self.room(at) * 100 // lent if lent else 0

    def room(self, at: datetime) -> int:
        """What the broker would still lend this account."""
        return max(CREDIT_LIMIT - self.ledger.borrowed(at.date()), 0)

    def _afford(self, ticket: Ticket, worst: int, at: datetime) -> None:
        if ticket.side is Side.SELL:
            self.admission.shares(ticket.quantity, self._sellable(ticket, at))
            return
        power, amount = self.buying_power(at), ticket.quantity * worst
        if ticket.credit:
            self.admission.lendable(ticket.code, self.ledger.lent(ticket.code, amount), self.room(at))
        needed = self.ledger.hold(amount, ticket.code, ticket.credit)
        most = self.affordable(power, worst, ticket.code, ticket.credit) if needed > power else 0
        self.admission.funds(needed, power, most)

    def _sellable(self, ticket: Ticket, at: datetime) -> int:
        day, code = at.date(), ticket.code
        if ticket.credit is Credit.LOANS:
            return self.ledger.sellable_on_loan(day, code)
        if ticket.credit is Credit.LOAN:
            self.admission.loan(self.ledger.loans, ticket.code, ticket.loan)
        return self.ledger.sellable(day, code, ticket.loan)

    def _afford_change(self, original: Order, quantity: int, price: int, at: datetime) -> None:
        """A buy moved to another price must still be paid for, and lent."""
        code, credit, hold = original.code, original.credit, self.ledger.hold
        worst, left = self.ledger.working[original.number], original.remaining - quantity
        if credit:
            freed = self.ledger.lent(code, quantity * worst)
            self.admission.lendable(code, self.ledger.lent(code, quantity * price), self.room(at) + freed)
        back = hold(original.remaining * worst, code, credit)
        needed = hold(quantity * price, code, credit) + (hold(left * worst, code, credit) if left else 0)
        power = self.buying_power(at) + back
        self.admission.funds(needed, power, self.affordable(power, price, code, credit))

    def _price(self, ticket: Ticket, kind: Kind, at: datetime) -> int:
        """The limit the order works with; 0 for market orders. 최유리·최우선 read it off the book."""
        if kind.priced:
            self._check(ticket, ticket.kind, at)
            if kind.code == STOP:
                self.admission.stop(ticket.code, ticket.stop_price, at)
            return ticket.price
        if kind.follows in ("any", "mid"):
            return 0
        if kind.follows == "close":
            self.admission.no_price(ticket.price)
            return self._close(ticket.code, at)
        book = book_for(self.market, ticket.code, at, ticket.venue)
        buys_at_ask = (ticket.side is Side.BUY) == (kind.follows == "other")
        best = (book.asks if buys_at_ask else book.bids)[0].price
        return best or self._limit(ticket.code, ticket.side, at)

    def _close(self, code: str, at: datetime) -> int:
        """What the sessions at a fixed price trade at: yesterday's close before the open, then today's."""
        hours, tape = self.market.sessions(at.date()), self.market.tape(code, at.date())
        if hours and tape and at >= hours.regular.closes:
            return tape.bar.close
        return self.market.base(code, at.date())

    def _check(self, ticket: Ticket, kind: str, at: datetime) -> None:
        self.admission.price(ticket.code, ticket.price, at)
        if kind == SINGLE:
            self.admission.around_the_close(ticket.code, ticket.price, at)

    def _stop_of(self, original: Order, ticket: Ticket, at: datetime) -> int:
        """The stop price a modified order waits for: a new one, the old one, or none once it was reached."""
        if original.kind != STOP or (original.day, original.number) in self.triggered:
            return 0
        if ticket.stop_price:
            self.admission.stop(ticket.code, ticket.stop_price, at)
        return ticket.stop_price or original.stop_price

    def _reserve(self, kind: str, code: str, side: Side, worst: int, at: datetime) -> int:
        """The price to hold money for: 조건부지정가 takes the close in the end, whatever it is."""
        return self._limit(code, side, at) if kind == CONDITIONAL else worst

    def _limit(self, code: str, side: Side, at: datetime) -> int:
        """The worst price the day allows: what a market order may cost."""
        low, high = self.market.grid(code).limits(self.market.base(code, at.date()))
        return high if side is Side.BUY else low

    def _original(self, number: str, ticket: Ticket, at: datetime) -> Order:
        known = self.ledger.orders[at.date()].get(number)
        return self.admission.original(known, ticket.code, ticket.venue, ticket.credit)

    def _following(self, original: Order, action: Action, quantity: int, ticket: Ticket, at: datetime) -> Order:
        """The order that a modification or a cancellation is."""
        lives = action is Action.MODIFY
        return Order(
            day=at.date(),
            number=self.ledger.next_order_number(at),
            original=original.number,
            root=original.root,
            code=original.code,
            side=original.side,
            action=action,
            kind=original.kind,
            quantity=quantity,
            price=ticket.price if lives else 0,
            stop_price=0,
            venue=original.venue,
            channel=ticket.channel,
            placed_at=at,
            remaining=quantity if lives else 0,
            state=OrderState.OPEN if lives else OrderState.CONFIRMED,
            confirmed=quantity,
            confirmed_at=at,
            credit=original.credit,
            loan=original.loan,
        )

    # --- what the market does with it ---------------------------------------------------------------------

    def _send(self, order: Order, worst: int, window: Window, at: datetime) -> None:
        """Enter the order's fate on the agenda: its fills, and its end with the session."""
        arrives = at + timedelta(milliseconds=LATENCY + int(order.number) * 7919 % JITTER)
        awaits = fate(self.market, order, worst, window, arrives)
        if awaits.triggered:
            self.agenda.enter(awaits.triggered, partial(self._triggered, order.number))
        for fill in awaits.fills:
            self.agenda.enter(fill.at, partial(self._fill, order.number, fill))
        end = partial(self._end, order.number, KINDS[order.kind].immediate)
        self.agenda.enter(awaits.until + timedelta(milliseconds=1), end)

    def _triggered(self, number: str, at: datetime) -> None:
        """A stop price was reached: from now on the order is a plain limit order."""
        self.triggered.add((at.date(), number))

    def _fill(self, number: str, execution: Execution, at: datetime) -> None:
        order = self.ledger.orders[at.date()].get(number)
        if order is None or not order.is_open:
            return
        for lot, quantity in self.ledger.lots_for(order, execution.quantity):
            part = replace(execution, quantity=quantity)
            fill = self.ledger.fill(self.ledger.orders[order.day][number], part, lot)
            self.announce(at, "체결", self.ledger.orders[order.day][number], fill)

    def _end(self, number: str, immediate: bool, at: datetime) -> None:
        """The rest of an order dies: quietly with the session, or as the cancelled rest of IOC and FOK."""
        order = self.ledger.orders[at.date()].get(number)
        if order is None or not order.is_open:
            return
        ends_as = OrderState.CANCELLED if immediate else OrderState.EXPIRED
        ended = self.ledger.release(order, order.remaining, ends_as)
        if immediate:
            self.announce(at, "취소", ended, None)
