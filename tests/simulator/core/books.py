"""An auditor: adds the account up again from its executions and compares every statement with the result."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kiwoomweb.broker.domain import Side
from kiwoomweb.broker.market_calendar import trading_day_after
from kiwoomweb.simulator.account_facts import DiaryKind
from kiwoomweb.simulator.costs import REAL, Costs, tax_rate
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.order_facts import Fill

__all__ = ["account_reconciles", "executions"]


def executions(exchange: Exchange) -> list[Fill]:
    """Every execution of the account's life, oldest first."""
    first, last = exchange.opened_on, exchange.now().date()
    days = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
    return [fill for day in days for fill in exchange.executions_on(day)]


class Auditor:
    """Plays executions with sums of its own: it shares the cost rates with the ledger and nothing else."""

    def __init__(self, exchange: Exchange, costs: Costs = REAL) -> None:
        self.exchange, self.costs = exchange, costs
        self.held: dict[str, tuple[int, Fraction]] = defaultdict(lambda: (0, Fraction(0)))
        self.amounts: dict[tuple[date, str, Side], int] = defaultdict(int)
        self.sold_cost: dict[tuple[date, str], Fraction] = defaultdict(Fraction)
        self.taxes: dict[tuple[date, str], int] = defaultdict(int)
        self.rows: list[tuple[str, int, int, Decimal]] = []
        for fill in executions(exchange):
            self.play(fill)

    def play(self, fill: Fill) -> None:
        quantity, cost = self.held[fill.code]
        self.amounts[fill.day, fill.code, fill.side] += fill.price * fill.quantity
        if fill.side is Side.BUY:
            self.held[fill.code] = (quantity + fill.quantity, cost + fill.price * fill.quantity)
            return
        assert quantity >= fill.quantity
        gone = cost * fill.quantity / quantity
        self.held[fill.code] = (quantity - fill.quantity, cost - gone)
        self.sold_cost[fill.day, fill.code] += gone
        tax = self.tax(fill)
        self.taxes[fill.day, fill.code] += tax
        legs = self.costs.commission(fill.amount) + self.costs.commission(gone)
        profit = fill.amount - gone - legs - tax
        self.rows.append((fill.code, fill.quantity, legs, Decimal(int(profit * 10**7)).scaleb(-7)))

    def tax(self, fill: Fill) -> int:
        market = self.exchange.instrument(fill.code).market
        settles = trading_day_after(fill.day, 2)
        return int(fill.amount * tax_rate(market, settles))

    def days(self) -> list[date]:
        return sorted({day for day, _, _ in self.amounts})

    def side(self, day: date, side: Side) -> int:
        return sum(amount for (at, _, on), amount in self.amounts.items() if at == day and on is side)

    def commission(self, day: date, side: Side) -> int:
        """Charged once per stock and side of a day."""
        amounts = (a for (at, _, on), a in self.amounts.items() if at == day and on is side)
        return sum(map(self.costs.commission, amounts))

    def tax_of(self, day: date) -> int:
        return sum(tax for (at, _), tax in self.taxes.items() if at == day)

    def realised(self, day: date) -> int:
        return sum(self.realised_of(day, code) for at, code in self.sold_cost if at == day)

    def realised_of(self, day: date, code: str) -> int:
        sold, cost = self.amounts[day, code, Side.SELL], self.sold_cost[day, code]
        legs = self.costs.commission(sold) + self.costs.commission(cost)
        return int(sold - cost - legs - self.taxes[day, code])


def account_reconciles(exchange: Exchange) -> None:
    """To the won: cash, positions, sale rows, days, diaries and settlements against the executions."""
    audit = Auditor(exchange)
    _positions(exchange, audit)
    _sale_rows(exchange, audit)
    _days_and_diaries(exchange, audit)
    _cash(exchange, audit)


def _positions(exchange: Exchange, audit: Auditor) -> None:
    shown = {p.code: (p.quantity, p.cost) for p in exchange.positions() if p.quantity}
    played = {code: (quantity, int(cost)) for code, (quantity, cost) in audit.held.items() if quantity}
    assert shown == played


def _sale_rows(exchange: Exchange, audit: Auditor) -> None:
    rows = exchange.realised_rows(exchange.opened_on, exchange.now().date())
    assert [(row.code, row.quantity, row.commission, row.realised) for row in rows] == audit.rows


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
            assert line.realised == (audit.realised_of(day.day, line.code) if line.sold_quantity else 0)


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
    assert money.d2 == moved + traded
    balance = 0
    for row in rows:
        balance += row.settled if row.is_credit else -row.settled
        assert row.balance == balance >= 0
        if row.code:
            assert row.day == trading_day_after(row.traded, 2)
            costs = row.commission + row.tax
            assert row.settled == (row.amount - costs if row.is_credit else row.amount + costs)
    assert money.cash == balance
    today = exchange.now().date()
    coming = [exchange.settlements(exchange.trading_day_after(today, n)) for n in (1, 2)]
    receivable = sum(row.settled if row.is_credit else -row.settled for rows in coming for row in rows)
    assert money.cash + receivable == money.d2
