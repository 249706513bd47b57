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
from kiwoomweb.simulator.ledger import Closing, Ledger
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


def diary(ledger: Ledger, day: date, kind: DiaryKind) -> Diary:
    """당일매매일지: every stock of the day, or only what was bought and sold within it."""
    tallies = sorted(ledger.tallies.get(day, {}).items())
    if kind is DiaryKind.ALL:
        lines, cost = (
            [_line(code, tally) for code, tally in tallies],
            sum((t.cost for _, t in tallies), Fraction(0)),
        )
    else:
        both = [(code, t) for code, t in tallies if t.bought_quantity and t.sold_quantity]
        lines = [_day_trade(ledger.costs, code, tally) for code, tally in both]
        cost = Fraction(sum(line.bought for line in lines))
    bought, sold = sum(line.bought for line in lines), sum(line.sold for line in lines)
    costs, realised = sum(line.costs for line in lines), sum(line.realised for line in lines)
    rate = percent(realised, exact(cost))
    return Diary(day, bought, sold, costs, sold - bought - costs, realised, rate, tuple(lines))


def _line(code: str, tally: Tally) -> DiaryLine:
    return DiaryLine(
        code=code,
        bought_quantity=tally.bought_quantity,
        bought_average=_average(tally.bought, tally.bought_quantity),
        bought=tally.bought,
        sold_quantity=tally.sold_quantity,
        sold_average=_average(tally.sold, tally.sold_quantity),
        sold=tally.sold,
        costs=tally.charged,
        realised=tally.realised if tally.sold_quantity else 0,
        return_rate=percent(tally.realised, exact(tally.cost)),
    )


def _day_trade(costs: Costs, code: str, tally: Tally) -> DiaryLine:
    """The matched part of a stock that was bought and sold on the day (PROTOCOL 6.1-7)."""
    matched = min(tally.bought_quantity, tally.sold_quantity)
    bought = tally.bought * matched // tally.bought_quantity
    sold = tally.sold * matched // tally.sold_quantity
    taxes = tally.tax * matched // tally.sold_quantity
    charged = costs.commission(bought) + costs.commission(sold) + taxes
    return DiaryLine(
        code=code,
        bought_quantity=matched,
        bought_average=_average(bought, matched),
        bought=bought,
        sold_quantity=matched,
        sold_average=_average(sold, matched),
        sold=sold,
        costs=charged,
        realised=sold - bought - charged,
        return_rate=percent(sold - bought - charged, bought),
    )


def _average(amount: int, quantity: int) -> Decimal:
    return Decimal(amount) / quantity if quantity else Decimal(0)


def closing_before(ledger: Ledger, day: date) -> Closing | None:
    """The last closing on or before a day; days without trading repeat the one before."""
    days = sorted(ledger.closings)
    place = bisect_right(days, day)
    return ledger.closings[days[place - 1]] if place else None


def snapshot(ledger: Ledger, closing: Closing, day: date, prices: dict[str, int]) -> DaySnapshot:
    """The account as it closed, valued at the given prices and told for ``day``."""
    held = tuple(_held(ledger, closing.day, one, prices[one[0]]) for one in sorted(closing.held))
    selling = (
        ledger.costs.commission(one.value) + ledger.tax(one.code, one.value, closing.day) for one in held
    )
    value = sum(one.value for one in held)
    return DaySnapshot(
        day=day,
        cash=closing.cash,
        d2=closing.d2,
        cost=sum(one.cost for one in held),
        value=value,
        profit=sum(one.profit for one in held),
        estimated_assets=closing.d2 + value - sum(selling),
        holdings=held,
    )


def _held(ledger: Ledger, day: date, one: tuple[str, int, Fraction], price: int) -> HeldAtClose:
    code, quantity, cost = one
    value = price * quantity
    selling = ledger.costs.commission(value) + ledger.tax(code, value, day)
    return HeldAtClose(
        code=code,
        quantity=quantity,
        cost=int(cost),
        average_cost=exact(cost / quantity),
        price=price,
        value=value,
        profit=value - int(cost) - ledger.costs.commission(int(cost)) - selling,
    )
