"""What was held at the end of a day: by the balance read then, else by what the broker told of the close."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kiwoomweb.access.models import Account
from portfolio.models import Balance, ClosingBalance, ClosingHolding, Holding

__all__ = ["Held", "HeldLine", "held_at", "return_of"]


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One holding in won and shares, lots of a symbol together. ``profit`` is the broker's; ``cost`` its
    매입금액, never the rounded average times the shares."""

    symbol: str
    name: str
    quantity: int
    cost: int
    price: int
    value: int
    profit: int


@dataclass(frozen=True, slots=True)
class Held:
    """``lines`` of ``day``, biggest first, and what the whole account was worth. ``is_after_costs``: the profit
    is what would be left after selling (kt00018), not before (ka01690)."""

    day: date
    lines: tuple[HeldLine, ...]
    worth: int
    is_after_costs: bool

    @property
    def value(self) -> int:
        return sum(line.value for line in self.lines)

    @property
    def profit(self) -> int:
        return sum(line.profit for line in self.lines)


def held_at(account: Account, day: date) -> Held | None:
    """The newest of both on or before the day; ``None`` while neither was ever read. At most four queries."""
    read = Balance.objects.current().filter(account=account, day__lte=day).order_by("-day").first()
    told = ClosingBalance.objects.current().filter(account=account, day__lte=day).order_by("-day").first()
    if read and (not told or read.day >= told.day):
        rows = Holding.objects.current().filter(account=account, day=read.day)
        lines = (HeldLine(r.symbol, r.name, r.quantity, r.cost, r.price, r.value, r.profit) for r in rows)
        return Held(read.day, _together(lines), read.estimated_assets, is_after_costs=True)
    if not told:
        return None
    closed = ClosingHolding.objects.current().filter(account=account, day=told.day)
    lines = (
        HeldLine(r.symbol, r.name, r.quantity, r.value - r.profit, r.price, r.value, r.profit) for r in closed
    )
    return Held(told.day, _together(lines), told.estimated_assets, is_after_costs=False)


def _together(lines: Iterable[HeldLine]) -> tuple[HeldLine, ...]:
    found: dict[str, HeldLine] = {}
    for line in lines:
        other = found.get(line.symbol)
        found[line.symbol] = _sum(other, line) if other else line
    return tuple(sorted(found.values(), key=lambda line: (-line.value, line.symbol)))


def _sum(one: HeldLine, other: HeldLine) -> HeldLine:
    sums = (one.quantity + other.quantity, one.cost + other.cost)
    value, profit = one.value + other.value, one.profit + other.profit
    return HeldLine(one.symbol, one.name, *sums, one.price, value, profit)


def return_of(line: HeldLine) -> Decimal | None:
    """Profit over cost in percent."""
    return Decimal(line.profit) * 100 / line.cost if line.cost else None
