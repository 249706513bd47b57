"""An auditor: adds the account up again from its executions and compares every statement with the result."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kiwoomweb.broker.domain import Side
from kiwoomweb.broker.market_calendar import trading_day_after
from kiwoomweb.simulator.account_facts import DiaryKind
from kiwoomweb.simulator.costs import REAL, Costs, tax_rate
from kiwoomweb.simulator.credit import interest_of
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.flows.classes import class_of
from kiwoomweb.simulator.order_facts import Fill

__all__ = ["account_reconciles", "executions"]

Lot = tuple[str, date | None]


def executions(exchange: Exchange) -> list[Fill]:
    """Every execution of the account's life, oldest first."""
    first, last = exchange.opened_on, exchange.now().date()
    days = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
    return [fill for day in days for fill in exchange.executions_on(day)]


class Auditor:
    """Plays executions with sums of its own: it shares the rates with the ledger and nothing else.

    A lot is (code, loan date or ``None``).
    """

    def __init__(self, exchange: Exchange, costs: Costs = REAL) -> None:
        self.exchange, self.costs = exchange, costs
        self.held: dict[Lot, tuple[int, Fraction]] = defaultdict(lambda: (0, Fraction(0)))
        self.owed: dict[Lot, int] = defaultdict(int)
        self.amounts: dict[tuple[date, Lot, Side], int] = defaultdict(int)
        self.ordered: dict[tuple[date, str], int] = defaultdict(int)
        self.sold_cost: dict[tuple[date, Lot], Fraction] = defaultdict(Fraction)
        self.taxes: dict[tuple[date, Lot], int] = defaultdict(int)
        self.lent = self.repaid = self.interest = 0
        self.rows: list[tuple[str, date | None, int, int, Decimal]] = []
        for fill in executions(exchange):
            self.play(fill)

    def play(self, fill: Fill) -> None:
        lot = (fill.code, fill.loan)
        quantity, cost = self.held[lot]
        self.amounts[fill.day, lot, fill.side] += fill.price * fill.quantity
        if fill.side is Side.BUY:
            self.held[lot] = (quantity + fill.quantity, cost + fill.price * fill.quantity)
            if fill.loan:
                self.borrow(lot, fill)
            return
        assert quantity >= fill.quantity
        gone = cost * fill.quantity / quantity
        self.held[lot] = (quantity - fill.quantity, cost - gone)
        self.sold_cost[fill.day, lot] += gone
        tax = self.tax(fill)
        self.taxes[fill.day, lot] += tax
        legs = self.costs.commission(fill.amount) + self.costs.commission(gone)
        profit = fill.amount - gone - legs - tax
        self.rows.append((*lot, fill.quantity, legs, Decimal(int(profit * 10**7)).scaleb(-7)))
        if fill.loan:
            self.repay(lot, fill, quantity)

    def borrow(self, lot: Lot, fill: Fill) -> None:
        """The broker lends what the share's cover leaves open, cut to the won over the whole order."""
        assert fill.loan == fill.day
        part = 100 - class_of(self.exchange.instrument(fill.code)).cover
        before = self.ordered[fill.day, fill.order_no]
        after = self.ordered[fill.day, fill.order_no] = before + fill.amount
        lent = after * part // 100 - before * part // 100
        self.owed[lot] += lent
        self.lent += lent

    def repay(self, lot: Lot, fill: Fill, held: int) -> None:
        part = self.owed[lot] * fill.quantity // held
        self.owed[lot] -= part
        self.repaid += part
        days = (trading_day_after(fill.day, 2) - trading_day_after(fill.loan, 2)).days
        self.interest += interest_of(part, days)

    def tax(self, fill: Fill) -> int:
        market = self.exchange.instrument(fill.code).market
        settles = trading_day_after(fill.day, 2)
        return int(fill.amount * tax_rate(market, settles))

    def days(self) -> list[date]:
        return sorted({day for day, _, _ in self.amounts})

    def side(self, day: date, side: Side) -> int:
        return sum(amount for (at, _, on), amount in self.amounts.items() if at == day and on is side)

    def commission(self, day: date, side: Side) -> int:
        """Charged once per lot and side of a day."""
        amounts = (a for (at, _, on), a in self.amounts.items() if at == day and on is side)
        return sum(map(self.costs.commission, amounts))

    def tax_of(self, day: date) -> int:
        return sum(tax for (at, _), tax in self.taxes.items() if at == day)

    def realised(self, day: date, code: str = "") -> int:
        return sum(
            self.realised_of(day, lot) for at, lot in self.sold_cost if at == day and code in ("", lot[0])
        )

    def realised_of(self, day: date, lot: Lot) -> int:
        sold, cost = self.amounts[day, lot, Side.SELL], self.sold_cost[day, lot]
        legs = self.costs.commission(sold) + self.costs.commission(cost)
        return int(sold - cost - legs - self.taxes[day, lot])


def account_reconciles(exchange: Exchange) -> None:
    """To the won: cash, positions, sale rows, days, diaries and settlements against the executions."""
    audit = Auditor(exchange)
    _positions(exchange, audit)
    _sale_rows(exchange, audit)
    _days_and_diaries(exchange, audit)
    _cash(exchange, audit)


def _positions(exchange: Exchange, audit: Auditor) -> None:
    shown = {(p.code, p.loan): (p.quantity, p.cost, p.owed) for p in exchange.positions() if p.quantity}
    held = {lot: one for lot, one in audit.held.items() if one[0]}
    assert shown == {lot: (quantity, int(cost), audit.owed[lot]) for lot, (quantity, cost) in held.items()}
    added_up = {p.code: (p.quantity, p.cost, p.owed) for p in exchange.positions(merged=True) if p.quantity}
    assert added_up == {
        code: tuple(sum(one[n] for (of, _), one in shown.items() if of == code) for n in range(3))
        for code, _ in shown
    }


def _sale_rows(exchange: Exchange, audit: Auditor) -> None:
    rows = exchange.realised_rows(exchange.opened_on, exchange.now().date())
    shown = [(row.code, row.loan, row.quantity, row.commission, row.realised) for row in rows]
    assert shown == audit.rows


def _days_and_diaries(exchange: Exchange, audit: Auditor) -> None:
    days = exchange.realised_days(exchange.opened_on, exchange.now().date())
    assert [day.day for day in days] == audit.days()
    for day in days:
        commission = audit.commission(day.day, Side.BUY) + audit.commission(day.day, Side.SELL)
        assert (day.bought, day.sold) == (audit.side(day.day, Side.BUY), audit.side(day.day, Side.SELL))
        assert (day.commission, day.tax) == (commission, audit.tax_of(day.day))
        assert day.realised == audit.realised(day.day)
        diary = exchange.diary(day.day, DiaryKind.ALL)
        assert (diary.bought, diary.sold, diary.realised) == (day.bought, day.sold, day.realised)
        assert diary.costs == day.commission + day.tax
        assert diary.settled == day.sold - day.bought - diary.costs
        for line in diary.lines:
            assert line.realised == (audit.realised(day.day, line.code) if line.sold_quantity else 0)
        parts = [exchange.diary(day.day, DiaryKind.ALL, credit) for credit in (False, True)]
        for name in ("bought", "sold", "costs", "settled", "realised"):
            assert getattr(diary, name) == sum(getattr(part, name) for part in parts)


def _cash(exchange: Exchange, audit: Auditor) -> None:
    """start + deposits - buys - commissions + sales - commissions - taxes = cash + what still settles."""
    rows = exchange.cash_ledger(exchange.opened_on, exchange.now().date())
    moved = sum(row.settled if row.is_credit else -row.settled for row in rows if not row.code)
    traded = sum(
        audit.side(day, Side.SELL)
        - audit.commission(day, Side.SELL)
        - audit.tax_of(day)
        - audit.side(day, Side.BUY)
        - audit.commission(day, Side.BUY)
        for day in audit.days()
    )
    money = exchange.deposit()
    assert money.d2 == moved + traded + audit.lent - audit.repaid - audit.interest
    assert money.owed == audit.lent - audit.repaid == sum(audit.owed.values())
    balance = 0
    for row in rows:
        balance += row.settled if row.is_credit else -row.settled
        assert row.balance == balance >= 0
        if row.code:
            assert row.day == trading_day_after(row.traded, 2)
            costs = row.commission + row.tax
            back = costs + row.principal + row.interest
            assert row.settled == (row.amount - back if row.is_credit else row.amount + costs - row.principal)
    assert money.cash == balance
    today = exchange.now().date()
    coming = [exchange.settlements(exchange.trading_day_after(today, n)) for n in (1, 2)]
    receivable = sum(row.settled if row.is_credit else -row.settled for rows in coming for row in rows)
    assert money.cash + receivable == money.d2
