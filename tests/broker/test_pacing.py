"""Pacing within one process, on a clock that moves only when somebody waits."""

import threading
from itertools import pairwise

import pytest

from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import RateLimited
from kiwoomweb.broker.local_pacing import LocalPacer
from kiwoomweb.broker.pacing import RATES, WINDOW, Priority, Rates

TR = "ka10075"
PLENTY = 1_000


class Clock:
    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> float:
        return self.at

    def pause(self, _change: threading.Condition, seconds: float) -> None:
        self.at += seconds


@pytest.fixture
def clock():
    return Clock()


def pacer(clock, rates):
    return LocalPacer(rates, now=clock.now, pause=clock.pause)


def moments(pacer, clock, calls, takes=0.0):
    """When each call left; each takes so many seconds to be answered."""
    told = []
    for key, tr in calls:
        with pacer.turn(key, tr, Priority.ROUTINE):
            told.append(clock.at)
            clock.at += takes
    return told


@pytest.mark.parametrize(("environment", "allowed"), [(Environment.LIVE, 5), (Environment.PAPER, 1)])
@pytest.mark.parametrize("takes", [0.0, 0.04, 0.3])
def test_no_second_holds_more_calls_than_the_broker_allows(clock, environment, allowed, takes):
    """Wherever between leaving and answer the broker counts a call: late or early."""
    told = moments(pacer(clock, RATES[environment]), clock, [("key", TR)] * 40, takes)
    for start, later in zip(told, told[allowed:], strict=False):
        assert later - (start + takes) >= 1


def test_a_quick_line_wastes_little_of_the_limit(clock):
    told = moments(pacer(clock, RATES[Environment.LIVE]), clock, [("key", TR)] * 101, takes=0.01)
    assert 100 / 5 / told[-1] > 0.98


def test_calls_of_one_tr_do_not_leave_in_a_burst(clock):
    told = moments(pacer(clock, Rates(per_tr=4, total=PLENTY)), clock, [("key", TR)] * 9)
    assert told[0] == 0
    assert all(later - earlier > 0.2 for earlier, later in pairwise(told))


def test_trs_and_keys_do_not_hold_each_other_up(clock):
    told = moments(
        pacer(clock, Rates(per_tr=1, total=PLENTY)), clock, [("key", TR), ("key", "ka10076"), ("another", TR)]
    )
    assert max(told) == 0


def test_one_key_has_a_total(clock):
    told = moments(pacer(clock, Rates(per_tr=5, total=8)), clock, [("key", f"ka{n:05}") for n in range(17)])
    assert told[7] == 0
    assert told[-1] == pytest.approx(2 * WINDOW / 1000, abs=0.01)


def test_orders_have_a_limit_together(clock):
    orders = [("key", tr) for tr in ("kt10000", "kt10001", "kt10003", "kt10006", "kt50000", "kt10002")]
    told = moments(pacer(clock, RATES[Environment.LIVE]), clock, orders)
    assert told[4] == 0
    assert told[5] >= 1


def test_tokens_are_asked_for_more_slowly_than_anything(clock):
    told = moments(pacer(clock, RATES[Environment.LIVE]), clock, [("key", "au10001")] * 3)
    assert all(later - earlier > 1 for earlier, later in pairwise(told))


def test_a_pause_gives_no_credit(clock):
    one = pacer(clock, Rates(per_tr=4, total=PLENTY))
    moments(one, clock, [("key", TR)])
    clock.at = 60.0
    told = moments(one, clock, [("key", TR)] * 5)
    assert told[0] == 60.0
    assert told[-1] >= 61.0


def test_a_refusal_makes_it_slower_and_time_makes_it_fast_again(clock):
    one = pacer(clock, RATES[Environment.LIVE])
    with pytest.raises(RateLimited), one.turn("key", TR, Priority.ROUTINE):
        raise RateLimited("허용된 요청 개수를 초과하였습니다[1700:유량=2, API ID=ka10075]", code="1700")
    told = moments(one, clock, [("key", TR)] * 5)
    assert told[0] >= 1.2
    assert all(later - earlier >= 1 for earlier, later in zip(told, told[2:], strict=False))
    clock.at += 3600
    told = moments(one, clock, [("key", TR)] * 6)
    assert told[4] - told[0] < 1 < told[5] - told[0]


def test_who_waits_in_person_goes_first():
    """Callers queue behind a shut gate; it opens, and the most urgent goes first, not the earliest."""
    opened, waiting, order, clock = threading.Event(), threading.Semaphore(0), [], [0.5]

    def pause(change: threading.Condition, seconds: float) -> None:
        waiting.release()
        change.wait(0.01)
        clock[0] += 0.1 * opened.is_set()

    one = LocalPacer(Rates(1, PLENTY), now=lambda: clock[0], pause=pause)
    with one.turn("key", TR, Priority.ROUTINE):
        pass
    threads = []
    for priority in (Priority.BACKFILL, Priority.ROUTINE, Priority.CANCEL, Priority.PERSON, Priority.PLACE):

        def call(priority: Priority = priority) -> None:
            with one.turn("key", TR, priority):
                order.append(priority)

        threads.append(threading.Thread(target=call, daemon=True))
        threads[-1].start()
        assert waiting.acquire(timeout=5)
    assert order == []
    opened.set()
    for thread in threads:
        thread.join(20)
    assert order == sorted(Priority)[:1] + sorted(set(Priority) - {Priority.CANCEL, Priority.RESOLVE})
