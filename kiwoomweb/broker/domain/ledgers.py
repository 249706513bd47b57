"""The account's books: what was booked (위탁종합거래내역), what it was worth, which executions it had."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from kiwoomweb.broker.domain.words import Side, Symbol, Venue, Won

__all__ = ["BookedRow", "ExecutionLine", "Executions", "WorthOfDay"]


@dataclass(frozen=True, slots=True)
class BookedRow:
    """One row of 위탁종합거래내역 (kt00015), in the broker's words and positive amounts.

    ``settled_on`` is the day it was booked, ``day`` the day it was traded (for money the same).
    ``note`` is 적요명, ``family`` 거래종류명, ``direction`` 입출구분명.
    ``principal`` is the loan given or repaid with it. What a row leaves blank is ``None``.
    """

    number: str
    settled_on: date
    day: date
    at: time | None
    note: str
    family: str
    direction: str
    symbol: Symbol | None
    name: str
    quantity: int | None
    unit_price: Decimal | None
    gross: Won | None
    settled: Won
    commission: Won | None
    tax: Won | None
    interest: Won | None
    principal: Won | None
    loan_date: date | None
    balance: Won


@dataclass(frozen=True, slots=True)
class WorthOfDay:
    """One calendar day of 일별추정예탁자산현황 (kt00002), in won; today's is provisional."""

    day: date
    deposit: Won
    collateral_loan: Won | None
    credit_loan: Won | None
    short_collateral: Won | None
    substitute: Won | None
    estimated_assets: Won
    without_funds: Won | None


@dataclass(frozen=True, slots=True)
class ExecutionLine:
    """One row of 계좌별주문체결현황 (kt00009): an execution, or an order with its executions summed up.

    Which of the two is not documented (PROTOCOL 6.20). ``fill_no`` is blank where nothing was executed;
    ``price`` is then zero, else whole won: exact for one execution, an average cut to the won for a sum.
    """

    order_no: str
    fill_no: str
    symbol: Symbol
    name: str
    side: Side
    label: str
    ordered: int
    quantity: int
    price: Decimal
    at: time | None
    venue: Venue


@dataclass(frozen=True, slots=True)
class Executions:
    """A day of kt00009. ``sold`` and ``bought`` are the exact amounts above its rows, ``None`` if not told."""

    sold: Won | None
    bought: Won | None
    lines: tuple[ExecutionLine, ...]
