"""Exacting: give aggregate fills the won that averages cut to whole won have lost.

An order list says 7 shares at 69,012 on average, where 483,087 won were paid: 3 won are gone. Other books of
the broker (settlements, the diary, sales, the header of kt00009) say the exact sum of a symbol, or of a side
of the day. Where such a sum speaks of exactly the shares we know of, and its difference is no more than a cut
can explain, it is shared out over the aggregates. Any other difference is left to be seen.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from orders.models import Fill, Turnover

__all__ = ["EXACT_SOURCES", "exact"]

#: Who is believed first: what was settled, the diary of the day, single sales, the header of the executions.
EXACT_SOURCES = ("kt00015", "ka10170", "ka10073", "kt00009")

#: An aggregate, and how many shares its order's average was taken over.
Rest = tuple[Fill, int]


def exact(rests: Sequence[Rest], singles: Iterable[Fill], sums: Iterable[Turnover]) -> None:
    """Change amounts and prices of ``rests`` so that they fit the ``sums``, symbol by symbol, then by side."""
    known = [fill for fill, _ in rests] + list(singles)
    totals = _totals(sums)
    for side in sorted({fill.side for fill in known}):
        of_side = [fill for fill in known if fill.side == side]
        open_rests = [rest for rest in rests if rest[0].side == side]
        for symbol in sorted({fill.symbol for fill in of_side}):
            mine = [rest for rest in open_rests if rest[0].symbol == symbol]
            if mine and _fit(mine, [fill for fill in of_side if fill.symbol == symbol], totals[symbol, side]):
                open_rests = [rest for rest in open_rests if rest not in mine]
        if open_rests:
            _fit(open_rests, of_side, totals["", side])


def _totals(sums: Iterable[Turnover]) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """(quantity, amount) by symbol and side, most trusted source first; a blank symbol is the whole side."""
    added: dict[tuple[str, str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for one in sums:
        key = (one.source, one.symbol, one.side)
        added[key] = added[key][0] + one.quantity, added[key][1] + one.amount
    totals: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for source in EXACT_SOURCES:
        for (told_by, symbol, side), total in added.items():
            if told_by == source:
                totals[symbol, side].append(total)
    return totals


def _fit(rests: Sequence[Rest], fills: Sequence[Fill], totals: Iterable[tuple[int, int]]) -> bool:
    """Share the difference out, if a total speaks of just these shares and a cut explains it."""
    quantity = sum(fill.quantity for fill in fills)
    for told_quantity, told_amount in totals:
        if told_quantity != quantity:
            continue
        gap, most = told_amount - sum(fill.amount for fill in fills), sum(shares - 1 for _, shares in rests)
        if abs(gap) <= most:
            _share(gap, rests, most)
            return True
    return False


def _share(gap: int, rests: Sequence[Rest], most: int) -> None:
    """In proportion to what each average may have lost, in the order of the order numbers, to the last won."""
    given, reach = 0, 0
    for fill, shares in sorted(rests, key=lambda rest: rest[0].order_no):
        reach += shares - 1
        part = (gap * reach // most if most else 0) - given
        given += part
        if part:
            fill.amount += part
            fill.price = Decimal(fill.amount) / fill.quantity
