"""Investors: who has been buying a symbol on net, day by day (개인, 외국인, 기관계), kept with its age."""

from datetime import timedelta

from kiwoomweb.access.gateway import broker_for
from kiwoomweb.access.models import Account
from kiwoomweb.broker.calls.investors import investor_days
from kiwoomweb.broker.domain import InvestorDay
from kiwoomweb.broker.pacing import Priority
from market.services.keeping import Answer, kept_or_asked

__all__ = ["investors_of"]

#: The broker renews its estimates (잠정) a few times a day.
FRESH = timedelta(minutes=2)
#: Days kept: a week of them is shown.
DAYS = 5


def investors_of(account: Account, symbol: str, *, shares: bool) -> Answer[list[InvestorDay]]:
    """The newest days first (ka10059), in shares or in won. Raises ``UnknownSymbol``."""

    def ask() -> list[InvestorDay]:
        return investor_days(broker_for(account, Priority.ROUTINE), symbol, shares=shares)[:DAYS]

    what = f"investors:{symbol}:{'shares' if shares else 'won'}"
    return kept_or_asked(account, what, list[InvestorDay], ask, FRESH)
