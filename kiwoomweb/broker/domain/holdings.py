"""What lies in the account: cash, holdings, holdings with today’s result."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kiwoomweb.broker.domain.words import Symbol, Won

__all__ = ["Balance", "Closing", "ClosingLine", "Deposit", "Holding", "Position"]


@dataclass(frozen=True, slots=True)
class Deposit:
    """예수금 (kt00001)."""

    cash: Won
    withdrawable: Won
    buying_power: Won
    d1: Won
    d2: Won


@dataclass(frozen=True, slots=True)
class Holding:
    """One line of 계좌평가잔고내역 (kt00018). ``profit`` is net of both commissions and the selling tax."""

    symbol: Symbol
    name: str
    quantity: int
    sellable: int
    average_cost: Won
    cost: Won
    price: Won
    previous_close: Won
    value: Won
    profit: Won
    return_rate: Decimal
    weight: Decimal
    commission: Won
    tax: Won
    bought_today: int
    sold_today: int
    credit: str
    loan_date: date | None


@dataclass(frozen=True, slots=True)
class Balance:
    """The header and lines of 계좌평가잔고내역 (kt00018). ``loan`` is 총융자금액 of all lots."""

    cost: Won
    value: Won
    profit: Won
    return_rate: Decimal
    estimated_assets: Won
    holdings: tuple[Holding, ...]
    loan: Won | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """One line of 계좌수익률 (ka10085): holdings with today's realised result, sold-out ones included."""

    symbol: Symbol
    name: str
    quantity: int
    average_cost: Won
    cost: Won
    price: Won
    realised_today: Won
    commission_today: Won
    tax_today: Won
    credit: str
    loan_date: date | None


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """One holding at a past day's close (ka01690). ``profit`` is net of what buying and selling cost."""

    symbol: Symbol
    name: str
    quantity: int
    average_cost: Won
    price: Won
    value: Won
    profit: Won


@dataclass(frozen=True, slots=True)
class Closing:
    """The account at a day's close (ka01690): ``cash`` is 예수금 as booked, ``estimated_assets`` 추정자산."""

    cost: Won
    value: Won
    profit: Won
    cash: Won
    estimated_assets: Won
    lines: tuple[ClosingLine, ...]
