"""Classifying: what a booked row is, and whether money came or went, from the broker's own words.

적요명 is free text of the broker's; what no word here knows goes into the queue for a person (``OTHER``).
"""

from kiwoomweb.broker.domain import BookedRow
from portfolio.models import CashKind

__all__ = ["direction_of", "kind_of"]

#: Words of 적요명 and what they mean, the first that occurs counts: 배당금입금 is a dividend before a deposit,
#: 융자매수 a buy before a loan.
WORDS = (
    (("배당", "분배금"), CashKind.DIVIDEND),
    (("매수",), CashKind.BUY),
    (("매도",), CashKind.SELL),
    (("이용료", "이자"), CashKind.INTEREST),
    (("수수료", "세금", "제세", "연체료"), CashKind.FEE),
    (("상환",), CashKind.REPAYMENT),
    (("대출", "융자", "대주"), CashKind.LOAN),
    (("입고", "출고", "대체"), CashKind.TRANSFER),
    (("입금",), CashKind.DEPOSIT),
    (("출금",), CashKind.WITHDRAWAL),
)
IN_WORDS, OUT_WORDS = ("입금", "입고", "매도"), ("출금", "출고", "매수")


def kind_of(row: BookedRow) -> CashKind:
    """The first kind whose words the note knows."""
    return next((kind for words, kind in WORDS if any(word in row.note for word in words)), CashKind.OTHER)


def direction_of(row: BookedRow, balance_before: int | None) -> int | None:
    """+1 when money came in, -1 when it went out; by 입출구분, else by the note, else by what the balance did.

    ``None`` when none of them tells.
    """
    for text in (row.direction, row.note):
        came, went = (any(word in text for word in words) for words in (IN_WORDS, OUT_WORDS))
        if came != went:
            return 1 if came else -1
    if balance_before is None:
        return None
    moved = row.balance - balance_before
    return {row.settled: 1, -row.settled: -1}.get(moved)
