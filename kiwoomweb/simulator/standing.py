"""Standing: what the account owns at this instant: 잔고 and 예수금."""

from datetime import date, datetime

from kiwoomweb.broker.market_calendar import next_trading_day
from kiwoomweb.simulator.account_facts import Deposit, Position
from kiwoomweb.simulator.holdings import Holding, exact
from kiwoomweb.simulator.ledger import Ledger
from kiwoomweb.simulator.quoting import price_at
from kiwoomweb.simulator.tallies import Tally

__all__ = ["deposit", "position", "positions"]


def positions(ledger: Ledger, now: datetime) -> list[Position]:
    """Holdings by code, then what was sold out today."""
    held = sorted(ledger.holdings)
    closed = sorted(set(ledger.tallies.get(now.date(), {})) - set(held))
    return [position(ledger, code, now) for code in (*held, *closed)]


def position(ledger: Ledger, code: str, now: datetime) -> Position:
    market, costs, today = ledger.market, ledger.costs, now.date()
    holding = ledger.holdings.get(code) or Holding(code)
    tally, before = _tally(ledger, today, code), _tally(ledger, _day_before(ledger, today), code)
    price, last = price_at(market, code, now), market.close_before(code, market.day_at(now))
    value, cost = price * holding.quantity, int(holding.cost)
    return Position(
        code=code,
        quantity=holding.quantity,
        sellable=ledger.sellable(today, code),
        settled=holding.quantity - sum(_moved(ledger, day, code) for day in ledger.unsettled),
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
    )


def deposit(ledger: Ledger, now: datetime) -> Deposit:
    today = now.date()
    tomorrow = [day for day in ledger.unsettled if ledger.settles_on(day) <= _next(ledger, today)]
    later = [day for day in ledger.unsettled if day not in tomorrow]
    cash, reserved = ledger.purse.cash, ledger.reserved(today)
    d1 = cash + sum(ledger.net(day) for day in tomorrow)
    held = [position(ledger, code, now) for code in ledger.holdings]
    worth = sum(one.value - one.sell_commission - one.sell_tax for one in held)
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
        estimated_assets=ledger.d2 + worth,
    )


def _tallies(ledger: Ledger, days: list[date]) -> list[Tally]:
    return [tally for day in days for tally in ledger.tallies[day].values()]


def _tally(ledger: Ledger, day: date, code: str) -> Tally:
    return ledger.tallies.get(day, {}).get(code) or Tally(ledger.costs)


def _moved(ledger: Ledger, day: date, code: str) -> int:
    """Shares of a trade day that have not settled yet, bought less sold."""
    tally = _tally(ledger, day, code)
    return tally.bought_quantity - tally.sold_quantity


def _day_before(ledger: Ledger, today: date) -> date:
    return next(day for day in ledger.market.days_back(today) if day < today)


def _next(ledger: Ledger, today: date) -> date:
    """The next settlement day."""
    return next_trading_day(today, ledger.market.overrides)
