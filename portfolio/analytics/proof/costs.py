"""E2: fees and taxes. Orders (ka10076), sales (ka10073) and the diary against the day's total (ka10074).

Taxes agree to the won. Commissions are cut to ten won per order, per sale and leg, per stock and side of the
day, or once for the day, so two sums of them may differ by ten for each cut that one has more
(``cutting.hidden_in_cuts``); what the account's proven rate charges must come out to the same.
"""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from portfolio.analytics.proof.cutting import commission, hidden_in_cuts
from portfolio.analytics.proof.facts import DayFacts, SaleFact
from portfolio.analytics.proof.lines import Equation, Line, Reason, compared, unknown

__all__ = ["costs", "groups"]

E2 = Equation.COSTS
#: ka10073 tells the average cost cut to the hundredth of a won.
HUNDREDTH = Fraction(1, 100)


def costs(facts: DayFacts) -> list[Line]:
    """The lines of E2."""
    return [*_sales(facts), *_orders(facts), *_diary(facts), *_ledger(facts), *_by_rate(facts)]


def groups(facts: DayFacts) -> dict[tuple[str, bool], tuple[int, int]]:
    """What was traded by stock and side: won, and how many won cut averages may hide. Exact where the diary
    tells it."""
    found: dict[tuple[str, bool], tuple[int, int]] = defaultdict(lambda: (0, 0))
    if facts.diary is not None:
        for stock in facts.diary_stocks:
            found[stock.symbol, False] = (stock.bought, 0)
            found[stock.symbol, True] = (stock.sold, 0)
    else:
        for fill in facts.fills:
            amount, loose = found[fill.symbol, fill.is_sell]
            found[fill.symbol, fill.is_sell] = (amount + fill.amount, loose + fill.loose)
    return {key: pair for key, pair in found.items() if pair[0]}


def _sales(facts: DayFacts) -> list[Line]:
    if not facts.totals:
        return []
    if not facts.sales:
        reason = Reason.NOT_SERVED if facts.sales_read else Reason.MISSING
        return [unknown(E2, "tax.sales", reason)]
    taxes = Line(E2, "tax.sales", sum(sale.tax for sale in facts.sales), facts.totals.tax)
    return [compared(taxes), *_sale_commissions(facts)]


def _sale_commissions(facts: DayFacts) -> list[Line]:
    """Both legs of every sale by the proven rate; a sale that was charged otherwise has a line of its own."""
    if not facts.rates:
        return []
    told = [(sale, *_legs(sale, facts.rates)) for sale in facts.sales]
    wrong = [
        compared(Line(E2, "commission.sale", low, sale.commission, symbol=sale.symbol), different=Reason.RATE)
        for sale, low, high in told
        if not low <= sale.commission <= high
    ]
    expected, width = sum(low for _, low, _ in told), sum(high - low for _, low, high in told)
    charged = sum(sale.commission for sale in facts.sales)
    day = Line(E2, "commission.sales", expected, charged, width)
    return [compared(day, different=Reason.RATE), *wrong]


def _legs(sale: SaleFact, rates: tuple[Fraction, ...]) -> tuple[int, int]:
    """The least and the most that both legs may have been charged."""
    sold = Fraction(sale.sell_price) * sale.quantity
    cost = Fraction(sale.buy_price) * sale.quantity
    least = commission(sold, min(rates)) + commission(cost, min(rates))
    return least, commission(sold, max(rates)) + commission(cost + HUNDREDTH * sale.quantity, max(rates))


def _orders(facts: DayFacts) -> list[Line]:
    """Single orders, where all of the day's fills have their order's costs."""
    total = facts.totals or facts.header
    filled = sum(order.filled for order in facts.orders)
    if total is None or not filled or filled != sum(fill.quantity for fill in facts.fills):
        return []
    charged = sum(order.commission for order in facts.orders)
    # The day may be cut once for each stock and side, or once for all of them.
    commissions = Line(E2, "commission.orders", charged, total.commission, hidden_in_cuts(len(facts.orders)))
    taxes = Line(E2, "tax.orders", sum(order.tax for order in facts.orders), total.tax)
    return [compared(commissions, different=Reason.RATE), compared(taxes)]


def _diary(facts: DayFacts) -> list[Line]:
    total = facts.totals or facts.header
    if facts.diary is None or total is None:
        return []
    tolerance = hidden_in_cuts(len(groups(facts)))
    stocks = Line(E2, "costs.stocks", sum(stock.costs for stock in facts.diary_stocks), facts.diary.costs)
    day = Line(E2, "costs.diary", facts.diary.costs, total.commission + total.tax, tolerance)
    return [compared(day), compared(stocks)]


def _ledger(facts: DayFacts) -> list[Line]:
    """What was charged when the day settled (kt00015), a row for each stock, side and loan."""
    total, trades = (
        facts.totals or facts.header,
        [row for row in facts.settled or () if row.is_sell is not None],
    )
    if total is None or not trades:
        return []
    charged, cuts = sum(row.commission for row in trades), hidden_in_cuts(len(trades))
    return [
        compared(Line(E2, "commission.ledger", charged, total.commission, cuts), different=Reason.RATE),
        compared(Line(E2, "tax.ledger", sum(row.tax for row in trades), total.tax)),
    ]


def _by_rate(facts: DayFacts) -> list[Line]:
    """The day's commission as the proven rate charges it, stock by stock and side by side."""
    told, found = _told(facts), groups(facts)
    if told is None or not found:
        return []
    if not facts.rates:
        return [unknown(E2, "commission.rate", Reason.NOTHING)]
    expected = sum(commission(amount, min(facts.rates)) for amount, _ in found.values())
    most = sum(commission(amount + loose, max(facts.rates)) for amount, loose in found.values())
    tolerance = most - expected + hidden_in_cuts(len(found) + _further_lots(facts.sales))
    return [compared(Line(E2, "commission.rate", expected, told, tolerance), different=Reason.RATE)]


def _told(facts: DayFacts) -> int | None:
    """The day's commission as the broker tells it; on a day without a sale the costs are all commission."""
    if total := facts.totals or facts.header:
        return total.commission
    return facts.diary.costs if facts.diary and not facts.diary.sold else None


def _further_lots(sales: Iterable[SaleFact]) -> int:
    """Loans are cut apart from a stock's own shares: so many cuts more than stocks, on both sides."""
    lots = {(sale.symbol, sale.lot) for sale in sales}
    on_loan = any(lot for _, lot in lots)
    return 2 * (len(lots) - len({symbol for symbol, _ in lots})) + (len(lots) if on_loan else 0)
