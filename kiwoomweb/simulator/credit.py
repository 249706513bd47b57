"""Credit (신용융자): how much of a buy the broker lends, what the loan costs, and when it must be back.

A loan begins when its buy settles and ends when its sale settles. Interest grows by calendar days at the rate of
the stretch each day falls into (체차법) and is taken with the repayment. The broker's rates are not public facts
of the API; these are this exchange's own terms.
"""

from datetime import date, timedelta
from enum import StrEnum

__all__ = ["CREDIT_LIMIT", "DEPOSIT_RATE", "LENT_CLASSES", "Credit", "deposit_of", "expires", "interest_of", "loan_of"]

#: 보증금율: what of a buy's amount must be the account's own money, in percent.
DEPOSIT_RATE = 45
#: 융자 한도 of one account, in won.
CREDIT_LIMIT = 100_000_000
#: 종목군 the broker lends on; E군 must be paid in full.
LENT_CLASSES = frozenset("ABCD")
TERM = timedelta(days=90)
#: (up to this many days, yearly rate in hundredths of a percent).
RATES = ((7, 540), (15, 790), (30, 840), (60, 890), (90, 940), (100_000, 980))
YEAR = 365 * 10_000


class Credit(StrEnum):
    """신용거래구분: ``LOAN`` names one loan date (and is what every credit buy is), ``LOANS`` all of a share."""

    CASH = ""
    LOAN = "33"
    LOANS = "99"


def loan_of(amount: int) -> int:
    """융자금 for a buy of this amount, cut to the won."""
    return amount * (100 - DEPOSIT_RATE) // 100


def deposit_of(amount: int) -> int:
    """보증금: the account's own part."""
    return amount - loan_of(amount)


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
