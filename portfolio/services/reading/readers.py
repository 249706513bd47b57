"""The table of readers: which function asks which TR."""

from collections.abc import Callable

from kiwoomweb.broker.asking import Broker
from orders.services.recording import Listing
from portfolio.services.reading import diaries, ledgers, orders, possessions, results
from portfolio.services.reading.question import Question

__all__ = ["READERS", "Reader"]

#: Asks the broker and returns what its answer says, list by list. Raises a ``BrokerError``.
Reader = Callable[[Broker, Question], list[Listing]]

READERS: dict[str, Reader] = {
    "ka10075": orders.open_now,
    "ka10088": orders.split,
    "ka10076": orders.filled,
    "kt00007": orders.placed_on,
    "kt00018": possessions.balance,
    "kt00001": possessions.deposit,
    "ka01690": possessions.closing,
    "ka10085": possessions.positions,
    "ka10077": results.sales_today,
    "ka10074": results.realised,
    "ka10073": results.sales,
    "ka10072": results.sales_on,
    "ka10170": diaries.diary,
    "kt00009": ledgers.executions,
    "kt00015": ledgers.cash_flows,
    "kt00002": ledgers.day_worths,
}
