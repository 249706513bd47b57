"""Rolling up: the sums of the days and months that changed, made anew from their rows and never by adding.

What is recomputed cannot drift: a rollup is always the raw query's answer for its span.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import Case, Count, F, Model, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, TruncMonth

from kiwoomweb.broker.domain import Side
from kiwoomweb.prepared import Prepared, PreparedFor
from orders.models import Fill
from portfolio.models import Rollup, Trade, TradeSlice
from portfolio.models.deciding import EVEN, LOST, WON

__all__ = ["refresh", "write_ever"]

MONEY = ("gross", "commission", "tax", "net")
COLUMNS = ("fills", "bought", "sold", "trades", "wins", "losses", "flats", *MONEY)
#: More than so many days or months at once, and one grouped query is cheaper than one each.
FEW = 40

NOTHING = dict.fromkeys(COLUMNS, 0)

Sums = dict[tuple[date, str], dict[str, int]]
Spans = list[tuple[date, date]]


def refresh(account_id: int, days: Iterable[date], symbol_months: Iterable[tuple[str, date]]) -> None:
    """Make the rollups of these days, of their months, and of these symbols' months right."""
    days, pairs = sorted(set(days)), sorted(set(symbol_months))
    if days:
        spans = [(day, day) for day in days]
        whole = {"account_id": account_id, "kind": Rollup.Kind.ALL, "span": Rollup.Span.DAY}
        _write(whole, _sums(account_id, spans, "day"), spans)
        _write_months(account_id, sorted({day.replace(day=1) for day in days}))
    if pairs:
        symbols = {symbol for symbol, _month in pairs}
        spans = [(month, _end(month)) for month in sorted({month for _symbol, month in pairs})]
        single = {"account_id": account_id, "kind": Rollup.Kind.SYMBOL, "span": Rollup.Span.MONTH}
        _write(single, _sums(account_id, spans, "month", symbols), spans, symbols)
        write_ever(account_id, Rollup.Kind.SYMBOL, symbols)


def _write_months(account_id: int, months: list[date]) -> None:
    """A month of everything is the sum of its days, which are right by now."""
    spans = [(month, _end(month)) for month in months]
    if len(spans) == 1:
        told: Any = _one_month.rows(account=account_id, first=spans[0][0], last=spans[0][1])
    else:
        told = _by_month(_within(_days_of(account_id), "start", spans, None))
    sums = {(row["start_"], ""): {name: row[f"{name}_"] for name in COLUMNS} for row in told}
    whole = {"account_id": account_id, "kind": Rollup.Kind.ALL, "span": Rollup.Span.MONTH}
    _write(whole, sums, spans)


def _days_of(account_id: int) -> "QuerySet[Rollup]":
    return Rollup.objects.filter(account_id=account_id, kind=Rollup.Kind.ALL, span=Rollup.Span.DAY)


def _by_month(days: "QuerySet[Rollup]") -> "QuerySet[Any, Any]":
    grouped = days.annotate(start_=TruncMonth("start")).order_by().values("start_")
    return grouped.annotate(**{f"{name}_": Sum(name) for name in COLUMNS})


_one_month: Prepared[dict[str, Any]] = Prepared(
    lambda account, first, last: _by_month(_days_of(account).filter(start__range=(first, last))),
    account=int,
    first=date,
    last=date,
)


def write_ever(account_id: int, kind: Rollup.Kind, keys: Iterable[str]) -> None:
    """The sums of all time of these symbols or tags: of their months, which are right by now."""
    wanted = set(keys)
    if len(wanted) <= FEW:
        told: Any = _ever_of.rows(list(wanted), account=account_id, kind=kind.value)
    else:
        told = _by_key(_months_of(account_id, kind.value))
    sums = {(date.min, row["key"]): {name: row[f"{name}_"] for name in COLUMNS} for row in told}
    of = {"account_id": account_id, "kind": kind, "span": Rollup.Span.EVER}
    _write(of, sums, [(date.min, date.min)], wanted)


def _months_of(account_id: int, kind: str) -> "QuerySet[Rollup]":
    return Rollup.objects.filter(account_id=account_id, kind=kind, span=Rollup.Span.MONTH)


def _by_key(months: "QuerySet[Rollup]") -> "QuerySet[Any, Any]":
    return months.order_by().values("key").annotate(**{f"{name}_": Sum(name) for name in COLUMNS})


_ever_of: PreparedFor[dict[str, Any]] = PreparedFor(
    lambda keys, account, kind: _by_key(_months_of(account, kind).filter(key__in=keys)), account=int, kind=str
)


def _sums(account_id: int, spans: Spans, span: str, symbols: set[str] | None = None) -> Sums:
    """Sums by (start, symbol); the symbol is blank when all are meant."""
    found: Sums = {}
    for source in SOURCES:
        for row in _asked(source, account_id, spans, span, symbols):
            start, symbol = row.pop("start_"), row.pop("symbol", "")
            kept = {name.removesuffix("_"): value for name, value in row.items()}
            found.setdefault((start, symbol), {}).update(kept)
    return found


def _asked(
    source: type[Model], account_id: int, spans: Spans, span: str, symbols: set[str] | None
) -> Iterable[dict[str, Any]]:
    """The sums of one kind of row. One span, of everything or of one symbol, is what a fill asks for."""
    if len(spans) == 1 and (symbols is None or len(symbols) == 1):
        values = {"account": account_id, "first": spans[0][0], "last": spans[0][1]}
        if symbols is None:
            return _one_span(source, span).rows(**values)
        return _one_span(source, span, of_symbol=True).rows(**values, symbol=next(iter(symbols)))
    every, at, _measures = SOURCES[source]
    rows = _within(every().filter(account_id=account_id), at, spans, symbols)
    return _grouped(source, rows, span, symbols is not None)


def _grouped(source: type[Model], rows: "QuerySet[Any]", span: str, of_symbol: bool) -> "QuerySet[Any, Any]":
    _every, at, measures = SOURCES[source]
    names = ("start_", "symbol") if of_symbol else ("start_",)
    grouped = rows.annotate(start_=F(at) if span == "day" else TruncMonth(at)).order_by()
    sums: QuerySet[Any, Any] = grouped.values(*names).annotate(**measures)
    return sums


@cache
def _one_span(source: type[Model], span: str, *, of_symbol: bool = False) -> Prepared[Any]:
    every, at, _measures = SOURCES[source]

    def make(account: int, first: date, last: date, symbol: str = "") -> "QuerySet[Any, Any]":
        rows = every().filter(account_id=account, **{f"{at}__range": (first, last)})
        return _grouped(source, rows.filter(symbol=symbol) if of_symbol else rows, span, of_symbol)

    kinds = {"account": int, "first": date, "last": date}
    return Prepared(make, **kinds, **({"symbol": str} if of_symbol else {}))


def _within(rows: "QuerySet[Any]", at: str, spans: Spans, symbols: set[str] | None) -> "QuerySet[Any]":
    if symbols is not None and len(symbols) <= FEW:
        rows = rows.filter(symbol__in=symbols)
    if len(spans) > FEW:
        return rows.filter(**{f"{at}__range": (spans[0][0], spans[-1][1])})
    wanted = Q()
    for first, last in spans:
        wanted |= Q(**{f"{at}__range": (first, last)})
    return rows.filter(wanted)


def _amount(side: Side) -> Any:
    return Coalesce(Sum(Case(When(side=side.value, then=F("amount")), default=Value(0))), 0)


_FILLS = {"fills": Count("pk"), "bought": _amount(Side.BUY), "sold": _amount(Side.SELL)}
_SLICES = {f"{name}_": Coalesce(Sum(name), 0) for name in MONEY}
_TRADES = {
    "trades": Count("pk"),
    "wins": Count("pk", filter=WON),
    "losses": Count("pk", filter=LOST),
    "flats": Count("pk", filter=EVEN),
}

#: What is summed: its rows, the day they count on, the sums.
SOURCES: dict[type[Model], tuple[Callable[[], "QuerySet[Any]"], str, dict[str, Any]]] = {
    Fill: (Fill.objects.current, "day", _FILLS),
    TradeSlice: (TradeSlice.objects.all, "day", _SLICES),
    Trade: (lambda: Trade.objects.present().exclude(closed_day=None), "closed_day", _TRADES),
}


def _write(of: dict[str, Any], sums: Sums, spans: Spans, symbols: set[str] | None = None) -> None:
    """Replace the rollups ``of`` one kind that begin where the spans do; what has no sum any more goes."""
    keys = {""} if symbols is None else symbols
    wanted = {(first, key) for first, _last in spans for key in keys}
    if wanted - sums.keys():
        old = Rollup.objects.filter(**of, start__in={start for start, _key in wanted})
        old = old.filter(key__in=symbols) if symbols is not None else old
        old.delete()
    rows = [
        Rollup(**of, start=start, key=key, **(NOTHING | sums[start, key]))
        for start, key in wanted & sums.keys()
    ]
    Rollup.objects.bulk_create(
        rows, 1_000, update_conflicts=True, unique_fields=[*of, "start", "key"], update_fields=COLUMNS
    )


def _end(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
