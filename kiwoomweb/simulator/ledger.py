"""The ledger (원장): the one record behind every account answer. It books; it neither judges nor fetches.

Orders, fills, holdings and daily tallies of one account, lot by lot: own shares and every loan date apart.
Shares change hands with a fill, money two trading days later (D+2).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from fractions import Fraction
from zlib import crc32

from kiwoomweb.broker.domain import SEOUL, Side
from kiwoomweb.broker.market_calendar import trading_day_after
from kiwoomweb.simulator.account_facts import CashRow, SaleRow
from kiwoomweb.simulator.costs import Costs
from kiwoomweb.simulator.credit import Credit, interest_of, loan_of
from kiwoomweb.simulator.flows.classes import class_of
from kiwoomweb.simulator.holdings import Holding, exact
from kiwoomweb.simulator.lots import Lot
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.matching import Execution
from kiwoomweb.simulator.order_facts import Fill, Order, OrderState
from kiwoomweb.simulator.purse import Purse, settlement_rows
from kiwoomweb.simulator.tallies import Tally

__all__ = ["Closing", "HeldLot", "Ledger"]

BOOKED_AT = time(5, tzinfo=SEOUL)


@dataclass(frozen=True, slots=True)
class HeldLot:
    """A lot as a day ended: its shares, what they cost, and the loan on them."""

    lot: Lot
    quantity: int
    cost: Fraction
    owed: int


@dataclass(frozen=True, slots=True)
class Closing:
    """What the account held when a day ended: money now and after settlement, shares and their cost."""

    day: date
    cash: int
    d2: int
    held: tuple[HeldLot, ...]


class Ledger:
    """One account's books, opened empty."""

    def __init__(self, market: Market, costs: Costs) -> None:
        self.market, self.costs = market, costs
        self.purse = Purse()
        self.orders: dict[date, dict[str, Order]] = defaultdict(dict)
        self.fills: dict[date, list[Fill]] = defaultdict(list)
        self.sales: dict[date, list[SaleRow]] = defaultdict(list)
        self.tallies: dict[date, dict[Lot, Tally]] = {}
        #: The account's own shares by code, and those on credit by lot.
        self.holdings: dict[str, Holding] = {}
        self.loans: dict[Lot, Holding] = {}
        self.closings: dict[date, Closing] = {}
        #: Trade days whose money has not moved yet, oldest first.
        self.unsettled: list[date] = []
        #: Open orders by number, each with the worst price it accepts.
        self.working: dict[str, int] = {}

    # --- orders -------------------------------------------------------------------------------------------

    def next_order_number(self, at: datetime) -> str:
        """Seven digits, counted broker-wide and anew each day: other customers' orders leave gaps."""
        last = max(map(int, self.orders[at.date()]), default=0)
        return f"{max(last + 1, _seconds(at) * 3 - 80_000):07d}"

    def put(self, order: Order, worst: int | None = None) -> Order:
        """Write the order's present state; ``worst`` opens it with the worst price it accepts."""
        self.orders[order.day][order.number] = order
        if worst is not None and order.is_open:
            self.working[order.number] = worst
        if not order.is_open:
            self.working.pop(order.number, None)
        return order

    def release(self, order: Order, quantity: int, ends_as: OrderState) -> Order:
        """Take shares off an order's rest; with nothing left it ends."""
        left = order.remaining - quantity
        return self.put(replace(order, remaining=left, state=OrderState.OPEN if left else ends_as))

    def open_orders(self, day: date) -> Iterator[Order]:
        return (self.orders[day][number] for number in self.working if number in self.orders[day])

    def reserved(self, day: date, *, credit_only: bool = False) -> int:
        """What open buys hold back."""
        buys = (o for o in self.open_orders(day) if o.side is Side.BUY and (o.credit or not credit_only))
        return sum(self.hold(o.remaining * self.working[o.number], o.code, o.credit) for o in buys)

    def hold(self, amount: int, code: str, credit: Credit) -> int:
        """What a buy of this amount must hold back: all of it, or the part the broker does not lend."""
        return self.costs.hold(amount) - (self.lent(code, amount) if credit else 0)

    def lent(self, code: str, amount: int) -> int:
        """융자금 for a buy of this share."""
        return loan_of(amount, self.cover(code))

    def cover(self, code: str) -> int:
        """신용보증금율 of the share's class, in percent."""
        return class_of(self.market.universe.instruments[code]).cover

    def borrowed(self, day: date) -> int:
        """융자금 with what open credit buys may still take."""
        buys = (o for o in self.open_orders(day) if o.side is Side.BUY and o.credit)
        waiting = sum(self.lent(o.code, o.remaining * self.working[o.number]) for o in buys)
        return self.owed + waiting

    @property
    def owed(self) -> int:
        """융자금합계."""
        return sum(holding.owed for holding in self.loans.values())

    # --- lots ---------------------------------------------------------------------------------------------

    def held(self) -> list[tuple[Lot, Holding]]:
        """Every lot with its shares, by code, own shares first, then the oldest loan."""
        own = [(Lot(code), holding) for code, holding in self.holdings.items()]
        return sorted([*own, *self.loans.items()], key=lambda pair: pair[0].rank)

    def holding(self, lot: Lot) -> Holding | None:
        return self.loans.get(lot) if lot.loan else self.holdings.get(lot.code)

    def sellable(self, day: date, code: str, loan: date | None = None) -> int:
        """매매가능수량 of a lot: its shares less what open sells have promised."""
        if loan is None:
            held = self.holdings[code].quantity if code in self.holdings else 0
            return held - sum(o.remaining for o in self._sells(day, code, Credit.CASH))
        promised = sum(order.remaining for order in self._sells(day, code, Credit.LOANS))
        for lot, free in self._on_loan(day, code):
            if lot.loan == loan:
                return max(free - promised, 0)
            promised = max(promised - free, 0)
        return 0

    def sellable_on_loan(self, day: date, code: str) -> int:
        """매매가능수량 of all loans of a share together (융자합)."""
        return sum(self.sellable(day, code, lot.loan) for lot, _ in self._on_loan(day, code))

    def lots_for(self, order: Order, quantity: int) -> list[tuple[Lot, int]]:
        """The lots an execution touches; a sale of all loans takes the oldest first."""
        left, taken = min(quantity, order.remaining), []
        if order.credit is not Credit.LOANS:
            return [(order.lot, left)]
        for lot, free in self._on_loan(order.day, order.code):
            if part := min(left, free):
                taken.append((lot, part))
                left -= part
        return taken

    def _on_loan(self, day: date, code: str) -> list[tuple[Lot, int]]:
        """Lots of a share on credit, oldest first, with what no sale of that very loan has promised."""
        lots = [lot for lot in sorted(self.loans, key=lambda lot: lot.rank) if lot.code == code]
        promised = self._sells(day, code, Credit.LOAN) if lots else []
        return [
            (lot, self.loans[lot].quantity - sum(o.remaining for o in promised if o.loan == lot.loan))
            for lot in lots
        ]

    def _sells(self, day: date, code: str, credit: Credit) -> list[Order]:
        sells = (o for o in self.open_orders(day) if o.side is Side.SELL)
        return [order for order in sells if order.code == code and order.credit is credit]

    # --- fills --------------------------------------------------------------------------------------------

    def fill(self, order: Order, execution: Execution, lot: Lot) -> Fill:
        """Book one execution of an open order: the lot's shares move now, the money on settlement."""
        fill = Fill(
            day=order.day,
            order_no=order.number,
            number=self._next_fill_number(execution.at, order.code),
            code=order.code,
            side=order.side,
            at=execution.at,
            price=execution.price,
            quantity=min(execution.quantity, order.remaining),
            venue=order.venue,
            loan=lot.loan,
        )
        self.fills[order.day].append(fill)
        if order.day not in self.unsettled:
            self.unsettled.append(order.day)
        tax = self._sell(fill) if fill.side is Side.SELL else self._buy(fill, order.amount)
        commission = self.costs.commission(order.amount + fill.amount)
        filled = replace(order, fills=(*order.fills, fill), commission=commission, tax=order.tax + tax)
        self.release(filled, fill.quantity, OrderState.FILLED)
        return fill

    def _next_fill_number(self, at: datetime, code: str) -> int:
        """체결번호: counted exchange-wide and anew each day."""
        fills = self.fills[at.date()]
        last = fills[-1].number if fills else 0
        return max(last + 1, (_seconds(at) - 25_200) * 40 + crc32(code.encode()) % 40)

    def _buy(self, fill: Fill, before: int) -> int:
        """``before`` is what the order had bought already: its loan is cut to the won once, over all fills."""
        tally, loaned = self.tally(fill.day, fill.lot), 0
        if fill.loan:
            loaned = self.lent(fill.code, before + fill.amount) - self.lent(fill.code, before)
            holding = self.loans.setdefault(fill.lot, Holding(fill.code))
        else:
            holding = self.holdings.setdefault(fill.code, Holding(fill.code))
        holding.buy(fill.quantity, fill.price, loaned)
        tally.bought_quantity += fill.quantity
        tally.bought += fill.amount
        tally.loaned += loaned
        return 0

    def _sell(self, fill: Fill) -> int:
        holding, tally = self._give_from(fill.lot), self.tally(fill.day, fill.lot)
        repaid = holding.repay(fill.quantity)
        average, cost = holding.average, holding.sell(fill.quantity)
        if not holding.quantity:
            self._forget(fill.lot)
        tax = self.tax(fill.code, fill.amount, fill.day)
        row = self._sale_row(fill, average, cost, tax)
        self.sales[fill.day].append(row)
        tally.sold_quantity += fill.quantity
        tally.sold += fill.amount
        tally.cost += cost
        tally.tax += tax
        tally.row_commission += row.commission
        tally.row_realised += fill.amount - cost - row.commission - tax
        tally.repaid += repaid
        tally.interest += self.interest(fill.loan, repaid, fill.day)
        return tax

    def _give_from(self, lot: Lot) -> Holding:
        return self.loans[lot] if lot.loan else self.holdings[lot.code]

    def _forget(self, lot: Lot) -> None:
        if lot.loan:
            del self.loans[lot]
        else:
            del self.holdings[lot.code]

    def _sale_row(self, fill: Fill, average: Fraction, cost: Fraction, tax: int) -> SaleRow:
        commission = self.costs.commission(fill.amount) + self.costs.commission(cost)
        realised = fill.amount - cost - commission - tax
        return SaleRow(
            day=fill.day,
            at=fill.at,
            order_no=fill.order_no,
            code=fill.code,
            quantity=fill.quantity,
            buy_price=exact(average),
            sell_price=fill.price,
            realised=exact(realised),
            return_rate=percent(exact(realised), exact(cost)),
            commission=commission,
            tax=tax,
            loan=fill.loan,
        )

    def interest(self, loan: date | None, owed: int, sold: date) -> int:
        """신용이자 of a loan that a sale of that day repays: from settlement to settlement."""
        if loan is None or not owed:
            return 0
        return interest_of(owed, (self.settles_on(sold) - self.settles_on(loan)).days)

    def tax(self, code: str, amount: int, traded: date) -> int:
        """거래세 of a sale by the rate in force when it settles."""
        market = self.market.universe.instruments[code].market
        return self.costs.tax(amount, market, self.settles_on(traded))

    def tally(self, day: date, lot: Lot) -> Tally:
        return self.tallies.setdefault(day, {}).setdefault(lot, Tally(self.costs))

    # --- money --------------------------------------------------------------------------------------------

    def settles_on(self, traded: date) -> date:
        """결제일, D+2 by trading days."""
        return trading_day_after(traded, 2, self.market.overrides)

    @property
    def d2(self) -> int:
        """추정예수금: the money when everything traded so far has settled."""
        return self.purse.cash + sum(self.net(day) for day in self.unsettled)

    def net(self, traded: date) -> int:
        """What a trade day's settlement adds to the cash, negative when it takes."""
        return sum(tally.received - tally.paid for tally in self.tallies[traded].values())

    def settle(self, day: date) -> None:
        """결제: book the trade days that are due."""
        for traded in [past for past in self.unsettled if self.settles_on(past) <= day]:
            self.unsettled.remove(traded)
            for row in self.due_rows(traded, day):
                self.purse.book(row)

    def due_rows(self, traded: date, day: date) -> Iterator[CashRow]:
        return settlement_rows(self.tallies[traded], traded, datetime.combine(day, BOOKED_AT))

    def as_it_stands(self, day: date) -> Closing:
        held = tuple(HeldLot(lot, one.quantity, one.cost, one.owed) for lot, one in self.held())
        return Closing(day, self.purse.cash, self.d2, held)

    def close(self, day: date) -> None:
        """Remember the account as the day ends."""
        self.closings[day] = self.as_it_stands(day)


def _seconds(at: datetime) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
