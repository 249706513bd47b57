"""Gathering: everything a proof compares, for many days with the same few queries as for one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import Side
from kiwoomweb.broker.market_calendar import Overrides
from orders.models import AGGREGATE, Fill, Order
from portfolio.analytics.proof.cutting import hidden_in_average
from portfolio.analytics.proof.facts import (
    CashDay,
    DayFacts,
    DiaryFact,
    DiaryStock,
    Hidden,
    Ordered,
    SaleFact,
    Slice,
    Totals,
    Traded,
)
from portfolio.models import DiaryDay, DiaryLine, RealisedDay, Sale
from portfolio.selectors.proof.books import Books, books_of, slices_of
from portfolio.selectors.proof.possessions import Possessions, possessions_of
from portfolio.selectors.proof.reads import CLOSES, DayReads, reads_of
from portfolio.selectors.proof.spans import spans_of
from portfolio.selectors.sales import SALE_SOURCES

__all__ = ["Gathered", "gathered"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts of one day, its reads, and the raw replies its facts came from."""

    facts: DayFacts
    reads: DayReads
    replies: tuple[int, ...]


#: Picks the rates of a day.
Rates = Callable[[date], tuple[Fraction, ...]]


def gathered(
    account: Account, days: Sequence[date], corrected: Overrides, rates: Rates = lambda _day: ()
) -> dict[date, Gathered]:
    """What is known of each of these days, oldest first; about a dozen queries."""
    days = sorted(days)
    found = _Shelves(account, days, corrected)
    return {day: found.of(day, rates(day)) for day in days}


class _Shelves:
    """The rows of the days, sorted by day."""

    def __init__(self, account: Account, days: Sequence[date], corrected: Overrides) -> None:
        self._replies: dict[date, set[int]] = defaultdict(set)
        span = {"account": account, "day__range": (days[0], days[-1])}
        self.reads = reads_of(account, days)
        self.totals = self._by_day(RealisedDay.objects.current().filter(**span), _totals, TOTALS)
        self.sales = self._by_day(Sale.objects.current().filter(**span), _sale, SALE)
        self.diary = self._by_day(DiaryDay.objects.current().filter(**span), _diary, DIARY)
        self.stocks = self._by_day(DiaryLine.objects.current().filter(**span), _stock, STOCK)
        self.fills = self._by_day(Fill.objects.current().filter(**span), _fill, FILL)
        orders = Order.objects.filter(**span).exclude(source="00")
        self.orders = self._by_day(orders, lambda row: row, ORDER)
        self.spans = spans_of(account, days, self._replies)
        self.slices = slices_of(account, days)
        self.books: Books = books_of(account, days, self.reads, corrected, self._replies)
        self.possessions: Possessions = possessions_of(
            account, days, self._fills_by_day(), corrected, self._replies
        )

    def _by_day(
        self, rows: "QuerySet[Any]", make: Callable[..., Any], columns: Sequence[str]
    ) -> dict[date, list[Any]]:
        found: dict[date, list[Any]] = defaultdict(list)
        for day, reply, *rest in rows.values_list("day", "reply_id", *columns):
            found[day].append(make(rest))
            if reply:
                self._replies[day].add(reply)
        return found

    def _fills_by_day(self) -> dict[date, tuple[Traded, ...]]:
        return {day: tuple(_loosened(rows)) for day, rows in self.fills.items()}

    def of(self, day: date, rates: tuple[Fraction, ...]) -> Gathered:
        reads, orders = self.reads.get(day, DayReads()), self.orders.get(day, [])
        diary, totals = self.diary.get(day), self.totals.get(day)
        placed = [row for row in orders if row[0] == "kt00007" and row[8] is None]
        listed = {row[1] for row in orders if row[0] == "ka10075"}
        facts = DayFacts(
            day=day,
            fills=tuple(_loosened(self.fills.get(day, []))),
            totals=totals[0] if totals else None,
            totals_read=reads.has("ka10074"),
            orders_read=reads.has("kt00007"),
            diary=diary[0] if diary else None,
            diary_stocks=tuple(self.stocks.get(day, ())),
            diary_read=reads.has("ka10170"),
            sales=_told_best(self.sales.get(day, [])),
            sales_read=reads.has("ka10073"),
            orders=tuple(_ordered(row) for row in orders if row[0] == "ka10076" and row[8] is None and row[4]),
            placed_filled=sum(row[4] for row in placed) if reads.has("kt00007") else None,
            spans=tuple(self.spans.get(day, ())),
            open_theirs=frozenset(listed) if listed and placed else None,
            open_ours=frozenset(listed & {row[1] for row in placed}) if listed and placed else None,
            slices=self._slices(day, totals),
            rates=rates,
            on_credit=any(row[7] for row in self.fills.get(day, ())),
            hidden=Hidden(
                diary="ka10170" not in reads.planned,
                ledger_awaited=self.books.is_awaited(day),
                ledger=self.books.is_offered,
                close_awaited=CLOSES in reads.planned and not reads.has(CLOSES),
            ),
            booked=self.books.booked.get(day),
            settled=self.books.settled.get(day),
            **self._possessions(day),
        )
        return Gathered(facts, reads, tuple(sorted(self._replies.get(day, ()))))

    def _slices(self, day: date, totals: Sequence[Totals] | None) -> tuple[Slice, ...] | None:
        """``None`` where strategy books keep averages of their own, which are not the broker's.

        What left without a sale (상장폐지, 출고) is no result of the broker's.
        """
        fills = tuple(_loosened(self.fills.get(day, [])))
        sold = {fill.symbol for fill in fills if fill.is_sell}
        found = [(one, in_book) for one, in_book in self.slices.get(day, []) if one.symbol in sold]
        if totals is None or any(in_book for _, in_book in found):
            return None
        loose: dict[str, int] = defaultdict(int)
        for fill in fills:
            loose[fill.symbol] += fill.loose
        return tuple(replace(one, loose=loose[one.symbol]) for one, _ in found)

    def _possessions(self, day: date) -> dict[str, Any]:
        told, before = self.possessions.of(day), self.possessions.before[day]
        return told | {
            "cash": self._booked(told["cash"], day),
            "cash_before": self._booked(told["cash_before"], before),
        }

    def _booked(self, cash: CashDay, day: date) -> CashDay:
        """With what kt00002 says is booked, where it was asked."""
        worth = self.books.worth.get(day)
        return cash if worth is None else replace(cash, cash=worth, is_close=False)


TOTALS = ("bought", "sold", "realised", "commission", "tax")
LOT = ("source", "symbol", "credit", "loan_date")
SALE = (*LOT, "quantity", "buy_price", "sell_price", "realised", "commission", "tax")
DIARY = ("bought", "sold", "costs", "settled", "realised")
STOCK = ("symbol", "bought_quantity", "bought", "sold_quantity", "sold", "costs", "realised")
FILL = ("symbol", "side", "quantity", "amount", "order_no", "fill_no", "price", "credit")
ORDER = ("source", "order_no", "symbol", "side", "filled", "fill_price", "commission", "tax", "superseded_at")


def _totals(row: Sequence[Any]) -> Totals:
    return Totals(*row)


def _diary(row: Sequence[Any]) -> DiaryFact:
    return DiaryFact(*row)


def _stock(row: Sequence[Any]) -> DiaryStock:
    return DiaryStock(*row)


def _fill(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(row)


def _sale(row: Sequence[Any]) -> tuple[str, SaleFact]:
    source, symbol, credit, loan, *figures = row
    return source, SaleFact(symbol, f"{credit} {loan}" if loan else "", *figures)


def _told_best(sales: Iterable[tuple[str, SaleFact]]) -> tuple[SaleFact, ...]:
    """Of one day's rows those of the one source believed most."""
    sales = list(sales)
    source = min((source for source, _ in sales), key=SALE_SOURCES.index, default="")
    return tuple(sale for told_by, sale in sales if told_by == source)


def _loosened(rows: Iterable[tuple[Any, ...]]) -> Iterable[Traded]:
    """Fills with what their cut averages hide: the rest of an order hides what its total hides."""
    rows = list(rows)
    of_order: Mapping[str, int] = _counted(rows)
    for symbol, side, quantity, amount, order_no, fill_no, price, _credit in rows:
        loose = 0
        if fill_no == AGGREGATE:
            whole = of_order[order_no]
            loose = hidden_in_average(quantity, price) if whole == quantity else whole - 1
        yield Traded(symbol, side == Side.SELL.value, quantity, amount, order_no, loose)


def _counted(rows: Iterable[tuple[Any, ...]]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row[4]] += row[2]
    return counts


def _ordered(row: Sequence[Any]) -> Ordered:
    _source, number, symbol, side, filled, price, commission, tax, _gone = row
    average: Decimal = price or Decimal()
    return Ordered(
        number,
        symbol,
        side == Side.SELL.value,
        filled,
        round(average * filled),
        hidden_in_average(filled, average),
        commission or 0,
        tax or 0,
    )
