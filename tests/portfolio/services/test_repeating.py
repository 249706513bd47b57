"""Asking twice is asking once: any sync, any number of times, in any order, with any interruption."""

import random
from datetime import date
from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import OrderEvent
from orders.services.hearing import hear
from portfolio.models import SyncTask
from portfolio.services import backfilling, settling, syncing
from portfolio.sources import SOURCES
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.rows import (
    day_row,
    diary_row,
    execution,
    filled_row,
    holding_row,
    open_row,
    placed_row,
    sale_row,
)
from tests.portfolio.steps import do, dump, poll, versions, work

TODAY = date(2026, 11, 20)
POLLED = [tr for tr, source in SOURCES.items() if source.every]


def a_busy_day(kiwoom: Kiwoom) -> None:
    """Two orders filled, one in pieces; one waits; three sales, two of them equal."""
    orders = [("0000001", 10, 10, "매수"), ("0000002", 30, 20, "매도")]
    kiwoom.lists("ka10076", *[filled_row(n, q, f, 98_000, side) for n, q, f, side in orders], per_page=1)
    kiwoom.lists("kt00007", *[placed_row(n, q, f, 98_000, side) for n, q, f, side in orders])
    kiwoom.lists("ka10075", open_row("0000002", 30, 20, 98_000), open_row("0000003", 5, 0, 90_000))
    kiwoom.lists("ka10074", day_row(TODAY, 4_210, sold=1_960_000))
    kiwoom.lists("ka10073", *[sale_row(won, day=TODAY) for won in (1_500, 1_500, 1_210)], per_page=2)
    kiwoom.lists("ka10072", *[sale_row(won) for won in (1_210, 1_500, 1_500)])
    kiwoom.lists("ka10077", *[sale_row(won) for won in (1_500, 1_210, 1_500)])
    kiwoom.lists("ka10170", diary_row("005930", "삼성전자", bought=980_000, sold=1_960_000, realised=4_210))
    kiwoom.lists("kt00018", holding_row("005930", "삼성전자", 10, 98_000, 98_500))


EVENTS = (
    execution("0000001", "11", 4, 4, quantity=10),
    execution("0000001", "12", 6, 10, quantity=10),
    execution("0000002", "13", 5, 5),
    execution("0000002", "14", 15, 20),
)


def in_this_order(account: Account, steps: list[str | OrderEvent]) -> tuple[str, int]:
    """Do the steps, then everything once more so that nobody missed a symbol; the journal's hash and size."""
    for step in [*steps, *POLLED, *EVENTS]:
        if isinstance(step, str):
            poll(account, step)
        else:
            hear(account.pk, step)
    return dump(account), versions(account)


def test_repeating_everything_any_number_of_times_changes_nothing(connected: Account, kiwoom: Kiwoom) -> None:
    a_busy_day(kiwoom)
    first = in_this_order(connected, [])
    for _round in range(3):
        assert in_this_order(connected, []) == first


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_polls_and_messages_gives_the_same_journal(
    connected: Account, kiwoom: Kiwoom, seed: int
) -> None:
    a_busy_day(kiwoom)
    steps: list[str | OrderEvent] = [*POLLED, *EVENTS] * 2
    random.Random(seed).shuffle(steps)
    assert in_this_order(connected, steps)[0] == expected(kiwoom)


def expected(kiwoom: Kiwoom) -> str:
    """The journal of a quiet machine: each list once, then each message once, on an account of its own."""
    from kiwoomweb.access.models import Team
    from tests.people import make_account
    from tests.portfolio.steps import give_keys

    other = make_account(Team.objects.get(), "다른 계좌", "8100000999")
    give_keys(other)
    backfilling.begin(other.pk)
    return in_this_order(other, [])[0]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations([*range(4)]), twice=st.lists(st.integers(0, 3), max_size=4))
def test_executions_may_overtake_one_another(order: list[int], twice: list[int]) -> None:
    """Which fills there are follows from what was told, not from when."""
    from orders.models import Fill, Order
    from orders.services.filling import aggregate

    told = [EVENTS[number] for number in chain(order, twice) if EVENTS[number].order_no == "0000002"]
    singles = {event.fill_no: Fill(quantity=event.unit_size, amount=event.unit_size * 98_000) for event in told}
    total = Order(order_no="0000002", filled=20, fill_price=98_000, quantity=30)
    rest = aggregate(total, singles.values())
    assert sum(fill.quantity for fill in singles.values()) + (rest.quantity if rest else 0) == 20


def test_a_worker_killed_between_answer_and_commit_leaves_no_trace_and_no_gap(
    connected: Account, kiwoom: Kiwoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_busy_day(kiwoom)
    before = dump(connected)
    task = SyncTask.objects.get(account=connected, tr="ka10073", first=None)
    with monkeypatch.context() as dying:
        dying.setattr(settling, "succeeded", _die)
        with pytest.raises(KeyboardInterrupt):
            do(connected, task)
    assert dump(connected) == before
    task.refresh_from_db()
    SyncTask.objects.filter(pk=task.pk).update(claimed_until=task.last_try_at)  # its time is over
    assert do(connected, task).new == 3


def _die(*_whatever: object) -> bool:
    raise KeyboardInterrupt


def test_a_worker_that_was_overtaken_throws_its_answer_away(connected: Account, kiwoom: Kiwoom) -> None:
    a_busy_day(kiwoom)
    from portfolio.services import claiming

    slow = SyncTask.objects.get(account=connected, tr="ka10074", first=None)
    assert claiming._take(slow)
    quick = SyncTask.objects.get(pk=slow.pk)
    assert do(connected, quick).new == 1
    before = versions(connected)
    kiwoom.lists("ka10074", day_row(TODAY, 1))
    syncing.run(connected, slow)
    assert versions(connected) == before


def test_a_backfill_done_twice_is_done_once(connected: Account, kiwoom: Kiwoom) -> None:
    a_busy_day(kiwoom)
    work(connected)
    first = dump(connected), versions(connected)
    SyncTask.objects.filter(account=connected).update(state="waiting", passes=0, ready_at=None)
    work(connected)
    assert (dump(connected), versions(connected)) == first
