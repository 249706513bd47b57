"""Standing: what the account owns at this instant: 잔고 and 예수금."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from kiwoomweb.broker.market_calendar import next_trading_day
from kiwoomweb.simulator.account_facts import Deposit, Position
from kiwoomweb.simulator.credit import expires
from kiwoomweb.simulator.holdings import Holding, exact
from kiwoomweb.simulator.ledger import Ledger
from kiwoomweb.simulator.lots import Lot
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.quoting import price_at
from kiwoomweb.simulator.tallies import Tally

__all__ = ["deposit", "merged", "position", "positions"]


def positions(ledger: Ledger, now: datetime) -> list[Position]:
    """Lots by code, own shares first, then what was sold out today."""
    held = [lot for lot, _ in ledger.held()]
    closed = sorted(set(ledger.tallies.get(now.date(), {})) - set(held), key=lambda lot: lot.rank)
    return [position(ledger, lot, now) for lot in (*held, *closed)]


def position(ledger: Ledger, lot: Lot, now: datetime) -> Position:
    market, costs, today, code = ledger.market, ledger.costs, now.date(), lot.code
    holding = ledger.holding(lot) or Holding(code)
    tally, before = _tally(ledger, today, lot), _tally(ledger, _day_before(ledger, today), lot)
    price, last = price_at(market, code, now), market.close_before(code, market.day_at(now))
    value, cost = price * holding.quantity, int(holding.cost)
    return Position(
        code=code,
        quantity=holding.quantity,
        sellable=ledger.sellable(today, code, lot.loan),
        settled=holding.quantity - sum(_moved(ledger, day, lot) for day in ledger.unsettled),
        cost=cost,
        average_cost=exact(holding.average),
        price=price,
        previous_close=last.close if last else price,
        value=value,
        commission=costs.commission(cost),
        sell_commission=costs.commission(value),
        sell_tax=ledger.tax(code, value, today),
        bought_today=tally.bought_quantity,
        sold_today=tally.sold_quantity,
        bought_before=before.bought_quantity,
        sold_before=before.sold_quantity,
        bought_amount_today=tally.bought,
        realised_today=exact(tally.row_realised),
        commission_today=tally.row_commission,
        tax_today=tally.tax,
        loan=lot.loan,
        owed=holding.owed,
        interest=ledger.interest(lot.loan, holding.owed, today),
        expires=expires(lot.loan) if lot.loan else None,
    )


#: What adds up when the lots of a share are shown as one; the rest they have in common.
SUMMED = (
    *("quantity", "sellable", "settled", "cost", "value", "commission", "sell_commission", "sell_tax"),
    *("bought_today", "sold_today", "bought_before", "sold_before", "bought_amount_today", "realised_today"),
    *("commission_today", "tax_today", "owed", "interest"),
)


def merged(ledger: Ledger, lots: Iterable[Position]) -> list[Position]:
    """One position a share (합산): its lots added up, in the order they came in."""
    by_code: dict[str, list[Position]] = {}
    for one in lots:
        by_code.setdefault(one.code, []).append(one)
    return [one[0] if len(one) == 1 else _added_up(ledger, one) for one in by_code.values()]


def _added_up(ledger: Ledger, lots: list[Position]) -> Position:
    sums = {name: sum(getattr(one, name) for one in lots) for name in SUMMED}
    held = filter(None, (ledger.holding(Lot(one.code, one.loan)) for one in lots))
    cost, quantity = sum((holding.cost for holding in held), Fraction(0)), sums["quantity"]
    average = exact(cost / quantity) if quantity else exact(0)
    return replace(lots[0], **sums, average_cost=average, loan=None, expires=None)


def deposit(ledger: Ledger, now: datetime) -> Deposit:
    today = now.date()
    tomorrow = [day for day in ledger.unsettled if ledger.settles_on(day) <= _next(ledger, today)]
    later = [day for day in ledger.unsettled if day not in tomorrow]
    cash, reserved = ledger.purse.cash, ledger.reserved(today)
    d1 = cash + sum(ledger.net(day) for day in tomorrow)
    held = [position(ledger, lot, now) for lot, _ in ledger.held()]
    worth = sum(one.value - one.sell_commission - one.sell_tax for one in held)
    owed, interest = sum(one.owed for one in held), sum(one.interest for one in held)
    collateral = ledger.d2 + sum(one.value for one in held)
    return Deposit(
        cash=cash,
        d1=d1,
        d2=ledger.d2,
        d1_bought=sum(t.paid for t in _tallies(ledger, tomorrow)),
        d1_sold=sum(t.received for t in _tallies(ledger, tomorrow)),
        d2_bought=sum(t.paid for t in _tallies(ledger, later)),
        d2_sold=sum(t.received for t in _tallies(ledger, later)),
        reserved=reserved,
        buying_power=max(ledger.d2 - reserved, 0),
        withdrawable=max(min(cash, d1, ledger.d2 - reserved), 0),
        estimated_assets=ledger.d2 + worth - owed - interest,
        sold_today=sum(t.received for t in _tallies(ledger, [day for day in later if day == today])),
        owed=owed,
        interest=interest,
        credit_deposit=ledger.reserved(today, credit_only=True),
        collateral_rate=percent(collateral, owed),
    )


def _tallies(ledger: Ledger, days: list[date]) -> list[Tally]:
    return [tally for day in days for tally in ledger.tallies[day].values()]


def _tally(ledger: Ledger, day: date, lot: Lot) -> Tally:
    return ledger.tallies.get(day, {}).get(lot) or Tally(ledger.costs)


def _moved(ledger: Ledger, day: date, lot: Lot) -> int:
    """Shares of a trade day that have not settled yet, bought less sold."""
    tally = _tally(ledger, day, lot)
    return tally.bought_quantity - tally.sold_quantity


def _day_before(ledger: Ledger, today: date) -> date:
    return next(day for day in ledger.market.days_back(today) if day < today)


def _next(ledger: Ledger, today: date) -> date:
    """The next settlement day."""
    return next_trading_day(today, ledger.market.overrides)
