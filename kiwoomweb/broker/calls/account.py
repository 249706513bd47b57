"""Calls about the account (계좌) of the token: which it is, what lies in it, what was realised."""

from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.calls.diaries import diary
from kiwoomweb.broker.calls.holdings import balance, closing, deposit, positions
from kiwoomweb.broker.calls.ledgers import booked, executions_on, worth
from kiwoomweb.broker.calls.results import realised, sales, sales_on, sales_today
from kiwoomweb.broker.errors import Unreadable
from kiwoomweb.broker.wire.row import Row

__all__ = [
    "account_number",
    "balance",
    "booked",
    "closing",
    "deposit",
    "diary",
    "executions_on",
    "positions",
    "realised",
    "sales",
    "sales_on",
    "sales_today",
    "worth",
]


def account_number(broker: Broker) -> str:
    """계좌번호조회 (ka00001): ten digits, the last two Kiwoom's product class."""
    number = Row.of(broker.call("ka00001")).text("acctNo")
    if not (len(number) == 10 and number.isdecimal()):
        raise Unreadable(f"acctNo: {len(number)} characters, not ten digits", tr="ka00001")
    return number
