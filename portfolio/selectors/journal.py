"""The journal: one day with everything known about it, or the list of days."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kiwoomweb.access.models import Account
from kiwoomweb.broker.market_calendar import next_trading_day, previous_trading_day
from orders.selectors.fills import FillLine, fill_days, fills_on
from portfolio.models import DiaryDay, DiaryLine, RealisedDay, Sale
from portfolio.selectors.days import corrections, today_of
from portfolio.selectors.filtering.results import Chosen
from portfolio.selectors.notes import NoteView, note_of, note_texts
from portfolio.selectors.sales import sales_between

__all__ = [
    "DayTotals",
    "JournalDay",
    "JournalEntry",
    "JournalLine",
    "day_totals",
    "diary_lines",
    "journal_day",
    "journal_days",
    "made_line",
]

#: Shares and won bought, or sold.
Side = tuple[int, int]


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One stock of the day (ka10170) in won and shares; ``return_rate`` in percent. ``costs`` are commissions
    and taxes. From before ka10170 answers, lines are made of sales and fills: then ``costs`` and
    ``return_rate`` may be ``None``."""

    symbol: str
    name: str
    bought_quantity: int
    bought_average: Decimal
    bought: int
    sold_quantity: int
    sold_average: Decimal
    sold: int
    costs: int | None
    realised: int | None
    return_rate: Decimal | None


@dataclass(frozen=True, slots=True)
class DayTotals:
    """The day in won. ``realised`` is ka10074's when it has a line for the day, else ka10170's; ``None`` while
    neither has answered."""

    bought: int | None
    sold: int | None
    costs: int | None
    realised: int | None
    return_rate: Decimal | None


@dataclass(frozen=True, slots=True)
class JournalDay:
    """One day: totals, stocks, single sales and fills, the note.

    ``next_day`` is ``None`` on the newest trading day. ``is_itemised`` is false where the broker's own diary
    no longer reaches (two months) and the lines come from sales and fills.
    """

    day: date
    previous_day: date
    next_day: date | None
    is_itemised: bool
    totals: DayTotals
    lines: tuple[JournalLine, ...]
    sales: tuple[Sale, ...]
    fills: tuple[FillLine, ...]
    note: NoteView


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One day in the list: its result in won (``None``: nothing sold) and its note's present text."""

    day: date
    realised: int | None
    traded: bool
    note: str


def journal_day(account: Account, day: date) -> JournalDay:
    """Everything about one day; every list is empty on a day without trades."""
    corrected, today = corrections(), today_of(account)
    diary = DiaryDay.objects.current().filter(account=account, day=day).first()
    sales, fills = tuple(sales_between(account, day, day)), fills_on(account, day)
    lines = diary_lines(account, day) if diary else made_of(sales, fills)
    return JournalDay(
        day,
        previous_trading_day(day, corrected),
        next_trading_day(day, corrected) if day < today else None,
        diary is not None,
        day_totals(account, day, diary),
        lines,
        sales,
        fills,
        note_of(account, day),
    )


def journal_days(
    account: Account, first: date, last: date, chosen: Chosen | None = None
) -> tuple[JournalEntry, ...]:
    """The days of the period on which something was traded or written, newest first; of ``chosen`` trades the
    days on which these were traded, with what they brought."""
    if chosen and not chosen.is_everything:
        return _chosen_days(account, first, last, chosen)
    rows = RealisedDay.objects.current().filter(account=account, day__range=(first, last))
    realised = dict(rows.values_list("day", "realised"))
    notes, traded = note_texts(account, first, last), fill_days(account, first, last)
    days = sorted({*realised, *notes, *traded}, reverse=True)
    return tuple(
        JournalEntry(day, realised.get(day), day in realised or day in traded, notes.get(day, ""))
        for day in days
    )


def _chosen_days(account: Account, first: date, last: date, chosen: Chosen) -> tuple[JournalEntry, ...]:
    realised = {row.day: row.realised for row in chosen.by_day(first, last)}
    notes = note_texts(account, first, last)
    days = sorted({*realised, *chosen.days(first, last)}, reverse=True)
    return tuple(JournalEntry(day, realised.get(day), True, notes.get(day, "")) for day in days)


def made_of(sales: tuple[Sale, ...], fills: tuple[FillLine, ...]) -> tuple[JournalLine, ...]:
    """Lines for a day the diary does not reach: amounts from fills, results from sales."""
    names = {sale.symbol: sale.name for sale in sales} | {fill.symbol: fill.name for fill in fills}
    sold: dict[str, list[Sale]] = defaultdict(list)
    for sale in sales:
        sold[sale.symbol].append(sale)
    filled: dict[str, list[FillLine]] = defaultdict(list)
    for fill in fills:
        filled[fill.symbol].append(fill)
    return tuple(
        made_line(
            symbol,
            name,
            buys=_side(filled[symbol], "buy"),
            sells=_side(filled[symbol], "sell"),
            costs=sum(sale.commission + sale.tax for sale in sold[symbol]) if sold[symbol] else None,
            realised=sum(sale.realised for sale in sold[symbol]) if sold[symbol] else None,
        )
        for symbol, name in sorted(names.items())
    )


def made_line(
    symbol: str, name: str, *, buys: Side, sells: Side, costs: int | None, realised: int | None
) -> JournalLine:
    """A line of what was counted; costs and result are ``None`` where no sale is listed."""
    (bought_quantity, bought), (sold_quantity, sold) = buys, sells
    return JournalLine(
        symbol,
        name,
        bought_quantity,
        _average(bought, bought_quantity),
        bought,
        sold_quantity,
        _average(sold, sold_quantity),
        sold,
        costs,
        realised,
        None,
    )


def day_totals(account: Account, day: date, diary: DiaryDay | None) -> DayTotals:
    """The broker's own sums of the day; ``diary`` is its diary's line, where there is one."""
    told = RealisedDay.objects.current().filter(account=account, day=day).first()
    rate = diary.return_rate if diary else None
    if told:
        return DayTotals(told.bought, told.sold, told.commission + told.tax, told.realised, rate)
    if diary:
        return DayTotals(diary.bought, diary.sold, diary.costs, diary.realised, rate)
    return DayTotals(None, None, None, None, None)


def diary_lines(account: Account, day: date) -> tuple[JournalLine, ...]:
    """The lines of the broker's diary (ka10170), the largest sale first."""
    rows = DiaryLine.objects.current().filter(account=account, day=day).order_by("-sold", "-bought", "symbol")
    return tuple(
        JournalLine(
            row.symbol,
            row.name,
            row.bought_quantity,
            row.bought_average,
            row.bought,
            row.sold_quantity,
            row.sold_average,
            row.sold,
            row.costs,
            row.realised,
            row.return_rate,
        )
        for row in rows
    )


def _side(fills: list[FillLine], side: str) -> Side:
    mine = [fill for fill in fills if fill.side == side]
    return sum(fill.quantity for fill in mine), sum(fill.amount for fill in mine)


def _average(amount: int, quantity: int) -> Decimal:
    return Decimal(amount) / quantity if quantity else Decimal()
