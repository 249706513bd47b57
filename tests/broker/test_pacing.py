"""Pacing, on a clock that moves only when somebody waits."""

import threading
from itertools import pairwise

import pytest

from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.pacing import RATES, LocalPacer, Priority, Rates

TR = "ka10075"


class Clock:
    def __init__(self) -> None:
        self.at = 0.0
        self.waited: list[float] = []

    def now(self) -> float:
        return self.at

    def pause(self, _turn: threading.Condition, seconds: float | None) -> None:
        assert seconds is not None
        self.waited.append(seconds)
        self.at += seconds


@pytest.fixture
def clock():
    return Clock()


def moments(pacer, clock, calls):
    told = []
    for key, tr in calls:
        pacer.wait(key, tr, Priority.ROUTINE)
        told.append(clock.at)
    return told


def test_calls_of_one_tr_keep_their_distance(clock):
    pacer = LocalPacer(Rates(per_tr=4, total=100), now=clock.now, pause=clock.pause)
    told = moments(pacer, clock, [("key", TR)] * 9)
    assert told[0] == 0
    assert all(later - earlier == pytest.approx(0.25) for earlier, later in pairwise(told))


@pytest.mark.parametrize(("environment", "allowed"), [(Environment.LIVE, 5), (Environment.PAPER, 2)])
def test_no_second_holds_more_calls_than_the_broker_allows(clock, environment, allowed):
    pacer = LocalPacer(RATES[environment], now=clock.now, pause=clock.pause)
    told = moments(pacer, clock, [("key", TR)] * 30)
    most = max(sum(start <= at < start + 1 for at in told) for start in told)
    assert most <= allowed


def test_trs_and_keys_do_not_hold_each_other_up(clock):
    pacer = LocalPacer(Rates(per_tr=1, total=100), now=clock.now, pause=clock.pause)
    told = moments(pacer, clock, [("key", TR), ("key", "ka10076"), ("another", TR)])
    assert max(told) < 0.1


def test_one_key_has_a_total(clock):
    pacer = LocalPacer(Rates(per_tr=4, total=8), now=clock.now, pause=clock.pause)
    told = moments(pacer, clock, [("key", f"ka{n:05}") for n in range(17)])
    assert told[-1] == pytest.approx(2.0)


def test_tokens_are_asked_for_more_slowly_than_anything(clock):
    pacer = LocalPacer(RATES[Environment.LIVE], now=clock.now, pause=clock.pause)
    told = moments(pacer, clock, [("key", "au10001")] * 3)
    assert all(later - earlier > 1 for earlier, later in pairwise(told))


def test_a_pause_gives_no_credit(clock):
    pacer = LocalPacer(Rates(per_tr=4, total=100), now=clock.now, pause=clock.pause)
    pacer.wait("key", TR, Priority.ROUTINE)
    clock.at = 60.0
    told = moments(pacer, clock, [("key", TR)] * 3)
    assert told == [60.0, 60.25, 60.5]


def test_who_waits_in_person_goes_first():
    """Three callers queue behind a shut gate; it opens, and the most urgent goes first, not the earliest."""
    opened, waiting, order = threading.Event(), threading.Semaphore(0), []

    def pause(turn: threading.Condition, seconds: float | None) -> None:
        waiting.release()
        turn.wait(0.01 if seconds is not None else None)

    pacer = LocalPacer(Rates(4, 1e9), now=lambda: 100.0 * len(order) if opened.is_set() else 0.0, pause=pause)
    pacer.wait("key", TR, Priority.ROUTINE)
    threads = []
    for priority in (Priority.BACKFILL, Priority.ROUTINE, Priority.PERSON):

        def call(priority: Priority = priority) -> None:
            pacer.wait("key", TR, priority)
            order.append(priority)

        threads.append(threading.Thread(target=call))
        threads[-1].start()
        assert waiting.acquire(timeout=5)
    order_before = list(order)
    opened.set()
    order.append(None)  # time moves on by what has happened
    for thread in threads:
        thread.join(10)
    assert order_before == []
    assert order[1:] == [Priority.PERSON, Priority.ROUTINE, Priority.BACKFILL]
