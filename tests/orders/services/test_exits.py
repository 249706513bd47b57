"""Exits in the database: each sells once, never more than is free, and survives a crash at any point."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import OrderKind, Side
from kiwoomweb.notices.models import Notice
from orders.exits.triggers import Seen
from orders.models import Exit, Intent
from orders.selectors.possession import Possession
from orders.services.exits import Due, Wish, attach, due, make, remove, settle
from orders.states import State
from tests.people import Person

pytestmark = pytest.mark.django_db

SYMBOL = "005930"
Holds = Callable[[int | None], None]


@pytest.fixture
def holds(monkeypatch: pytest.MonkeyPatch) -> Holds:
    """``holds(100)``: what the broker last said is held."""

    def say(held: int | None) -> None:
        told = Possession(held=held, sellable=held, read_at=timezone.now())
        monkeypatch.setattr("orders.selectors.exits.possession_of", lambda account, symbol: told)

    say(100)
    return say


def an_exit(account: Account, person: Person, quantity: int | None = None, **prices: Any) -> Exit:
    levels = {"stop": 70_000, "target": None, "trail_won": None, "trail_rate": None, "until": None, **prices}
    return make(account, person.user, Wish(SYMBOL, "삼성전자", quantity, **levels))


def look(account: Account, price: int, now: datetime | None = None, **rest: Any) -> list[Due]:
    now = now or timezone.now()
    return due(account, {SYMBOL: Seen(price, now)}, now, **rest)


def decided(found: Due, account: Account, state: State = State.READY) -> Intent:
    """The order of an exit as the order path would have recorded it."""
    ticket, now = found.ticket, timezone.now()
    columns = {"kind": ticket.kind, "symbol": ticket.symbol, "side": ticket.side, "quantity": ticket.quantity}
    columns |= {"order_kind": ticket.order_kind, "venue": ticket.venue, "ticket_json": ticket.as_json()}
    moments = {"made_at": now, "state_at": now, "expires_at": now + timedelta(seconds=15)}
    return Intent.objects.create(
        account=account,
        environment=account.environment,
        key=found.key,
        state=state,
        origin="exit",
        **columns,
        **moments,
    )


def test_a_met_stop_sells_all_that_is_held_at_market(account: Account, trader: Person, holds: Holds) -> None:
    an_exit(account, trader)
    assert look(account, 70_100) == []
    (found,) = look(account, 69_900)
    assert (found.ticket.side, found.ticket.quantity) == (Side.SELL, 100)
    assert found.ticket.order_kind is OrderKind.MARKET


def test_it_fires_once(account: Account, trader: Person, holds: Holds) -> None:
    kept = an_exit(account, trader)
    (found,) = look(account, 69_900)
    attach(found, decided(found, account), timezone.now())
    kept.refresh_from_db()
    assert (kept.state, kept.fired, kept.fired_price) == (Exit.State.FIRED, "stop", 69_900)
    assert look(account, 69_000) == []


def test_after_a_crash_between_order_and_note_the_order_is_found_and_not_repeated(
    account: Account, trader: Person, holds: Holds
) -> None:
    kept = an_exit(account, trader)
    (found,) = look(account, 69_900)
    intent = decided(found, account)
    assert look(account, 69_800) == []
    kept.refresh_from_db()
    assert (kept.state, kept.intent_id) == (Exit.State.FIRED, intent.pk)


def test_two_plans_together_sell_no_more_than_is_held(account: Account, trader: Person, holds: Holds) -> None:
    an_exit(account, trader, 70)
    an_exit(account, trader, 70)
    assert [found.ticket.quantity for found in look(account, 69_900)] == [70, 30]


def test_what_an_open_sell_order_holds_is_not_sold_again(
    account: Account, trader: Person, holds: Holds
) -> None:
    other = an_exit(account, trader, 80)
    (first,) = look(account, 69_900)
    attach(first, decided(first, account, State.UNKNOWN), timezone.now())
    an_exit(account, trader)
    assert [found.ticket.quantity for found in look(account, 69_900)] == [20]
    assert other.pk == first.exit.pk


def test_without_a_holding_it_ends_and_with_an_unknown_one_it_waits(
    account: Account, trader: Person, holds: Holds
) -> None:
    kept = an_exit(account, trader)
    holds(None)
    assert look(account, 69_900) == []
    kept.refresh_from_db()
    assert kept.state == Exit.State.WATCHING
    holds(0)
    assert look(account, 69_900) == []
    kept.refresh_from_db()
    assert kept.state == Exit.State.ENDED


def test_a_stale_quote_fires_nothing(account: Account, trader: Person, holds: Holds) -> None:
    an_exit(account, trader)
    now = timezone.now()
    assert due(account, {SYMBOL: Seen(60_000, now - timedelta(seconds=6))}, now) == []


def test_the_peak_of_a_trailing_stop_outlives_a_restart(account: Account, trader: Person, holds: Holds) -> None:
    kept = an_exit(account, trader, stop=None, trail_won=1_000)
    look(account, 72_000)
    kept.refresh_from_db()
    assert kept.peak == 72_000
    assert len(look(account, 71_000)) == 1


@pytest.mark.parametrize("state", [State.DENIED, State.REJECTED])
def test_an_order_that_is_not_there_is_tried_again_later_under_another_key_and_then_calls_a_person(
    account: Account, trader: Person, holds: Holds, state: State
) -> None:
    """Never five refusals in a minute: that would halt the account and with it every stop."""
    kept = an_exit(account, trader)
    began, tries, keys = timezone.now(), [], set()
    for second in range(90):
        now = began + timedelta(seconds=second)
        for found in due(account, {SYMBOL: Seen(69_900, now)}, now):
            tries.append(second)
            keys.add(found.key)
            attach(found, decided(found, account, state), now)
            settle(account)
    kept.refresh_from_db()
    assert (kept.state, len(keys), tries) == (Exit.State.STUCK, 5, [0, 3, 18, 38, 63])
    assert "나가지 못했습니다" in Notice.objects.get(user=trader.user).text


def test_an_order_that_ended_before_all_was_sold_calls_a_person_and_one_that_sold_all_is_over(
    account: Account, trader: Person, holds: Holds
) -> None:
    kept = an_exit(account, trader)
    (found,) = look(account, 69_900)
    intent = decided(found, account, State.CANCELLED)
    Intent.objects.filter(pk=intent.pk).update(filled=30)
    attach(found, intent, timezone.now())
    settle(account)
    kept.refresh_from_db()
    assert (kept.state, kept.why) == (
        Exit.State.STUCK,
        "매도 주문이 100주 가운데 30주만 팔고 끝났습니다.",
    )
    assert "남은 주식은 직접 파세요" in Notice.objects.get(user=trader.user).text
    Exit.objects.filter(pk=kept.pk).update(state=Exit.State.FIRED)
    Intent.objects.filter(pk=intent.pk).update(state=State.FILLED)
    settle(account)
    kept.refresh_from_db()
    assert (kept.state, kept.ended_at is None) == (Exit.State.FIRED, False)


def test_an_order_nobody_knows_the_fate_of_is_not_tried_again(
    account: Account, trader: Person, holds: Holds
) -> None:
    kept = an_exit(account, trader)
    (found,) = look(account, 69_900)
    attach(found, decided(found, account, State.UNKNOWN), timezone.now())
    settle(account)
    kept.refresh_from_db()
    assert kept.state == Exit.State.FIRED


def test_a_removed_exit_and_one_past_its_day_watch_no_more(
    account: Account, trader: Person, holds: Holds
) -> None:
    gone, old = an_exit(account, trader), an_exit(account, trader, until=date(2026, 11, 20))
    assert remove(gone, trader.user)
    assert look(account, 72_000, today=date(2026, 11, 21)) == []
    old.refresh_from_db()
    assert old.state == Exit.State.ENDED
    assert look(account, 60_000, today=date(2026, 11, 21)) == []
