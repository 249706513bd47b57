"""Grounding on the practice exchange: what is asked, kept, and what a lost day does."""

from dataclasses import replace

import pytest
from django.utils import timezone

from kiwoomweb.broker.client import Client
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.domain import Side
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.pacing import Unpaced
from kiwoomweb.broker.patience import PERSON_S
from kiwoomweb.broker.tokens import MemoryTokenStore
from kiwoomweb.simulator.serve import running
from market.models import Instrument
from orders.checking import check
from orders.costing import worst_case
from orders.models import AccountLimits, AccountStanding, DayLock, Lane
from orders.selectors.situation import situation_of
from orders.services.grounding import ground, refresh_standing
from orders.tickets import Kind, Ticket
from tests.orders.limits.conftest import SHARE


@pytest.fixture(scope="module")
def serving():
    with running(trader=False, quota=1000, total_quota=1000, token_quota=1000) as broker:
        yield broker


@pytest.fixture
def grounded(account, serving, monkeypatch):
    """The practice account with the practice exchange behind it, and nothing known of anything."""
    keys = Credentials(serving.keys.app_key, serving.keys.app_secret)
    shelf = {"tokens": MemoryTokenStore(), "pacer": Unpaced(), "environment": Environment.SIMULATOR}
    client = Client(keys, serving.address, **shelf)
    for place in ("orders.services.grounding", "market.services.quotes", "market.services.instruments"):
        monkeypatch.setattr(f"{place}.broker_for", lambda account, priority=None: client)
    monkeypatch.setattr("orders.services.grounding.broker_now", lambda account: serving.clock.now())
    monkeypatch.setattr("kiwoomweb.access.broker_clock.now_at", lambda environment: serving.clock.now())
    Lane.objects.create(account=account, is_open=True)
    AccountLimits.objects.create(account=account, trading=True)
    yield account
    client.close()


def ticket(price: int) -> Ticket:
    return Ticket(Kind.PLACE, SHARE, Side.BUY, 1, price=price, shown_at=timezone.now())


def test_everything_an_order_needs_is_asked_and_found(grounded, owner, serving):
    ground(grounded, SHARE)
    here = situation_of(grounded, owner.user, ticket(60_000), timezone.now())
    assert (here.quote.bid, here.quote.ask) != (None, None)
    assert here.quote.lower < here.quote.price < here.quote.upper
    assert here.standing.power > 0
    assert here.traded.kind == "share"
    missing = {"C05", "C06", "C10", "C12", "C14", "C15", "C18", "C19", "C20", "C21", "C25"}
    order = ticket(here.quote.ask)
    assert missing.isdisjoint(one.code for one in check(order, here).refusals)
    told = worst_case(order, here)
    assert told.cash_after == here.standing.power - told.net
    assert Instrument.objects.filter(symbol=SHARE).exists()


def test_gold_is_ordered_with_the_means_of_the_gold_account(grounded, owner, serving):
    gold = Ticket(Kind.PLACE, "M04020000", Side.BUY, 1, price=100_000, shown_at=timezone.now())
    ground(grounded, gold.symbol)
    AccountStanding.objects.update(power=1)
    here = situation_of(grounded, owner.user, gold, timezone.now())
    assert here.standing.power == here.standing.assets == 10_000_000
    sale = replace(gold, side=Side.SELL, quantity=10**6)
    said = [one.sentence for one in check(sale, here).refusals if one.code == "C18"]
    held = here.standing.holdings.get(gold.symbol)
    assert said == [f"팔 수 있는 수량은 {held.sellable if held else 0:,}주입니다. 수량을 줄이세요."]


def test_a_silent_broker_leaves_the_last_figures_and_their_age(grounded, serving):
    ground(grounded, SHARE)
    before = AccountStanding.objects.get(account=grounded)
    AccountStanding.objects.update(asked_at=before.asked_at.replace(year=2020))
    serving.faults.add("status", count=50)
    ground(grounded, SHARE)
    serving.faults.clear()
    kept = AccountStanding.objects.get(account=grounded)
    assert (kept.power, kept.asked_at.year) == (before.power, 2020)


def test_a_day_that_has_lost_its_limit_is_shut_once(grounded, monkeypatch):
    monkeypatch.setattr("orders.services.grounding._moved_today", lambda lot: 0)
    monkeypatch.setattr("orders.services.grounding.loss_is_reached", lambda *_: True)
    refresh_standing(grounded)
    DayLock.objects.update(opened_at=timezone.now())
    refresh_standing(grounded)
    assert DayLock.objects.get().opened_at is not None, "who has opened it is not locked out again"


def test_the_orders_of_a_day_used_up_shut_it(grounded, owner, ready_day):
    AccountLimits.objects.update(figures={"trades_a_day": 1})
    ground(grounded, SHARE)
    assert [lock.kind for lock in DayLock.objects.all()] == ["trades"]


@pytest.fixture
def ready_day(grounded, owner, monkeypatch):
    """One order has gone out today."""
    from orders.services import examining
    from orders.services.deciding import decide
    from orders.services.examining import Examined

    monkeypatch.setattr(examining, "prepare", lambda *_: None)
    monkeypatch.setattr(examining, "examine", lambda *_, **__: Examined())
    decide(grounded, owner.user, ticket(60_000), "the-first-one")


def test_a_broker_that_takes_too_long_for_the_price_is_asked_for_nothing_more(grounded, monkeypatch) -> None:
    """Somebody waits for the dialog; what is missing, the checks say."""
    clock, asked = [0.0], []

    def slowly(_account: object, symbol: str) -> None:
        asked.append(symbol)
        clock[0] += PERSON_S

    monkeypatch.setattr("orders.services.grounding.monotonic", lambda: clock[0])
    monkeypatch.setattr("orders.services.grounding.quote_of", slowly)
    monkeypatch.setattr("orders.services.grounding.book_of", slowly)
    ground(grounded, SHARE)
    assert asked == [SHARE]
    assert not AccountStanding.objects.exists()
