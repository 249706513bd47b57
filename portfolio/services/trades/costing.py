"""Costing: what each slice of a trip realised after costs, by the broker's own sales where it has told them.

The broker's lines of one symbol and day (ka10073, or ka10072 / ka10077 until it answers) are adopted as soon as
they speak of exactly the shares that our slices sold; until then the costs are estimated and marked so.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from kiwoomweb.access.models import Account
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.market_calendar import Overrides, trading_day_after
from kiwoomweb.broker.sale_tax import PARTS
from kiwoomweb.prepared import PreparedFor
from market.models import Instrument
from portfolio.analytics.trades.costs import Rates, Told, estimate, share_out, tax_rate
from portfolio.analytics.trades.facts import Slice, Trip
from portfolio.models import Sale
from portfolio.selectors.days import corrections
from portfolio.selectors.sales import SALE_SOURCES

__all__ = ["Costing", "Outcome"]

#: Symbol, day, bought on credit.
Key = tuple[str, date, bool]
#: Until an account's own sales tell its rate: online trading of the real host, and the mock host's.
USUAL = {Environment.PAPER.value: Fraction(350, PARTS)}
REAL = Fraction(15, PARTS)
#: So many sales are looked at to learn the rate.
LEARNT_FROM = 200
#: Up to so many symbols a statement is kept ready.
FEW = 8
#: The word in 신용구분 of a sale that was bought on a loan.
LOAN = "융자"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A slice in won: before costs, the costs, after costs; ``None`` is unknown. ``is_told`` by the broker."""

    gross: int | None
    commission: int | None
    tax: int | None
    net: int | None
    is_told: bool


class Costing:
    """The costs of one account's slices."""

    def __init__(self, account_id: int) -> None:
        self.account_id = account_id

    def outcomes(self, symbols: Iterable[str], trips: Iterable[Trip]) -> dict[tuple[int, date], Outcome]:
        """One outcome for each slice, by ``id`` of its trip and its day."""
        sold: dict[Key, list[tuple[Trip, Slice]]] = defaultdict(list)
        for trip in trips:
            for piece in trip.slices:
                sold[trip.symbol, piece.day, bool(trip.credit)].append((trip, piece))
        told = self._told(set(symbols), min((key[1] for key in sold), default=date.max))
        found: dict[tuple[int, date], Outcome] = {}
        for key, pairs in sold.items():
            pieces = [piece for _trip, piece in pairs]
            for (trip, piece), outcome in zip(pairs, self._settled(key, pieces, told.get(key)), strict=True):
                found[id(trip), piece.day] = outcome
        return found

    def _settled(self, key: Key, pieces: list[Slice], told: Told | None) -> list[Outcome]:
        if told and told.quantity == sum(piece.sold_quantity for piece in pieces):
            return _adopted(pieces, told)
        return [self._estimated(key, piece) for piece in pieces]

    def _estimated(self, key: Key, piece: Slice) -> Outcome:
        if piece.cost is None:
            return Outcome(None, None, None, None, is_told=False)
        commission, tax = estimate(piece.sold, piece.cost, self.rates(key[0], key[1]))
        gross = piece.sold - piece.cost
        return Outcome(gross, commission, tax, gross - commission - tax, is_told=False)

    def rates(self, symbol: str, day: date) -> Rates:
        """What buying this symbol and selling it on that day costs."""
        settled = trading_day_after(day, 2, self._corrected)
        return Rates(self.commission_rate, tax_rate(settled, is_exempt=symbol in self._exempt))

    @cached_property
    def commission_rate(self) -> Fraction:
        """The rate of one leg: learnt from the account's own sales, each cut by less than 20 won."""
        rows = Sale.objects.current().filter(account_id=self.account_id, source="ka10073", commission__gt=0)
        told = rows.order_by("-day", "-pk").values_list("commission", "quantity", "buy_price", "sell_price")
        seen = [(fee, quantity * (bought + sold)) for fee, quantity, bought, sold in told[:LEARNT_FROM]]
        fee, amount = max(seen, key=lambda pair: pair[1], default=(0, 0))
        # The largest sale lost the least to the cut; rates come in steps of a hundred-thousandth.
        return Fraction(round((fee + 10) / amount * PARTS), PARTS) if amount else self._usual

    @cached_property
    def _usual(self) -> Fraction:
        environment = Account.objects.values_list("environment", flat=True).get(pk=self.account_id)
        return USUAL.get(environment, REAL)

    @cached_property
    def _exempt(self) -> frozenset[str]:
        funds = Instrument.objects.filter(market__in=("ETF", "ETN"))
        return frozenset(funds.values_list("symbol", flat=True))

    @cached_property
    def _corrected(self) -> Overrides:
        return corrections()

    def _told(self, symbols: set[str], first: date) -> dict[Key, Told]:
        by_source: dict[Key, dict[str, list[int]]] = defaultdict(dict)
        for symbol, day, credit, source, *numbers in _sales(self.account_id, symbols, first):
            sums = by_source[symbol, day, LOAN in credit].setdefault(source, [0, 0, 0, 0])
            for place, number in enumerate(numbers):
                sums[place] += number
        return {key: _fullest(sources) for key, sources in by_source.items()}


def _sales(account_id: int, symbols: Collection[str], first: date) -> Iterable[tuple[Any, ...]]:
    """Sales of these symbols since that day; of a few symbols by a statement that is kept ready."""
    if len(symbols) <= FEW:
        return _sales_since.rows(list(symbols), account=account_id, first=first)
    return _sold(list(symbols), account_id, first)


def _sold(symbols: Sequence[str], account: int, first: date) -> QuerySet[Any, Any]:
    columns = ("symbol", "day", "credit", "source", "quantity", "realised", "commission", "tax")
    rows = Sale.objects.current().filter(account_id=account, day__gte=first, symbol__in=symbols)
    return rows.values_list(*columns)


_sales_since: PreparedFor[tuple[Any, ...]] = PreparedFor(_sold, account=int, first=date)


def _fullest(sources: dict[str, list[int]]) -> Told:
    """Of the TRs that list the same sales the one that knows of most shares; at equal knowledge the best."""
    best = max(sources, key=lambda source: (sources[source][0], -SALE_SOURCES.index(source)))
    return Told(*sources[best])


def _adopted(pieces: list[Slice], told: Told) -> list[Outcome]:
    """The broker's sums, shared out by what each slice sold; one slice takes them whole."""
    weights = [piece.sold for piece in pieces]
    commissions, taxes = share_out(told.commission, weights), share_out(told.tax, weights)
    ours = [piece.sold - piece.cost if piece.cost is not None else None for piece in pieces]
    if None in ours:
        grosses = share_out(told.gross, weights)
    else:
        own = [gross for gross in ours if gross is not None]
        off = share_out(told.gross - sum(own), weights)
        grosses = [gross + part for gross, part in zip(own, off, strict=True)]
    return [
        Outcome(gross, commission, tax, gross - commission - tax, is_told=True)
        for gross, commission, tax in zip(grosses, commissions, taxes, strict=True)
    ]
