"""Which day it is for an account, and which days were trading days, the owner's corrections included."""

from datetime import date
from functools import lru_cache
from time import monotonic

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.broker.market_calendar import Overrides
from market.selectors.calendar import corrections
from portfolio.timetable import Clock

__all__ = ["clock_of", "corrections", "corrections_lately", "today_of"]


def corrections_lately() -> Overrides:
    """The same, at most a minute old and without a question: for the clock on every page."""
    return _corrections_in(int(monotonic() // 60))


@lru_cache(maxsize=1)
def _corrections_in(_minute: int) -> Overrides:
    return corrections()


def clock_of(account: Account) -> Clock:
    """The broker's clock for the account."""
    return Clock(gateway.broker_now(account), corrections())


def today_of(account: Account) -> date:
    """The trading day the account is in, by the broker's clock; on a closed day the last one before."""
    return clock_of(account).trading_day
