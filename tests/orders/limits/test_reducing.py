"""감축: a day that its loss or its number of orders has shut is one state, told on every page and kept to."""

import pytest
from django.utils import timezone

from kiwoomweb.broker.domain import Side
from orders.models import AccountLimits, DayLock, Halt
from orders.selectors.stops import State, state_of, stops_of
from orders.services.deciding import decide
from orders.services.limiting import open_day
from tests.orders.limits.conftest import SHARE

LOST = "오늘의 손실 한도에 닿았습니다. 보유를 줄이는 주문만 나갑니다."


@pytest.fixture
def lost(ready):
    return DayLock.objects.create(account=ready, day="2026-11-20", kind="loss", at=timezone.now(), figure=-9)


@pytest.fixture
def used_up(ready):
    return DayLock.objects.create(account=ready, day="2026-11-20", kind="trades", at=timezone.now(), figure=50)


def pages(account) -> list[str]:
    here = f"/a/{account.code}"
    return [
        f"{here}/orders/new/?symbol={SHARE}",
        f"{here}/orders/",
        f"{here}/limits/",
        f"{here}/orders/halts/",
        f"{here}/orders/halts/?on=ticket",
        f"/t/{account.team.code}/desk/",
    ]


def test_every_page_says_reducing_and_why_until_somebody_opens_the_day(ready, lost, owner, manager):
    for page in pages(ready):
        said = owner.get(page).content.decode()
        assert "감축" in said and LOST in said, page
    assert 'id="order-state"><b class="badge warn"' in owner.get(f"/a/{ready.code}/journal/").content.decode()
    open_day(lost, owner.user)
    for page in pages(ready):
        said = owner.get(page).content.decode()
        assert "감축" not in said and LOST not in said, page


def test_halted_is_stronger_than_reducing_and_yesterdays_lock_is_none(ready, lost):
    assert state_of(stops_of(ready)) is State.REDUCING
    Halt.objects.create(account=ready, level="halted", cause="person", reason="그만", at=timezone.now())
    assert state_of(stops_of(ready)) is State.HALTED
    Halt.objects.update(released_at=timezone.now())
    DayLock.objects.update(day="2026-11-19")
    assert state_of(stops_of(ready)) is State.ACTIVE


def test_the_number_of_orders_used_up_stays_so_when_the_limit_is_raised_afterwards(
    ready, used_up, owner, ticket
):
    """Raising acts on the next day: today is opened by somebody else, or not at all."""
    AccountLimits.objects.update(figures={"trades_a_day": 1_000})
    refused = decide(ready, owner.user, ticket(), "one-more-purchase").intent
    assert [code for code, _ in refused.verdict["refusals"]] == ["C21"]
    assert decide(ready, owner.user, ticket(side=Side.SELL), "but-a-sale-goes").intent.state == "ready"
