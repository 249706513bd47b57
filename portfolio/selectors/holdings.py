"""What the account has now, with the age of every number."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from kiwoomweb.access.models import Account
from portfolio.models import Balance, Deposit, Holding, SyncTask

__all__ = ["Assets", "Cash", "HoldingLine", "assets", "holding_of"]


@dataclass(frozen=True, slots=True)
class HoldingLine:
    """One holding in won and shares. ``profit`` is after both commissions and the tax of selling now;
    ``return_rate`` and ``weight`` are percent. ``lot`` is blank for cash holdings. ``commission`` is of both
    legs, ``tax`` of the sale, as the broker reckoned them at ``price``."""

    symbol: str
    name: str
    lot: str
    quantity: int
    sellable: int
    average_cost: int
    cost: int
    price: int
    previous_close: int
    value: int
    profit: int
    return_rate: Decimal
    weight: Decimal
    bought_today: int
    sold_today: int
    commission: int
    tax: int


@dataclass(frozen=True, slots=True)
class Cash:
    """예수금 in won; ``d1`` and ``d2`` after the next settlements. ``read_at`` is our clock."""

    cash: int
    withdrawable: int
    buying_power: int
    d1: int
    d2: int
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Assets:
    """Holdings and totals of ``day``, biggest value first. ``read_at`` (our clock) is when the broker last
    answered. ``loan`` is what 융자 lots owe. Every total is ``None`` while the broker has never told."""

    day: date | None
    lines: tuple[HoldingLine, ...]
    cost: int | None
    value: int | None
    profit: int | None
    return_rate: Decimal | None
    estimated_assets: int | None
    read_at: datetime | None
    cash: Cash | None
    loan: int | None = None


def assets(account: Account) -> Assets:
    """The latest holdings, totals and cash. Four queries."""
    balance = Balance.objects.current().filter(account=account).order_by("-day").first()
    read = _read_at(account)
    if balance is None:
        return Assets(None, (), None, None, None, None, None, None, _cash(account, read.get("kt00001")))
    rows = Holding.objects.current().filter(account=account, day=balance.day).order_by("-value", "symbol")
    return Assets(
        balance.day,
        tuple(map(_line, rows)),
        balance.cost,
        balance.value,
        balance.profit,
        balance.return_rate,
        balance.estimated_assets,
        read.get("kt00018"),
        _cash(account, read.get("kt00001")),
        balance.loan,
    )


def holding_of(account: Account, symbol: str) -> HoldingLine | None:
    """The present holding of one symbol (its biggest lot), ``None`` when there is none."""
    return next((line for line in assets(account).lines if line.symbol == symbol), None)


def _read_at(account: Account) -> dict[str, datetime]:
    polls = SyncTask.objects.filter(account=account, first__isnull=True, tr__in=("kt00018", "kt00001"))
    return {tr: moment for tr, moment in polls.values_list("tr", "last_good_at") if moment}


def _cash(account: Account, read_at: datetime | None) -> Cash | None:
    last = Deposit.objects.current().filter(account=account).order_by("-day").first()
    if last is None:
        return None
    return Cash(last.cash, last.withdrawable, last.buying_power, last.d1, last.d2, read_at)


def _line(row: Holding) -> HoldingLine:
    return HoldingLine(
        row.symbol,
        row.name,
        row.lot,
        row.quantity,
        row.sellable,
        row.average_cost,
        row.cost,
        row.price,
        row.previous_close,
        row.value,
        row.profit,
        row.return_rate,
        row.weight,
        row.bought_today,
        row.sold_today,
        row.commission,
        row.tax,
    )
