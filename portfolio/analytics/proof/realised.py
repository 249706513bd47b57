"""E3: what was realised. Sales (ka10073), diary (ka10170) and our own moving average against ka10074.

The broker's day is ``sold - cost - commission(sold) - commission(cost) - tax``, each commission cut once for
the day; its sales cut both legs of every row (PROTOCOL 6.1, 5 and 6). So ``n`` rows of ``k`` stocks may come to
more than the day, by at most 10 won for each further cut of either leg, and by the rounding of each row.

    474,600 - 292,808.87 - (940 + 580) - 852 = 179,419.13    the day, told as 179,419
    3 rows x (... - 310 - 190 - 284)        = 179,439        20 won more: two further cuts of the selling leg
"""

from fractions import Fraction

from portfolio.analytics.proof.cutting import commission, hidden_in_cuts
from portfolio.analytics.proof.facts import DayFacts, Slice
from portfolio.analytics.proof.lines import Equation, Line, Reason, compared, unknown

__all__ = ["realised"]

E3 = Equation.REALISED


def realised(facts: DayFacts) -> list[Line]:
    """The lines of E3; none for a day on which nothing was sold."""
    if not facts.totals:
        return []
    return [_sales(facts), *_diary(facts), *_own(facts)]


def _sales(facts: DayFacts) -> Line:
    told = facts.totals.realised if facts.totals else None
    if not facts.sales:
        return unknown(E3, "realised.sales", Reason.NOT_SERVED if facts.sales_read else Reason.MISSING)
    rows = len(facts.sales)
    # Two legs a row against two for the day; each row rounded to the won, the day cut to it.
    tolerance = 2 * hidden_in_cuts(rows) + rows // 2 + 1 if rows > 1 else 1
    return compared(Line(E3, "realised.sales", sum(sale.realised for sale in facts.sales), told, tolerance))


def _diary(facts: DayFacts) -> list[Line]:
    if facts.diary is None or facts.totals is None:
        return []
    sold = [stock for stock in facts.diary_stocks if stock.sold_quantity]
    tolerance = 2 * hidden_in_cuts(len(sold)) + max(len(sold) - 1, 0)
    return [compared(Line(E3, "realised.diary", facts.diary.realised, facts.totals.realised, tolerance))]


def _own(facts: DayFacts) -> list[Line]:
    """The journal's own result: its moving average of the sold shares, the costs as the rate charges them."""
    totals, slices = facts.totals, facts.slices
    if totals is None or slices is None:
        return []
    if not slices:
        return [unknown(E3, "realised.own", Reason.AWAITED)]
    if any(one.cost is None for one in slices):
        return [unknown(E3, "realised.own", Reason.NOT_SERVED)]
    if not facts.rates:
        return [unknown(E3, "realised.own", Reason.NOTHING)]
    most, least = _legs(slices, max(facts.rates)), _legs(slices, min(facts.rates))
    ours = totals.sold - sum(one.cost or 0 for one in slices) - most - totals.tax
    tolerance = most - least + _tolerance(slices)
    return [_judged(slices, Line(E3, "realised.own", ours, totals.realised, tolerance))]


def _legs(slices: tuple[Slice, ...], rate: Fraction) -> int:
    """Commission of both legs, cut once for each stock and leg."""
    return sum(commission(one.sold, rate) + commission(one.cost or 0, rate) for one in slices)


def _tolerance(slices: tuple[Slice, ...]) -> int:
    """What cut averages hide in the cost, a won for each stock's rounding, and ten won for each leg that a
    further cut or a hidden won may move."""
    moved = sum(bool(one.loose) for one in slices)
    return sum(one.loose for one in slices) + hidden_in_cuts(2 * (len(slices) + moved), 2) + len(slices)


def _judged(slices: tuple[Slice, ...], line: Line) -> Line:
    """Where buys and sells of a trade have no sure order, a difference says nothing."""
    found = compared(line)
    if found.holds or not any(one.is_unsure for one in slices):
        return found
    return unknown(E3, "realised.own", Reason.SEQUENCE, line.ours)
