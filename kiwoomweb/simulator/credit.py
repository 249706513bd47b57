"""Credit (신용융자): how much of a buy the broker lends, what the loan costs, and when it must be back.

How much of a buy must be the account's own money (``cover``, 신용보증금율) goes by the share's class
(``flows.classes``). A loan begins when its buy settles and ends when its sale settles. Interest grows by
calendar days at the rate of the stretch each day falls into (체차법) and is taken with the repayment. The API
says nothing of the broker's rates; these are this exchange's own terms.
"""

from datetime import date, timedelta
from enum import StrEnum

__all__ = ["CREDIT_LIMIT", "Credit", "expires", "interest_of", "loan_of"]

#: 융자 한도 of one account, in won.
CREDIT_LIMIT = 100_000_000
TERM = timedelta(days=90)
#: (up to this many days, yearly rate in hundredths of a percent).
RATES = ((7, 540), (15, 790), (30, 840), (60, 890), (90, 940), (100_000, 980))
YEAR = 365 * 10_000


class Credit(StrEnum):
    """신용거래구분: ``LOAN`` is one loan date, and every credit buy; ``LOANS`` all loans of a share."""

    CASH = ""
    LOAN = "33"
    LOANS = "99"


def loan_of(amount: int, cover: int) -> int:
    """융자금 for a buy of this amount at a 보증금율 in percent, cut to the won; the rest is 보증금."""
    return amount * (100 - cover) // 100


def interest_of(owed: int, days: int) -> int:
    """신용이자 of a loan over so many calendar days, cut to the won."""
    grown, since = 0, 0
    for until, rate in RATES:
        grown += max(min(days, until) - since, 0) * rate
        since = until
    return owed * grown // YEAR


def expires(loan: date) -> date:
    """만기일."""
    return loan + TERM
