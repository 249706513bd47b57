"""What is listed: read as a whole once a day, whatever was asked for by itself before."""

import pytest

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import Listing, Symbol
from market.models import Instrument
from market.services import instruments
from market.services.instruments import known_or_learnt, refresh_is_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def leverage(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broker tells of one fund."""
    told = Listing(Symbol("122630"), "KODEX 레버리지", "ETF", None, None, None, "ETF", "")
    monkeypatch.setattr(instruments, "broker_for", lambda account: None)
    monkeypatch.setattr(instruments, "listing", lambda _broker, _symbol: told)


@pytest.mark.usefixtures("leverage")
def test_whoever_opens_a_share_first_does_not_keep_the_lists_from_being_read(account: Account) -> None:
    found = known_or_learnt(account, "122630")
    assert found is not None
    assert (found.market, found.kind) == ("ETF", "ETF")
    assert refresh_is_due()
    Instrument.objects.create(symbol="005930", name="삼성전자")
    assert not refresh_is_due()
