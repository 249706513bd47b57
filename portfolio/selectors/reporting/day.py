"""A day as its report tells it: the journal's figures, without the thousands of fills that are not shown."""

from dataclasses import dataclass
from datetime import date

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import Side
from orders.selectors.fills import FilledSum, FillLine, filled_sums, first_fills
from portfolio.models import DiaryDay
from portfolio.selectors.journal import DayTotals, JournalLine, day_totals, diary_lines, made_line
from portfolio.selectors.sales import SoldSum, sold_sums

__all__ = ["ReportDay", "report_day"]


@dataclass(frozen=True, slots=True)
class ReportDay:
    """``totals`` and ``lines`` as in the journal (the lines in any order); how many sales, how many of them
    above zero, how many fills, and the first of these, the oldest first."""

    totals: DayTotals
    lines: tuple[JournalLine, ...]
    sales: int
    wins: int
    fills: int
    first: tuple[FillLine, ...]


def report_day(account: Account, day: date, most: int) -> ReportDay:
    """The day with its first ``most`` fills."""
    diary = DiaryDay.objects.current().filter(account=account, day=day).first()
    sold, filled = sold_sums(account, day), filled_sums(account, day)
    return ReportDay(
        day_totals(account, day, diary),
        diary_lines(account, day) if diary else _made_of(sold, filled),
        sum(one.sales for one in sold),
        sum(one.wins for one in sold),
        sum(one.fills for one in filled),
        first_fills(account, day, most) if filled else (),
    )


def _made_of(sold: tuple[SoldSum, ...], filled: tuple[FilledSum, ...]) -> tuple[JournalLine, ...]:
    names = {one.symbol: one.name for one in sold} | {one.symbol: one.name for one in filled}
    sides = {(one.symbol, one.side): (one.quantity, one.amount) for one in filled}
    sales = {one.symbol: one for one in sold}
    lines = []
    for symbol, name in names.items():
        buys, sells = (sides.get((symbol, side), (0, 0)) for side in (Side.BUY, Side.SELL))
        sale = sales.get(symbol)
        costs, realised = (sale.costs, sale.realised) if sale else (None, None)
        line = made_line(symbol, name, buys=buys, sells=sells, costs=costs, realised=realised)
        lines.append(line)
    return tuple(lines)
