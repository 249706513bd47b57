"""The states of an order are a table, and the table says what the specification says."""

from orders.states import LATE, LIVE, OPEN, PAIRS, TAKEBACK_PAIRS, TERMINAL, State, allowed, way

S = State


def test_the_table_has_the_forty_eight_pairs_of_the_specification() -> None:
    assert sum(map(len, PAIRS.values())) == 48


def test_every_state_but_the_confirmed_takeback_is_in_the_table() -> None:
    named = set(PAIRS) | {new for news in PAIRS.values() for new in news}
    assert named == set(S) - {S.CONFIRMED}


def test_what_is_over_moves_only_by_late_evidence() -> None:
    assert {(a, b) for a in TERMINAL for b in S if allowed(a, b)} == LATE
    assert (S.CANCELLED, S.PARTIAL) in LATE and (S.FILLED, S.CANCELLED) not in LATE


def test_an_order_may_be_heard_of_by_its_end_alone() -> None:
    assert way(S.UNKNOWN, S.FILLED) == (S.ACCEPTED, S.FILLED)
    assert way(S.NOT_PLACED, S.PARTIAL) == (S.ACCEPTED, S.PARTIAL)
    assert way(S.WORKING, S.WORKING) == ()


def test_nothing_leads_back_to_a_send() -> None:
    heads = set(S) - {S.DRAFT, S.PENDING_APPROVAL, S.READY, S.SENDING}
    assert [state for state in heads if way(state, S.SENDING)] == []
    assert [state for state in heads if way(state, S.SENDING, takes_back=True)] == []


def test_a_takeback_never_fills() -> None:
    assert not {new for news in TAKEBACK_PAIRS.values() for new in news} & {S.FILLED, S.PARTIAL, S.REPLACED}
    assert way(S.UNKNOWN, S.CONFIRMED, takes_back=True) == (S.ACCEPTED, S.CONFIRMED)


def test_the_groups_divide_the_states() -> None:
    assert LIVE < OPEN and not OPEN & TERMINAL
    assert OPEN | TERMINAL | {S.DRAFT, S.PENDING_APPROVAL} == set(S)
