"""The scheduler in Valkey decides exactly as the turns in Python do, whatever happens in whatever order."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from kiwoomweb.access.pacing.scheduler import Scheduler, scheduler_at
from kiwoomweb.broker.pacing import Priority, Rates
from kiwoomweb.broker.turns import Ticket, Turns

RATES = Rates(per_tr=3, total=5, orders=2)
TRS = ("ka10075", "kt10000", "kt10003", "kt00018")
_names = count()

tickets = some.builds(
    lambda number, tr, priority, payer: Ticket(
        f"{number:02}-{tr}-{priority}-{payer}", priority, payer, RATES.gates(tr)
    ),
    some.integers(0, 9),
    some.sampled_from(TRS),
    some.sampled_from(Priority),
    some.sampled_from(["1", "2"]),
)
steps = some.lists(
    some.one_of(
        some.tuples(some.just("ask"), tickets),
        some.tuples(some.just("ask"), tickets),
        some.tuples(some.just("answered"), tickets),
        some.tuples(some.just("withdraw"), tickets),
        some.tuples(some.just("refused"), tickets, some.sampled_from([None, 1, 2, 9])),
        some.tuples(some.just("later"), some.integers(1, 3_000)),
        some.tuples(some.just("later"), some.sampled_from([1_005, 20_000, 600_000, 660_000])),
    ),
    max_size=60,
)


@pytest.fixture
def scheduler(valkey) -> Scheduler:
    return scheduler_at(valkey)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps)
def test_it_decides_as_the_turns_in_python_do(scheduler: Scheduler, happened: list[tuple]) -> None:
    name, turns, now = f"compared:{next(_names)}", Turns(), 1_000_000
    for what, *details in happened:
        if what == "later":
            now += details[0]
        elif what == "ask":
            assert scheduler.ask(name, details[0], now) == turns.ask(details[0], now)
        elif what == "answered":
            scheduler.answered(name, details[0], now)
            turns.answered(details[0], now)
        elif what == "withdraw":
            scheduler.withdraw(name, details[0])
            turns.withdraw(details[0])
        else:
            gate = details[0].gates[0]
            scheduler.refused(name, gate, details[1], now)
            turns.refused(gate, details[1], now)


def test_by_its_own_clock_a_place_is_free_again_after_a_second(scheduler: Scheduler) -> None:
    gates = Rates(per_tr=1, total=5).gates("ka10075")
    first, second = (Ticket(name, Priority.PERSON, "1", gates) for name in ("first", "second"))
    assert scheduler.ask("clock", first) == 0
    scheduler.answered("clock", first)
    assert 0 < scheduler.ask("clock", second) <= 250
    seen = scheduler.look("clock")
    assert seen["minute"] == 1
    assert seen["waiting"][Priority.PERSON] == 1
