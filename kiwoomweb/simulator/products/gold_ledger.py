"""The gold ledger: grams and money of the gold account, settled at four on the day of the trade.

Orders, fills and holdings are kept as for shares. Costs are not: executions of one day that share instrument,
side and channel are charged together, and the last of them shows it (kt50032, PROTOCOL 6.29).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from fractions import Fraction

from kiwoomweb.broker.domain import SEOUL, Side
from kiwoomweb.simulator.account_facts import CashKind
from kiwoomweb.simulator.holdings import Holding
from kiwoomweb.simulator.ledger import Ledger
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.order_facts import Fill
from kiwoomweb.simulator.products.gold_costs import GoldCosts

__all__ = ["SETTLED_AT", "GoldDeal", "GoldLedger", "GoldRow"]

#: KRX gold settles on the trade day.
SETTLED_AT = time(16, tzinfo=SEOUL)
#: Gold orders are counted apart from shares': no number of a day means two things.
NUMBERS_FROM = 300_000


@dataclass(frozen=True, slots=True)
class GoldRow:
    """One row of 거래내역 (kt50032), money in won, gold in grams.

    ``settled`` is 정산금액: zero on all rows of a deal but its last. ``cash`` and ``grams`` (of the row's own
    instrument) are what the row left.
    """

    number: int
    at: datetime
    kind: CashKind
    amount: int
    channel: str
    code: str = ""
    quantity: int = 0
    price: int = 0
    commission: int = 0
    vat: int = 0
    settled: int = 0
    cash: int = 0
    grams: int = 0

    @property
    def day(self) -> date:
        return self.at.date()


@dataclass(slots=True)
class GoldDeal:
    """Executions charged together: one day's fills of one instrument, side and channel."""

    costs: GoldCosts
    code: str
    side: Side
    channel: str
    fills: list[Fill] = field(default_factory=list)
    #: what the sold grams had cost
    cost: Fraction = field(default_factory=Fraction)

    @property
    def quantity(self) -> int:
        return sum(fill.quantity for fill in self.fills)

    @property
    def amount(self) -> int:
        return sum(fill.amount for fill in self.fills)

    @property
    def commission(self) -> int:
        return self.costs.commission(self.amount)

    @property
    def vat(self) -> int:
        return self.costs.vat(self.commission)

    @property
    def settled(self) -> int:
        """정산금액: what a buy takes, what a sale brings."""
        charged = self.commission + self.vat
        return self.amount + charged if self.side is Side.BUY else self.amount - charged

    @property
    def realised(self) -> int:
        """A sale's profit, both legs' costs taken off; nothing for a buy."""
        if self.side is Side.BUY:
            return 0
        return int(self.settled - self.cost - self.costs.charged(self.cost))


class GoldLedger(Ledger):
    """The gold account's books, opened empty; its money never meets that of the shares."""

    def __init__(self, market: Market, costs: GoldCosts) -> None:
        super().__init__(market, costs)
        self.charges = costs
        self.cash = 0
        self.rows: list[GoldRow] = []
        self.deals: dict[date, list[GoldDeal]] = defaultdict(list)
        #: Grams whose settlement has been written, by instrument.
        self.grams: dict[str, int] = defaultdict(int)

    # --- orders and fills ---------------------------------------------------------------------------------

    def next_order_number(self, at: datetime) -> str:
        last = max(map(int, self.orders[at.date()]), default=0)
        seconds = at.hour * 3_600 + at.minute * 60 + at.second
        return f"{max(last + 1, NUMBERS_FROM + seconds * 3):07d}"

    def tax(self, code: str, amount: int, traded: date) -> int:
        """No transaction tax on gold."""
        return 0

    def _buy(self, fill: Fill, before: int) -> int:
        self._deal(fill).fills.append(fill)
        self.holdings.setdefault(fill.code, Holding(fill.code)).buy(fill.quantity, fill.price)
        return 0

    def _sell(self, fill: Fill) -> int:
        holding, deal = self.holdings[fill.code], self._deal(fill)
        deal.fills.append(fill)
        deal.cost += holding.sell(fill.quantity)
        if not holding.quantity:
            del self.holdings[fill.code]
        return 0

    def _deal(self, fill: Fill) -> GoldDeal:
        channel = self.orders[fill.day][fill.order_no].channel
        wanted = (fill.code, fill.side, channel)
        for deal in self.deals[fill.day]:
            if (deal.code, deal.side, deal.channel) == wanted:
                return deal
        self.deals[fill.day].append(GoldDeal(self.charges, *wanted))
        return self.deals[fill.day][-1]

    # --- money --------------------------------------------------------------------------------------------

    def settles_on(self, traded: date) -> date:
        return traded

    @property
    def d2(self) -> int:
        """추정예수금: the money when today's trades have settled."""
        return self.cash + sum(self.net(day) for day in self.unsettled)

    def net(self, traded: date) -> int:
        signed = (deal.settled if deal.side is Side.SELL else -deal.settled for deal in self.deals[traded])
        return sum(signed)

    def pending(self, side: Side) -> int:
        """매수정산금 or 매도정산금 that has not been booked yet."""
        deals = (deal for day in self.unsettled for deal in self.deals[day])
        return sum(deal.settled for deal in deals if deal.side is side)

    def traded(self, day: date, code: str, side: Side) -> int:
        """Grams bought or sold on that day."""
        found = (deal for deal in self.deals.get(day, ()) if (deal.code, deal.side) == (code, side))
        return sum(deal.quantity for deal in found)

    def realised(self, day: date) -> int:
        """실현손익 of the day's sales."""
        return sum(deal.realised for deal in self.deals.get(day, ()))

    def settle(self, day: date) -> None:
        """결제: write the rows of every trade day that is due, sales first so that the cash never dips."""
        for traded in [past for past in self.unsettled if past <= day]:
            self.unsettled.remove(traded)
            for deal in sorted(self.deals[traded], key=lambda one: (one.side is Side.BUY, one.code)):
                for row in self._rows_of(deal, datetime.combine(traded, SETTLED_AT)):
                    self._book(row)

    def move(self, at: datetime, kind: CashKind, amount: int, channel: str = "") -> None:
        """A deposit or a withdrawal, effective at once."""
        self._book(GoldRow(0, at, kind, amount, channel, settled=amount))

    def between(self, start: date, end: date) -> list[GoldRow]:
        return [row for row in self.rows if start <= row.day <= end]

    def _rows_of(self, deal: GoldDeal, at: datetime) -> Iterator[GoldRow]:
        kind = CashKind.BUY if deal.side is Side.BUY else CashKind.SELL
        for fill in deal.fills:
            row = GoldRow(0, at, kind, fill.amount, deal.channel, fill.code, fill.quantity, fill.price)
            last = fill is deal.fills[-1]
            if last:
                row = replace(row, commission=deal.commission, vat=deal.vat, settled=deal.settled)
            yield row

    def _book(self, row: GoldRow) -> None:
        comes_in = row.kind in (CashKind.DEPOSIT, CashKind.SELL)
        self.cash += row.settled if comes_in else -row.settled
        if row.code:
            self.grams[row.code] += row.quantity if row.kind is CashKind.BUY else -row.quantity
        last = self.rows[-1] if self.rows else None
        number = last.number + 1 if last and last.day == row.day else 1
        left = self.grams[row.code] if row.code else 0
        self.rows.append(replace(row, number=number, cash=self.cash, grams=left))
