"""The ledger (원장): the one record behind every account answer. It books; it neither judges nor fetches.

Orders, fills, holdings and daily tallies of one account. Shares change hands with a fill, money two trading
days later (D+2).
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
from kiwoomweb.simulator.holdings import Holding, exact
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.matching import Execution
from kiwoomweb.simulator.order_facts import Fill, Order, OrderState
from kiwoomweb.simulator.purse import Purse, settlement_rows
from kiwoomweb.simulator.tallies import Tally

__all__ = ["Closing", "Ledger"]

BOOKED_AT = time(5, tzinfo=SEOUL)


@dataclass(frozen=True, slots=True)
class Closing:
    """What the account held when a day ended: money now and after settlement, shares and their cost."""

    day: date
    cash: int
    d2: int
    held: tuple[tuple[str, int, Fraction], ...]


class Ledger:
    """One account's books, opened empty."""

    def __init__(self, market: Market, costs: Costs) -> None:
        self.market, self.costs = market, costs
        self.purse = Purse()
        self.orders: dict[date, dict[str, Order]] = defaultdict(dict)
        self.fills: dict[date, list[Fill]] = defaultdict(list)
        self.sales: dict[date, list[SaleRow]] = defaultdict(list)
        self.tallies: dict[date, dict[str, Tally]] = {}
        self.holdings: dict[str, Holding] = {}
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

    def reserved(self, day: date) -> int:
        """What open buys hold back."""
        buys = (order for order in self.open_orders(day) if order.side is Side.BUY)
        return sum(self.costs.hold(order.remaining * self.working[order.number]) for order in buys)

    def sellable(self, day: date, code: str) -> int:
        """매매가능수량: the holding less what open sells have promised."""
        held = self.holdings[code].quantity if code in self.holdings else 0
        sells = (o for o in self.open_orders(day) if o.side is Side.SELL and o.code == code)
        return held - sum(order.remaining for order in sells)

    # --- fills --------------------------------------------------------------------------------------------

    def fill(self, order: Order, execution: Execution) -> Fill:
        """Book one execution of an open order: the shares move now, the money on settlement."""
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
        )
        self.fills[order.day].append(fill)
        if order.day not in self.unsettled:
            self.unsettled.append(order.day)
        tax = self._sell(fill) if fill.side is Side.SELL else self._buy(fill)
        commission = self.costs.commission(order.amount + fill.amount)
        filled = replace(order, fills=(*order.fills, fill), commission=commission, tax=order.tax + tax)
        self.release(filled, fill.quantity, OrderState.FILLED)
        return fill

    def _next_fill_number(self, at: datetime, code: str) -> int:
        """체결번호: counted exchange-wide and anew each day."""
        fills = self.fills[at.date()]
        last = fills[-1].number if fills else 0
        return max(last + 1, (_seconds(at) - 25_200) * 40 + crc32(code.encode()) % 40)

    def _buy(self, fill: Fill) -> int:
        tally = self.tally(fill.day, fill.code)
        tally.bought_quantity += fill.quantity
        tally.bought += fill.amount
        self.holdings.setdefault(fill.code, Holding(fill.code)).buy(fill.quantity, fill.price)
        return 0

    def _sell(self, fill: Fill) -> int:
        holding, tally = self.holdings[fill.code], self.tally(fill.day, fill.code)
        average, cost = holding.average, holding.sell(fill.quantity)
        if not holding.quantity:
            del self.holdings[fill.code]
        tax = self.tax(fill.code, fill.amount, fill.day)
        row = self._sale_row(fill, average, cost, tax)
        self.sales[fill.day].append(row)
        tally.sold_quantity += fill.quantity
        tally.sold += fill.amount
        tally.cost += cost
        tally.tax += tax
        tally.row_commission += row.commission
        tally.row_realised += fill.amount - cost - row.commission - tax
        return tax

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
        )

    def tax(self, code: str, amount: int, traded: date) -> int:
        """거래세 of a sale by the rate in force when it settles."""
        market = self.market.universe.instruments[code].market
        return self.costs.tax(amount, market, self.settles_on(traded))

    def tally(self, day: date, code: str) -> Tally:
        return self.tallies.setdefault(day, {}).setdefault(code, Tally(self.costs))

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
        held = tuple((h.code, h.quantity, h.cost) for h in self.holdings.values())
        return Closing(day, self.purse.cash, self.d2, held)

    def close(self, day: date) -> None:
        """Remember the account as the day ends."""
        self.closings[day] = self.as_it_stands(day)


def _seconds(at: datetime) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
