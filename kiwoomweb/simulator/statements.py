"""Statements: everything the account can be asked about its past, added up from the ledger's tallies."""

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kiwoomweb.simulator.account_facts import (
    DaySnapshot,
    Diary,
    DiaryKind,
    DiaryLine,
    HeldAtClose,
    RealisedDay,
    SaleRow,
)
from kiwoomweb.simulator.costs import Costs
from kiwoomweb.simulator.holdings import exact
from kiwoomweb.simulator.ledger import Closing, HeldLot, Ledger
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.tallies import Tally

__all__ = ["closing_before", "diary", "realised_days", "realised_rows", "snapshot"]


def realised_rows(ledger: Ledger, start: date, end: date, code: str = "") -> list[SaleRow]:
    """Sales between two days, oldest first."""
    days = (ledger.sales[day] for day in sorted(ledger.sales) if start <= day <= end)
    return [row for sales in days for row in sales if code in ("", row.code)]


def realised_days(ledger: Ledger, start: date, end: date) -> list[RealisedDay]:
    """Days with a fill, oldest first."""
    days = sorted(day for day in ledger.tallies if start <= day <= end)
    return [_realised_day(day, list(ledger.tallies[day].values())) for day in days]


def _realised_day(day: date, tallies: list[Tally]) -> RealisedDay:
    return RealisedDay(
        day=day,
        bought=sum(t.bought for t in tallies),
        sold=sum(t.sold for t in tallies),
        cost=int(sum((t.cost for t in tallies), Fraction(0))),
        realised=sum(t.realised for t in tallies),
        commission=sum(t.buy_commission + t.sell_commission for t in tallies),
        tax=sum(t.tax for t in tallies),
        has_sales=any(t.sold_quantity for t in tallies),
    )


def diary(ledger: Ledger, day: date, kind: DiaryKind, credit: bool | None = None) -> Diary:
    """당일매매일지: every stock of the day, or only what was bought and sold within it.

    ``credit`` looks at trades on credit only, or at the others only; a stock's lots are one line either way.
    """
    by_code: dict[str, list[Tally]] = {}
    for lot, tally in sorted(ledger.tallies.get(day, {}).items(), key=lambda pair: pair[0].rank):
        if credit is None or credit is bool(lot.loan):
            by_code.setdefault(lot.code, []).append(tally)
    if kind is DiaryKind.ALL:
        lines = [_line(code, tallies) for code, tallies in by_code.items()]
        cost = sum((t.cost for tallies in by_code.values() for t in tallies), Fraction(0))
    else:
        both = {code: [t for t in found if _both_ways(t)] for code, found in by_code.items()}
        lines = [_day_trade(ledger.costs, code, tallies) for code, tallies in both.items() if tallies]
        cost = Fraction(sum(line.bought for line in lines))
    bought, sold = sum(line.bought for line in lines), sum(line.sold for line in lines)
    costs, realised = sum(line.costs for line in lines), sum(line.realised for line in lines)
    rate = percent(realised, exact(cost))
    return Diary(day, bought, sold, costs, sold - bought - costs, realised, rate, tuple(lines))


def _both_ways(tally: Tally) -> bool:
    return bool(tally.bought_quantity and tally.sold_quantity)


def _line(code: str, tallies: list[Tally]) -> DiaryLine:
    bought_quantity, bought = sum(t.bought_quantity for t in tallies), sum(t.bought for t in tallies)
    sold_quantity, sold = sum(t.sold_quantity for t in tallies), sum(t.sold for t in tallies)
    realised = sum(t.realised for t in tallies if t.sold_quantity)
    return DiaryLine(
        code=code,
        bought_quantity=bought_quantity,
        bought_average=_average(bought, bought_quantity),
        bought=bought,
        sold_quantity=sold_quantity,
        sold_average=_average(sold, sold_quantity),
        sold=sold,
        costs=sum(t.charged for t in tallies),
        realised=realised,
        return_rate=percent(realised, exact(sum((t.cost for t in tallies), Fraction(0)))),
    )


def _day_trade(costs: Costs, code: str, tallies: list[Tally]) -> DiaryLine:
    """The matched part of a stock that was bought and sold on the day, lot by lot (PROTOCOL 6.1-7)."""
    matches = [_matched(costs, tally) for tally in tallies]
    quantity, bought, sold, charged = (sum(column) for column in zip(*matches, strict=True))
    return DiaryLine(
        code=code,
        bought_quantity=quantity,
        bought_average=_average(bought, quantity),
        bought=bought,
        sold_quantity=quantity,
        sold_average=_average(sold, quantity),
        sold=sold,
        costs=charged,
        realised=sold - bought - charged,
        return_rate=percent(sold - bought - charged, bought),
    )


def _matched(costs: Costs, tally: Tally) -> tuple[int, int, int, int]:
    """Shares that came and went, what they were bought and sold for, and the costs of both."""
    quantity = min(tally.bought_quantity, tally.sold_quantity)
    bought = tally.bought * quantity // tally.bought_quantity
    sold = tally.sold * quantity // tally.sold_quantity
    taxes = tally.tax * quantity // tally.sold_quantity
    return quantity, bought, sold, costs.commission(bought) + costs.commission(sold) + taxes


def _average(amount: int, quantity: int) -> Decimal:
    return Decimal(amount) / quantity if quantity else Decimal(0)


def closing_before(ledger: Ledger, day: date) -> Closing | None:
    """The last closing on or before a day; days without trading repeat the one before."""
    days = sorted(ledger.closings)
    place = bisect_right(days, day)
    return ledger.closings[days[place - 1]] if place else None


def snapshot(ledger: Ledger, closing: Closing, day: date, prices: dict[str, int]) -> DaySnapshot:
    """The account as it closed, valued at the given prices and told for ``day``."""
    held = tuple(_held(ledger, closing.day, one, prices[one.lot.code]) for one in closing.held)
    selling = (
        ledger.costs.commission(one.value) + ledger.tax(one.code, one.value, closing.day) for one in held
    )
    value, owed = sum(one.value for one in held), sum(one.owed for one in held)
    interest = sum(ledger.interest(one.loan, one.owed, closing.day) for one in held)
    return DaySnapshot(
        day=day,
        cash=closing.cash,
        d2=closing.d2,
        cost=sum(one.cost for one in held),
        value=value,
        profit=sum(one.profit for one in held),
        estimated_assets=closing.d2 + value - sum(selling) - owed - interest,
        holdings=held,
        owed=owed,
        interest=interest,
    )


def _held(ledger: Ledger, day: date, one: HeldLot, price: int) -> HeldAtClose:
    code, cost, value = one.lot.code, int(one.cost), price * one.quantity
    selling = ledger.costs.commission(value) + ledger.tax(code, value, day)
    return HeldAtClose(
        code=code,
        quantity=one.quantity,
        cost=cost,
        average_cost=exact(one.cost / one.quantity),
        price=price,
        value=value,
        profit=value - cost - ledger.costs.commission(cost) - selling,
        loan=one.lot.loan,
        owed=one.owed,
    )
