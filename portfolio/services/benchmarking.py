"""Benchmarking: the closes of an index over the days of an account, kept for good, asked for when missing."""

from datetime import date
from decimal import Decimal

from kiwoomweb.access.models import Account
from kiwoomweb.broker.pacing import Priority
from market.selectors.bars import bars_between, months_between
from market.services.bars import keep
from portfolio.selectors.days import corrections

__all__ = ["INDICES", "index_closes"]

#: Sector codes of the indices an account is held against.
INDICES = {"001": "KOSPI", "101": "KOSDAQ"}
#: Calls for one page: a call tells about 600 days.
CALLS = 6


def index_closes(account: Account, index: str, first: date, last: date) -> tuple[dict[date, Decimal], str]:
    """Closes by day (ka20006) and, when some are missing, why. Only what is not kept is asked for."""
    symbol = f"index:{index}"
    wanted = months_between(first, last)
    told = keep(account, symbol, "day", wanted, priority=Priority.PERSON, most=CALLS, corrected=corrections())
    bars = bars_between(account.environment, symbol, "day", first, last)
    return {bar.moment.date(): Decimal(bar.close) / 100 for bar in bars if bar.close}, told.trouble
