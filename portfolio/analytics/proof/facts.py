"""What is known of one day, as plain numbers. Won unless said otherwise; ``None`` is unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from portfolio.analytics.trades.changes import Change

__all__ = [
    "Booked",
    "CashDay",
    "DayFacts",
    "DiaryFact",
    "DiaryStock",
    "Hidden",
    "Ordered",
    "SaleFact",
    "Slice",
    "Span",
    "Totals",
    "Traded",
]


@dataclass(frozen=True, slots=True)
class Traded:
    """One fill. ``loose`` is how many won its cut average may hide; none of a single execution."""

    symbol: str
    is_sell: bool
    quantity: int
    amount: int
    order_no: str = ""
    loose: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """A row of ka10074, or the header over some of them."""

    bought: int
    sold: int
    realised: int
    commission: int
    tax: int


@dataclass(frozen=True, slots=True)
class SaleFact:
    """A row of ka10073 (or ka10077, ka10072). ``commission`` holds both legs; ``lot`` is blank for cash."""

    symbol: str
    lot: str
    quantity: int
    buy_price: Decimal
    sell_price: Decimal
    realised: int
    commission: int
    tax: int


@dataclass(frozen=True, slots=True)
class DiaryFact:
    """The totals of ka10170."""

    bought: int
    sold: int
    costs: int
    settled: int
    realised: int


@dataclass(frozen=True, slots=True)
class DiaryStock:
    """A stock's line of ka10170."""

    symbol: str
    bought_quantity: int
    bought: int
    sold_quantity: int
    sold: int
    costs: int
    realised: int


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order with its own costs (ka10076): ``amount`` by its average, ``loose`` won hidden in it."""

    order_no: str
    symbol: str
    is_sell: bool
    filled: int
    amount: int
    loose: int
    commission: int
    tax: int


@dataclass(frozen=True, slots=True)
class Span:
    """A header of ka10074 over ``first`` to ``last``, and the sum of the rows that came with it."""

    first: date
    last: date
    header: Totals
    rows: Totals


@dataclass(frozen=True, slots=True)
class Slice:
    """What the journal's own moving average says of a symbol's sales of the day. ``cost`` is what the sold
    shares had cost; ``None`` where a share was never seen bought. ``loose`` won may hide in cut averages.

    ``is_unsure`` when some day of the trade bought and sold by orders of which only totals are known: which of
    them came first is then not known, and the average with it.
    """

    symbol: str
    credit: str
    quantity: int
    sold: int
    cost: int | None
    loose: int
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class Booked:
    """A row of the cash ledger (kt00015). ``amount`` is before costs; ``settled`` is signed, what it added to
    the cash, ``None`` while nobody knows its direction. ``is_sell`` is ``None`` for what is no trade.

    ``kind`` is blank while nobody knows what the row is; then it should be queued for a person.
    """

    kind: str
    is_sell: bool | None
    amount: int
    commission: int
    tax: int
    settled: int | None
    is_queued: bool = False


@dataclass(frozen=True, slots=True)
class CashDay:
    """The cash of a day's end: as booked (예수금) and after all settlements (D+2). ``is_close`` where the close
    (ka01690) tells what is booked, and not kt00002."""

    cash: int | None = None
    d2: int | None = None
    is_close: bool = False


@dataclass(frozen=True, slots=True)
class Hidden:
    """Which figures will never come for this day, or are not there yet."""

    #: The broker's diary (ka10170) reaches two months back.
    diary: bool = False
    #: Rows of the ledger (kt00015) that will still come: a trade is booked two trading days later.
    ledger_awaited: bool = False
    #: The environment offers no cash ledger.
    ledger: bool = True
    #: The day's close (ka01690) will still be read.
    close_awaited: bool = False


@dataclass(frozen=True, slots=True)
class DayFacts:
    """Everything a proof of ``day`` compares.

    ``totals_read``, ``orders_read``, ``diary_read``, ``sales_read``: whether the broker has answered for the
    day. ``held`` are shares at the day's end by symbol, ``held_before`` those of the trading day
    before; ``None`` where nobody looked. ``held_at_close`` where the close (ka01690) tells them. ``events`` are
    confirmed holding events since then, in force before the day's fills. ``booked`` are the ledger's rows
    booked on the day (and on closed days before it), ``settled`` those of the day's own trades.
    """

    day: date
    fills: tuple[Traded, ...] = ()
    totals: Totals | None = None
    totals_read: bool = False
    orders_read: bool = False
    diary: DiaryFact | None = None
    diary_stocks: tuple[DiaryStock, ...] = ()
    diary_read: bool = False
    sales: tuple[SaleFact, ...] = ()
    sales_read: bool = False
    orders: tuple[Ordered, ...] = ()
    placed_filled: int | None = None
    spans: tuple[Span, ...] = ()
    slices: tuple[Slice, ...] | None = None
    held: Mapping[str, int] | None = None
    held_before: Mapping[str, int] | None = None
    held_at_close: bool = False
    events: tuple[Change, ...] = ()
    cash: CashDay = CashDay()
    cash_before: CashDay = CashDay()
    booked: tuple[Booked, ...] | None = None
    settled: tuple[Booked, ...] | None = None
    #: Shares by replaying every fill before the day: held against the first holdings anybody looked at.
    replayed: Mapping[str, int] | None = None
    open_ours: frozenset[str] | None = None
    open_theirs: frozenset[str] | None = None
    #: Whether anything was bought or sold on credit: then a loan pays a part.
    on_credit: bool = False
    #: The commission rates proved by the account's own rows; empty while none is.
    rates: tuple[Fraction, ...] = ()
    hidden: Hidden = Hidden()

    @property
    def bought(self) -> int:
        """Won of the fills that bought."""
        return sum(fill.amount for fill in self.fills if not fill.is_sell)

    @property
    def sold(self) -> int:
        """Won of the fills that sold."""
        return sum(fill.amount for fill in self.fills if fill.is_sell)

    @property
    def header(self) -> Totals | None:
        """The header of a reading of this day alone: it counts buys also where no row is given."""
        return next((span.header for span in self.spans if span.first == span.last == self.day), None)

    def loose(self, *, sells: bool) -> int:
        """How many won the cut averages of one side may hide."""
        return sum(fill.loose for fill in self.fills if fill.is_sell is sells)
