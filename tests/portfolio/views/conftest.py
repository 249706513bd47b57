"""A day on which the pages are looked at, and an account with something to show."""

from datetime import date

import pytest

from portfolio.selectors.days import today_of
from tests.portfolio.views import believable


@pytest.fixture
def today(account) -> date:
    return today_of(account)


@pytest.fixture
def connected(account):
    """The practice account, with keys once given to it."""
    account.connected_at = believable.now()
    account.save()
    return account


@pytest.fixture
def full_account(connected, today, owner):
    """A year of results, holdings, today's fills, a note; all of it fresh."""
    believable.whole_account(connected, today, owner.user)
    return connected
