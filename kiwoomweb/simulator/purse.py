"""The purse: the account's money as booked, row by row (위탁종합거래내역, kt00015)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from kiwoomweb.simulator.account_facts import CashKind, CashRow
from kiwoomweb.simulator.lots import Lot
from kiwoomweb.simulator.tallies import Tally

__all__ = ["Purse", "settlement_rows"]


class Purse:
    """``cash`` is 예수금; every change of it is a row that tells the balance after it."""

    def __init__(self) -> None:
        self.cash = 0
        self.rows: list[CashRow] = []

    def book(self, row: CashRow) -> None:
        """Write the row with its number of the day and the balance it leaves."""
        self.cash += row.settled if row.is_credit else -row.settled
        last = self.rows[-1] if self.rows else None
        number = last.number + 1 if last and last.day == row.day else 1
        self.rows.append(replace(row, number=number, balance=self.cash))

    def move(self, at: datetime, kind: CashKind, amount: int) -> None:
        """A deposit, withdrawal or dividend, effective at once."""
        self.book(CashRow(at.date(), at, kind, at.date(), amount, settled=amount))

    def between(self, start: date, end: date) -> list[CashRow]:
        return [row for row in self.rows if start <= row.day <= end]


def settlement_rows(tallies: Mapping[Lot, Tally], traded: date, at: datetime) -> Iterator[CashRow]:
    """What a trade day brings on settlement: a row per lot and side, sales first so that cash never dips."""
    ranked = sorted(tallies.items(), key=lambda pair: pair[0].rank)
    for lot, tally in ranked:
        if tally.sold_quantity:
            yield CashRow(
                day=at.date(),
                at=at,
                kind=CashKind.REPAYING_SALE if lot.loan else CashKind.SELL,
                traded=traded,
                amount=tally.sold,
                code=lot.code,
                quantity=tally.sold_quantity,
                commission=tally.sell_commission,
                tax=tally.tax,
                settled=tally.received,
                principal=tally.repaid,
                interest=tally.interest,
                loan=lot.loan,
            )
    for lot, tally in ranked:
        if tally.bought_quantity:
            yield CashRow(
                day=at.date(),
                at=at,
                kind=CashKind.CREDIT_BUY if lot.loan else CashKind.BUY,
                traded=traded,
                amount=tally.bought,
                code=lot.code,
                quantity=tally.bought_quantity,
                commission=tally.buy_commission,
                settled=tally.paid,
                principal=tally.loaned,
                loan=lot.loan,
            )
