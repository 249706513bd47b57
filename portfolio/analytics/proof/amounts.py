"""E1: what was bought and sold. Fills against the day's total (ka10074), the diary (ka10170), the sales.

Amounts may differ by what cut averages hide (``cutting.hidden_in_average``), numbers of shares by none. A day
on which nothing was sold has no row in ka10074: that is neither a zero nor a gap, and its buys are held against
the diary, the header of the day's own reading, or the cash ledger.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from portfolio.analytics.proof.facts import Booked, DayFacts
from portfolio.analytics.proof.lines import Equation, Line, Reason, Unit, compared, unknown

__all__ = ["amounts"]

E1 = Equation.AMOUNTS


def amounts(facts: DayFacts) -> list[Line]:
    """The lines of E1."""
    return [
        *_totals(facts),
        *_diary(facts),
        *_ledger(facts),
        *_shares(facts, "quantity.bought", _counted(facts, sells=False), _diary_counts(facts, sells=False)),
        *_shares(facts, "quantity.sold", _counted(facts, sells=True), _diary_counts(facts, sells=True)),
        *_shares(facts, "quantity.sales", _counted(facts, sells=True), _sale_counts(facts)),
    ]


def _totals(facts: DayFacts) -> list[Line]:
    if facts.totals:
        return [
            _won(facts, "sold.total", facts.totals.sold, sells=True),
            _won(facts, "bought.total", facts.totals.bought, sells=False),
        ]
    if not facts.totals_read:
        return [unknown(E1, "sold.total", Reason.MISSING, _ours(facts, sells=True))]
    if facts.sold:
        # The broker gives a row for every day with a sale: ours has one that its list does not know.
        return [_won(facts, "sold.total", 0, sells=True, different=Reason.MISSING)]
    return [unknown(E1, "sold.total", Reason.NO_SALE), *_without_row(facts)]


def _without_row(facts: DayFacts) -> list[Line]:
    """A day without a sale: what was bought, by whoever else tells it."""
    if facts.diary is None and facts.header is None and facts.booked is None and not facts.orders_read:
        return [unknown(E1, "bought.total", Reason.MISSING, facts.bought or None)]
    if facts.header is not None:
        return [_won(facts, "bought.header", facts.header.bought, sells=False)]
    if facts.diary is None and facts.placed_filled is not None:
        ours = sum(fill.quantity for fill in facts.fills)
        return [compared(Line(E1, "quantity.placed", ours, facts.placed_filled, unit=Unit.SHARES))]
    return []


def _diary(facts: DayFacts) -> list[Line]:
    diary, stocks = facts.diary, facts.diary_stocks
    if diary is None:
        due = not facts.hidden.diary and not facts.diary_read
        return [unknown(E1, "sold.diary", Reason.MISSING if due else Reason.NOT_SERVED)]
    return [
        _won(facts, "sold.diary", diary.sold, sells=True),
        _won(facts, "bought.diary", diary.bought, sells=False),
        compared(Line(E1, "sold.stocks", sum(stock.sold for stock in stocks), diary.sold)),
        compared(Line(E1, "bought.stocks", sum(stock.bought for stock in stocks), diary.bought)),
    ]


def _ledger(facts: DayFacts) -> list[Line]:
    """What was settled for the day (kt00015), exact for any age; nothing while it is not booked."""
    trades = [row for row in facts.settled or () if row.is_sell is not None]
    if not trades:
        return []
    return [
        _won(facts, "sold.ledger", _booked(trades, sells=True), sells=True),
        _won(facts, "bought.ledger", _booked(trades, sells=False), sells=False),
    ]


def _booked(rows: Iterable[Booked], *, sells: bool) -> int:
    return sum(row.amount for row in rows if row.is_sell is sells)


def _won(
    facts: DayFacts, key: str, theirs: int, *, sells: bool, different: Reason = Reason.UNEXPLAINED
) -> Line:
    line = Line(E1, key, _ours(facts, sells=sells), theirs, facts.loose(sells=sells))
    return compared(line, different=different)


def _ours(facts: DayFacts, *, sells: bool) -> int | None:
    """Nothing traded is a zero of ours only once the day's orders have been read."""
    amount = facts.sold if sells else facts.bought
    return amount if facts.fills or facts.orders_read else None


def _shares(facts: DayFacts, key: str, ours: Mapping[str, int], theirs: Mapping[str, int] | None) -> list[Line]:
    """One line for the day, and one for each stock that differs: shares are never rounded."""
    if theirs is None or not (facts.fills or facts.orders_read):
        return []
    day = Line(E1, key, sum(ours.values()), sum(theirs.values()), unit=Unit.SHARES)
    stocks = [
        Line(E1, key, ours.get(symbol, 0), theirs.get(symbol, 0), symbol=symbol, unit=Unit.SHARES)
        for symbol in sorted({*ours, *theirs})
        if ours.get(symbol, 0) != theirs.get(symbol, 0)
    ]
    return [compared(line, different=Reason.MISSING) for line in (day, *stocks)]


def _counted(facts: DayFacts, *, sells: bool) -> Counter[str]:
    counts: Counter[str] = Counter()
    for fill in facts.fills:
        if fill.is_sell is sells:
            counts[fill.symbol] += fill.quantity
    return counts


def _diary_counts(facts: DayFacts, *, sells: bool) -> dict[str, int] | None:
    if facts.diary is None:
        return None
    found = {
        stock.symbol: stock.sold_quantity if sells else stock.bought_quantity for stock in facts.diary_stocks
    }
    return {symbol: quantity for symbol, quantity in found.items() if quantity}


def _sale_counts(facts: DayFacts) -> Counter[str] | None:
    """``None`` when the broker lists no sales at all: an account of that kind has none (ISA)."""
    if not facts.sales:
        return None
    counts: Counter[str] = Counter()
    for sale in facts.sales:
        counts[sale.symbol] += sale.quantity
    return counts
