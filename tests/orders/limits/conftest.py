"""An account on which everything is told and allowed: 5 million won, 20 shares, an open lane."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account, Credential
from kiwoomweb.broker.domain import SEOUL, Book, BookLevel, Quote, Side, Symbol, Won
from market.models import Instrument, Kept
from orders.models import AccountLimits, AccountStanding, Lane
from orders.services import examining
from orders.tickets import Kind, SeenQuote, Ticket

SHARE = "005930"
#: A Friday in the regular session, by the broker's clock; ours is whatever it is.
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=SEOUL)


def quote(price: int = 70_000) -> Quote:
    won = Won(price)
    figures: dict[str, Any] = dict.fromkeys(
        ("change", "change_rate", "open", "high", "low", "previous_close", "volume", "turnover", "market_cap")
    )
    return Quote(Symbol(SHARE), "삼성전자", won, upper_limit=Won(91_000), lower_limit=Won(49_000), **figures)


def book(price: int = 70_000) -> Book:
    levels = (BookLevel(Won(price), 100, 0),), (BookLevel(Won(price - 100), 100, 0),)
    return Book(SHARE, NOON, *levels, 100, 100, None, None)


def tell(account: Account, price: int = 70_000) -> None:
    """The broker says so now."""
    for what, value in ((f"quote:{SHARE}", quote(price)), (f"book:{SHARE}", book(price))):
        told = {"body": msgspec.json.encode(value), "at": timezone.now()}
        Kept.objects.update_or_create(environment=account.environment, what=what, defaults=told)


def stand(account: Account, **figures: Any) -> None:
    """Cash and holdings as told now."""
    known = {"power": 5_000_000, "assets": 20_000_000, "result": 0, "holdings": {SHARE: [20, 20, 1_400_000]}}
    told = {"asked_at": timezone.now(), **known, **figures}
    AccountStanding.objects.update_or_create(account=account, defaults=told)


def switch_on(account: Account) -> None:
    """Connected, its lane open and trading on; the broker has just told everything."""
    sealed = {"app_key_seal": b"-", "app_secret_seal": b"-", "key_version": 1, "app_key_tail": "0000"}
    Credential.objects.create(account=account, made_at=timezone.now(), **sealed)
    Account.objects.filter(pk=account.pk).update(connected_at=timezone.now())
    account.refresh_from_db()
    Instrument.objects.create(symbol=SHARE, name="삼성전자", market="거래소", state="증거금20%")
    Lane.objects.create(account=account, is_open=True)
    AccountLimits.objects.create(account=account, trading=True)
    tell(account)
    stand(account)


@pytest.fixture
def ready(account: Account, monkeypatch: pytest.MonkeyPatch) -> Account:
    """The practice account, with trading on."""
    switch_on(account)
    monkeypatch.setattr("kiwoomweb.access.broker_clock.now_at", lambda _environment: NOON)
    monkeypatch.setattr(examining, "prepare", lambda *_: None)
    return account


@pytest.fixture
def ticket() -> Callable[..., Ticket]:
    """Ten shares at the price everybody sees, shown long enough ago."""

    def made(**changed: Any) -> Ticket:
        known: dict[str, Any] = {
            "kind": Kind.PLACE,
            "symbol": SHARE,
            "side": Side.BUY,
            "quantity": 10,
            "price": 70_000,
            "quote": SeenQuote(70_000, 69_900, 70_000, NOON),
            "shown_at": timezone.now() - timedelta(seconds=2),
        }
        return Ticket(**known | changed)

    return made
