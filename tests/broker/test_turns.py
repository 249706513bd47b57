"""Turns: who of those that wait may leave, by class, by fairness and by the gates' windows."""

from collections import Counter
from heapq import heappop, heappush

from hypothesis import given
from hypothesis import strategies as some

from kiwoomweb.broker.pacing import WINDOW, Gate, Priority, Rates
from kiwoomweb.broker.turns import HOLD, LEASE, LOOK_AGAIN, SHUT, Ticket, Turns

RATES = Rates(per_tr=2, total=4, orders=2)
TRS = ("ka10075", "kt00018", "kt10000", "kt10003", "ka10081")


def ticket(number: str, tr: str = "ka10075", priority: Priority = Priority.ROUTINE, payer: str = "1") -> Ticket:
    return Ticket(number, priority, payer, RATES.gates(tr))


def leaving(turns: Turns, tickets: list[Ticket], until: int, takes: int = 10) -> list[tuple[int, Ticket]]:
    """Everybody asks when told to; each call takes so long to be answered. Who left, and when."""
    left: list[tuple[int, Ticket]] = []
    agenda = [(0, number, "ask", one) for number, one in enumerate(tickets)]
    while agenda:
        now, number, what, one = heappop(agenda)
        if now >= until:
            break
        if what == "answered":
            turns.answered(one, now)
        elif wait := turns.ask(one, now):
            heappush(agenda, (now + wait, number, "ask", one))
        else:
            left.append((now, one))
            heappush(agenda, (now + takes, -1 - number, "answered", one))
    return left


def test_a_cancellation_overtakes_whatever_waits() -> None:
    turns = Turns()
    crowd = [ticket(f"b{n}", "kt10000", Priority.BACKFILL) for n in range(6)]
    for one in crowd:
        if turns.ask(one, 0) == 0:
            turns.answered(one, 0)
    cancel = ticket("c", "kt10003", Priority.CANCEL)
    left = leaving(turns, [*crowd[2:], cancel], 3_000)
    assert (left[0][0], cancel) in left  # at the first moment there was, whoever else found a place then


def test_a_narrow_gate_does_not_hold_up_other_calls() -> None:
    turns = Turns()
    left = leaving(turns, [ticket(f"p{n}", priority=Priority.PERSON) for n in range(5)], 1)
    assert len(left) == 1  # the spread between two calls of one TR
    assert turns.ask(ticket("other", "kt00018", Priority.BACKFILL), 6) == 0


def test_the_last_places_of_a_key_go_to_the_most_urgent() -> None:
    turns = Turns()
    calls = [ticket(f"b{n}", f"ka1{n:04}", Priority.BACKFILL) for n in range(8)]
    urgent = [ticket(f"p{n}", f"ka2{n:04}", Priority.PERSON) for n in range(4)]
    for one in [*calls, *urgent]:
        turns._queued(one, 0)
    left = leaving(turns, [*calls, *urgent], 900)
    assert {one.number for _, one in left} == {"p0", "p1", "p2", "p3"}


def test_two_who_share_a_key_share_its_time() -> None:
    """One account has a long backlog, another comes later with little: it is not made to wait behind it all."""
    turns = Turns()
    backlog = [ticket(f"a{n}", priority=Priority.BACKFILL, payer="1") for n in range(20)]
    newcomer = [ticket(f"b{n}", priority=Priority.BACKFILL, payer="2") for n in range(5)]
    left = leaving(turns, [*backlog, *newcomer], 6_000)
    first_ten = Counter(one.payer for _, one in left[:10])
    assert first_ten["2"] >= 4


def test_who_is_gone_stands_in_nobodys_way() -> None:
    turns = Turns()
    assert turns.ask(ticket("first"), 0) == 0
    assert turns.ask(ticket("gone", priority=Priority.CANCEL), 1) > 0
    assert turns.ask(ticket("patient"), 1 + LEASE) > 0
    assert turns.ask(ticket("patient"), 2 + LEASE) == 0


def test_a_call_whose_answer_is_never_told_gives_its_places_back_in_the_end() -> None:
    turns, gate = Turns(), (Gate("ka10075", 1),)
    assert turns.ask(Ticket("lost", Priority.ROUTINE, "1", gate), 0) == 0
    waiting = Ticket("next", Priority.ROUTINE, "1", gate)
    assert turns.ask(waiting, HOLD - 1) > 0
    assert turns.ask(waiting, HOLD) == 0


def test_a_refusal_shuts_the_gate_and_narrows_it() -> None:
    turns, gate = Turns(), Gate("ka10075", 5)
    turns.refused(gate, 3, 0)
    assert turns.limit(gate, 0) == 3
    turns.refused(gate, None, 10)
    assert turns.limit(gate, 10) == 2
    assert turns.ask(Ticket("one", Priority.CANCEL, "1", (gate,)), 20) == LOOK_AGAIN
    assert turns.ask(Ticket("one", Priority.CANCEL, "1", (gate,)), 10 + SHUT) == 0
    assert turns.limit(gate, 10 + 600_000 + 2 * 60_000) == 4
    assert turns.limit(gate, 10 + 3_600_000) == 5


calls = some.tuples(
    some.sampled_from(TRS), some.sampled_from(Priority), some.sampled_from("12"), some.integers(0, 400)
)


@given(some.lists(calls, max_size=25), some.integers(0, 300))
def test_no_window_ever_holds_more_than_its_limit(
    asked: list[tuple[str, Priority, str, int]], takes: int
) -> None:
    """However the calls mix: counted from one's answer to another's leaving, a second never holds too many."""
    turns = Turns()
    tickets = [ticket(str(n), tr, priority, payer) for n, (tr, priority, payer, _) in enumerate(asked)]
    left = leaving(turns, tickets, 20_000, takes)
    assert len(left) == len(tickets)
    for name, limit in (("*", 4), ("orders", 2), ("ka10075", 2), ("kt00018", 2)):
        times = [at for at, one in left if name in {gate.name for gate in one.gates}]
        for earlier, later in zip(times, times[limit:], strict=False):
            assert later - (earlier + takes) >= WINDOW
