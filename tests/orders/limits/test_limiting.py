"""Whose limits they are: tighter at once, looser late and by two; switching on; a shut day."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone

from kiwoomweb.access.models import AuditEntry
from kiwoomweb.access.roles import Role
from kiwoomweb.broker.environment import Environment
from orders.errors import MayNot, TooLate
from orders.limits import FIGURES, is_looser, is_wider, usual
from orders.models import AccountLimits, DayLock, LimitChange
from orders.selectors.limits import limits_of, member_limits_of
from orders.services import limiting
from orders.services.limiting import agree, open_day, set_limit, switch_off, switch_on, withdraw
from tests.people import make_person

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def proved(monkeypatch):
    """Whether somebody has just shown a code or a passkey."""
    shown = SimpleNamespace(now=True)
    monkeypatch.setattr(limiting, "proved_within", lambda *_, **__: True if shown.now else None)
    return shown


@pytest.fixture
def alone(live_account):
    """A team of one, with a real account."""
    live_account.team.memberships.exclude(role=Role.OWNER).delete()
    return live_account


def held(account, name: str):
    return getattr(limits_of(account, timezone.now()), name)


def test_every_limit_of_the_rules_can_be_set_and_is_one_of_the_facts():
    for environment in Environment:
        plain = usual(environment)
        assert all(FIGURES[name].fits(getattr(plain, name)) for name in FIGURES)


@pytest.mark.parametrize(
    ("before", "after", "looser"),
    [(1, 2, True), (2, 1, False), (2, 2, False), (None, 5, False), (5, None, True), (None, None, False)],
)
def test_more_is_looser_and_none_is_the_loosest(before, after, looser):
    assert is_looser(before, after) is looser


@pytest.mark.parametrize(
    ("name", "before", "after", "wider"),
    [
        ("symbols", [], ["005930"], False),
        ("symbols", ["005930"], [], True),
        ("symbols", ["005930"], ["005930", "000660"], True),
        ("symbols", ["005930", "000660"], ["000660"], False),
        ("opens", None, "09:30", False),
        ("opens", "09:30", "09:00", True),
        ("opens", "09:30", None, True),
        ("closes", "15:00", "15:20", True),
        ("closes", "15:20", "15:00", False),
    ],
)
def test_symbols_and_hours_are_wider_unless_plainly_narrower(name, before, after, wider):
    assert is_wider(name, before, after) is wider


def test_tighter_acts_at_once_and_is_written_down(owner, live_account):
    change = set_limit(live_account, owner.user, "max_order", 1_000_000)
    assert change.state == LimitChange.State.ACTING
    assert held(live_account, "max_order") == 1_000_000
    assert AuditEntry.objects.filter(action="limits.changed", account=live_account).count() == 1
    assert set_limit(live_account, owner.user, "max_order", 1_000_000) is None


@pytest.mark.security("S-15", asvs=["2.3.5"])
def test_looser_wants_a_second_person_and_a_day(owner, manager, trader, live_account):
    change = set_limit(live_account, owner.user, "max_order", 20_000_000)
    assert (change.state, held(live_account, "max_order")) == (LimitChange.State.ASKED, 10_000_000)
    for person in (owner, trader):
        with pytest.raises(MayNot):
            agree(change, person.user)
    change = agree(change, manager.user)
    assert (change.is_weak, held(live_account, "max_order")) == (False, 10_000_000)
    with time_machine.travel(change.acts_at - SECOND, tick=False):
        assert held(live_account, "max_order") == 10_000_000
    with time_machine.travel(change.acts_at + SECOND, tick=False):
        assert held(live_account, "max_order") == 20_000_000
        set_limit(live_account, owner.user, "max_day", 1_000_000)
        assert held(live_account, "max_order") == 20_000_000
    with pytest.raises(TooLate):
        agree(change, manager.user)


def test_a_day_alone_raises_nothing(owner, live_account):
    change = set_limit(live_account, owner.user, "loss_won", 2_000_000)
    with time_machine.travel(change.acts_at + timedelta(days=9), tick=False):
        assert held(live_account, "loss_won") == 1_000_000


def test_tightening_takes_back_a_raise_that_waits(owner, manager, live_account):
    raised = agree(set_limit(live_account, owner.user, "max_order", 20_000_000), manager.user)
    set_limit(live_account, owner.user, "max_order", 5_000_000)
    with time_machine.travel(raised.acts_at + SECOND, tick=False):
        assert held(live_account, "max_order") == 5_000_000


def test_a_raise_can_be_withdrawn_until_it_acts(owner, manager, viewer, live_account):
    change = agree(set_limit(live_account, owner.user, "max_order", 20_000_000), manager.user)
    with pytest.raises(MayNot):
        withdraw(change, viewer.user)
    withdraw(change, manager.user)
    with time_machine.travel(change.acts_at + SECOND, tick=False):
        assert held(live_account, "max_order") == 10_000_000
    with pytest.raises(TooLate):
        withdraw(change, owner.user)


def test_who_is_alone_agrees_a_minute_later_with_a_fresh_proof(owner, alone, proved):
    change = set_limit(alone, owner.user, "max_order", 20_000_000)
    with pytest.raises(MayNot, match="60초"):
        agree(change, owner.user)
    with time_machine.travel(change.asked_at + MINUTE, tick=False):
        proved.now = False
        with pytest.raises(MayNot, match="다시 확인"):
            agree(change, owner.user)
        proved.now = True
        assert agree(change, owner.user).is_weak


def test_practice_needs_no_second_person(owner, account):
    assert set_limit(account, owner.user, "max_order", 900_000_000).state == LimitChange.State.ACTING
    assert held(account, "max_order") == 900_000_000


@pytest.mark.parametrize("value", [0, -1, 10**13, None, True, "5", [1]])
def test_nonsense_is_no_limit(owner, account, value):
    with pytest.raises(MayNot):
        set_limit(account, owner.user, "max_order", value)
    with pytest.raises(MayNot):
        set_limit(account, owner.user, "trading", 1)
    assert not AccountLimits.objects.exists()


@pytest.mark.parametrize("who", ["viewer", "trader", "manager", "stranger"])
def test_limits_and_the_switch_are_the_owners(who, account, request):
    user = request.getfixturevalue(who).user
    with pytest.raises(MayNot):
        set_limit(account, user, "max_order", 1)
    with pytest.raises(MayNot):
        switch_on(account, user)


def test_a_member_has_limits_of_their_own(owner, trader, live_account):
    set_limit(live_account, owner.user, "max_order", 300_000, member=trader.user)
    set_limit(live_account, owner.user, "symbols", ["005930"], member=trader.user)
    set_limit(live_account, owner.user, "closes", "15:00", member=trader.user)
    told = member_limits_of(live_account, trader.user, timezone.now())
    assert (told.max_order, told.symbols, told.closes.hour) == (300_000, frozenset({"005930"}), 15)
    wider = set_limit(live_account, owner.user, "symbols", [], member=trader.user)
    assert wider.state == LimitChange.State.ASKED
    assert member_limits_of(live_account, owner.user, timezone.now()) is None


def test_trading_is_switched_on_with_limits_read_and_proved(owner, live_account, proved):
    limits = {"max_order": 1_000_000, "max_day": 3_000_000}
    for name, value in limits.items():
        set_limit(live_account, owner.user, name, value)
    with pytest.raises(MayNot, match="손실"):
        switch_on(live_account, owner.user, understood=True)
    set_limit(live_account, owner.user, "loss_won", 300_000)
    with pytest.raises(MayNot, match="읽고"):
        switch_on(live_account, owner.user)
    proved.now = False
    with pytest.raises(MayNot, match="본인 확인"):
        switch_on(live_account, owner.user, understood=True)
    proved.now = True
    assert not held(live_account, "trading")
    switch_on(live_account, owner.user, understood=True)
    assert held(live_account, "trading")


def test_anybody_who_watches_over_limits_may_switch_off(owner, manager, account):
    for name, value in {"max_order": 1_000_000, "max_day": 3_000_000, "loss_won": 300_000}.items():
        set_limit(account, owner.user, name, value)
    switch_on(account, owner.user)
    switch_off(account, manager.user)
    assert not held(account, "trading")


def test_a_shut_day_is_opened_by_somebody_who_has_not_traded(owner, manager, trader, ready, ticket):
    from orders.services.deciding import decide

    decide(ready, owner.user, ticket(), "an-order-of-today")
    lock = DayLock.objects.create(account=ready, day="2026-11-20", kind="loss", at=timezone.now(), figure=-9)
    for person in (owner, trader):
        with pytest.raises(MayNot):
            open_day(lock, person.user)
    open_day(lock, manager.user)
    with pytest.raises(TooLate):
        open_day(lock, manager.user)


def test_people_who_left_are_nobody_to_ask(owner, alone):
    from orders.selectors.people import is_alone

    assert is_alone(owner.user, alone)
    other = make_person("Hana", alone.team, Role.MANAGER)
    assert not is_alone(owner.user, alone)
    other.user.is_active = False
    other.user.save()
    assert is_alone(owner.user, alone)
