"""The verdict: what the journal holds against what the exchange itself has in its books, to the won."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Sum

from kiwoomweb.broker.domain import Side
from kiwoomweb.operation.drills.journal.cast import Played, opened_on
from kiwoomweb.operation.drills.journal.person import lines_of
from kiwoomweb.simulator.exchange import Exchange
from orders.models import Fact, Fill
from portfolio.analytics.proof import DayState
from portfolio.models import CashFlow, RealisedDay, Sale
from portfolio.selectors.proof import states_between

__all__ = ["FLAGS", "Books", "Look", "looked_at", "sales_off"]

FLAGS = frozenset((DayState.MISMATCH, DayState.GAP))
#: (day, figure) -> won.
Books = Mapping[tuple[date, str], int]


@dataclass(slots=True)
class Look:
    """One account at one moment: the state of each day, and the figures that are not the exchange's."""

    states: dict[date, DayState]
    off: dict[tuple[date, str], tuple[int, int]] = field(default_factory=dict)

    @property
    def flagged(self) -> list[date]:
        """Days in which something does not add up."""
        return [day for day, state in self.states.items() if state in FLAGS]

    @property
    def counted(self) -> Counter[str]:
        """Days by state."""
        return Counter(state.value for state in self.states.values())

    @property
    def won_off(self) -> int:
        """The sum of all differences on days that are over, whatever their direction."""
        return sum(abs(ours - theirs) for ours, theirs in self.off.values())

    @property
    def days_off(self) -> frozenset[date]:
        """Days with a figure that is not the exchange's."""
        return frozenset(day for day, _ in self.off)


def looked_at(played: Played) -> Look:
    """Every trading day since the account was opened."""
    first, last = opened_on(played), played.broker.clock.now().date()
    look = Look(states_between(played.account, first, last))
    theirs: Books = played.broker.call(lambda exchange: dict(_books(exchange, first, last)))
    ours: Books = dict(_journal(played))
    for key in sorted(theirs.keys() | ours.keys()):
        told, true = ours.get(key, 0), theirs.get(key, 0)
        if told != true and look.states.get(key[0]) is not DayState.OPEN:
            look.off[key] = told, true
    return look


def rows_of(played: Played) -> int:
    """How many facts the journal holds of the account, past versions included."""
    kinds = [kind for kind in Fact.__subclasses__() if not kind._meta.abstract]
    return sum(kind.objects.filter(account=played.account).count() for kind in kinds)


def why(played: Played, day: date) -> str:
    """The lines of the day's proof that do not hold, in short."""
    told = (
        f"{line.equation.value} {line.key} {line.symbol} {line.ours}/{line.theirs}"
        for line in lines_of(played, day)
    )
    return "; ".join(told) or "no line of its proof says why"


def sales_off(played: Played, day: date) -> str:
    """Whether our list of the day's sales is another one than the exchange's: a sale was told twice, or not at
    all. Blank where it is the same."""
    ours = Sale.objects.current().filter(account=played.account, day=day, source="ka10073")
    told = sorted(ours.values_list("symbol", "quantity"))
    rows = played.broker.call(lambda exchange: list(exchange.realised_rows(day, day)))
    return "" if told == sorted((row.code, row.quantity) for row in rows) else "sales off"


def _books(exchange: Exchange, first: date, last: date) -> Iterator[tuple[tuple[date, str], int]]:
    """Fills, results, costs and cash of each day, as the exchange has them."""
    for one in exchange.realised_days(first, last):
        yield (one.day, "bought"), one.bought
        yield (one.day, "sold"), one.sold
        if one.has_sales:
            yield (one.day, "realised"), one.realised
            yield (one.day, "commission"), one.commission
            yield (one.day, "tax"), one.tax
    cash: Counter[date] = Counter()
    for row in exchange.cash_ledger(first, last):
        cash[row.day] += row.settled if row.is_credit else -row.settled
    yield from (((day, "cash"), won) for day, won in cash.items() if won)


def _journal(played: Played) -> Iterator[tuple[tuple[date, str], int]]:
    """The same as our journal has it."""
    mine = {"account": played.account}
    fills = Fill.objects.current().filter(**mine).values_list("day", "side")
    for day, side, won in fills.annotate(won=Sum("amount")).order_by():
        yield (day, "bought" if side == Side.BUY.value else "sold"), won
    for row in RealisedDay.objects.current().filter(**mine):
        yield (row.day, "realised"), row.realised
        yield (row.day, "commission"), row.commission
        yield (row.day, "tax"), row.tax
    flows = CashFlow.objects.current().filter(**mine).values_list("settled_on")
    yield from (((day, "cash"), won) for day, won in flows.annotate(won=Sum("amount")).order_by() if won)
