"""Who looks after exits: nothing that goes wrong elsewhere puts a stop to sleep."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from kiwoomweb.access.roles import Role
from kiwoomweb.broker.errors import BrokerDown
from market.models import StreamLease
from orders.desk import exits, prices
from orders.desk.exits import ExitWatch
from orders.desk.prices import Prices
from orders.exits.triggers import Seen
from orders.models import Exit, Halt, Intent
from orders.selectors.possession import Possession
from orders.services.exits import Wish, make
from orders.services.halting import halt
from orders.states import State
from tests.people import make_person

pytestmark = pytest.mark.django_db

SYMBOL = "005930"


def an_exit(account, person, symbol=SYMBOL) -> Exit:
    return make(account, person.user, Wish(symbol, "삼성전자", None, 70_000, None, None, None, None))


class Market:
    """What is heard of every symbol."""

    def of(self, account, symbols) -> dict[str, Seen]:
        return {symbol: Seen(75_000, timezone.now()) for symbol in symbols}


@pytest.fixture
def watch() -> ExitWatch:
    made = ExitWatch(threading.Event())
    made.prices = Market()
    return made


def test_the_only_exit_of_an_account_is_settled_too(account, trader, watch) -> None:
    """Fired, and its order was denied: nothing of the account watches now, and yet it must again."""
    kept = an_exit(account, trader)
    now = timezone.now()
    denied = Intent.objects.create(
        account=account,
        environment=account.environment,
        key=kept.order_key,
        state=State.DENIED,
        kind="place",
        symbol=SYMBOL,
        side="sell",
        quantity=1,
        made_at=now,
        state_at=now,
        expires_at=now,
        ticket_json={},
    )
    Exit.objects.update(state=Exit.State.FIRED, intent=denied)
    watch.look()
    kept.refresh_from_db()
    assert (kept.state, kept.attempt) == (Exit.State.WATCHING, 1)


def test_a_halted_account_tries_nothing_in_vain_and_its_stop_is_alive_when_it_is_let_go(
    account, trader, watch, monkeypatch
) -> None:
    monkeypatch.setattr(Market, "of", lambda *_: {SYMBOL: Seen(69_000, timezone.now())})
    told = Possession(held=10, sellable=10, read_at=timezone.now())
    monkeypatch.setattr("orders.selectors.exits.possession_of", lambda *_: told)
    kept = an_exit(account, trader)
    halt(account, trader.user, "잠깐")
    watch.look()
    kept.refresh_from_db()
    assert (kept.state, kept.attempt, Intent.objects.count()) == (Exit.State.WATCHING, 0, 0)
    Halt.objects.update(released_at=timezone.now())
    watch.look()
    kept.refresh_from_db()
    assert (kept.state, Intent.objects.get().side) == (Exit.State.FIRED, "sell")


def test_an_error_in_one_account_keeps_nobody_elses_stop_from_being_watched(
    account, strangers_account, watch, monkeypatch, caplog
) -> None:
    for one in (account, strangers_account):
        an_exit(one, make_person(f"Hana{one.pk}", one.team, Role.TRADER))
    looked = []

    def fire(one, _quotes, _now) -> None:
        looked.append(one.pk)
        raise KeyError("change")

    monkeypatch.setattr(exits, "fire", fire)
    monkeypatch.setattr(exits, "EVERY", 0.0)
    looks = iter(range(2))

    def told() -> None:
        if next(looks, None) is None:
            watch.stop.set()
        ExitWatch.look(watch)

    monkeypatch.setattr(watch, "look", told)
    monkeypatch.setattr(exits, "close_old_connections", lambda: None)
    watch.run()
    assert sorted(set(looked)) == sorted([account.pk, strangers_account.pk])
    assert len(looked) == 6 and "could not be looked at" in caplog.text


@pytest.fixture
def broker(monkeypatch, settings) -> list[str]:
    """An open market, a broker that says 69,000 won; Valkey is not there. What it was asked for."""
    settings.REDIS_URL = "unix:///nonexistent/exits.sock"
    asked: list[str] = []

    def quote_of(_account, symbol):
        asked.append(symbol)
        if symbol == "000660":
            raise BrokerDown("점검")
        value = SimpleNamespace(price=69_000, lower_limit=49_000, upper_limit=91_000)
        return SimpleNamespace(value=value, at=timezone.now())

    monkeypatch.setattr(prices, "quote_of", quote_of)
    monkeypatch.setattr(prices, "_is_open", lambda _now: True)
    return asked


def test_f23_without_valkey_the_broker_is_asked_one_symbol_a_second(account, broker) -> None:
    told = Prices()
    seen = [told.of(account, {SYMBOL, "000660"}) for _ in range(4)]
    assert sorted(broker) == sorted([SYMBOL, "000660"] * 2)
    assert [one[SYMBOL].price for one in seen if one] == [69_000, 69_000]


def test_a_deaf_socket_is_asked_around_and_an_auction_is_not(account, broker, monkeypatch) -> None:
    now = timezone.now()
    StreamLease.objects.create(account_id=account.pk, holder="x", fence=1, expires=now - timedelta(seconds=9))
    told = Prices()
    kept: dict[str, Seen] = {}
    monkeypatch.setattr(told, "_follow", lambda *_: None)
    monkeypatch.setattr(told, "_live", lambda *_, **__: dict(kept))
    assert told.of(account, {SYMBOL})[SYMBOL].price == 69_000
    kept[SYMBOL] = Seen(71_000, now - timedelta(seconds=60), is_halted=True)
    assert told.of(account, {SYMBOL})[SYMBOL].price == 71_000
    kept[SYMBOL] = Seen(71_000, timezone.now())
    assert told.of(account, {SYMBOL})[SYMBOL].price == 71_000
    assert broker == [SYMBOL]
