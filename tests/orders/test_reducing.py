"""What is known of an order does not depend on when or how often it was told (P-01, P-02, F-42, F-43)."""

from dataclasses import replace
from itertools import accumulate, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from orders.reducing import Standing, reduce
from orders.statements import CANCEL, MODIFY, Told, from_answer, from_event
from orders.states import State, way

NUMBER, CHILD, GONE = "0000139", "0000140", "0000141"
ANSWER = from_answer(NUMBER, "place", quantity=10)
TAKEN = Told(NUMBER, quantity=10)


def fill(number: int, size: int, price: int = 70_000, so_far: int = 0) -> Told:
    return Told(NUMBER, quantity=10, filled=so_far, fill_no=f"{number}", size=size, price=price)


def cancelled(shares: int, confirmed: bool = True) -> Told:
    return Told(GONE, NUMBER, CANCEL, quantity=shares, confirmed=shares if confirmed else 0)


def changed(shares: int, confirmed: bool = True) -> Told:
    return Told(CHILD, NUMBER, MODIFY, quantity=shares, confirmed=shares if confirmed else 0)


@st.composite
def histories(draw: st.DrawFn) -> list[Told]:
    """An order that is taken, filled in parts, changed, cancelled, sent back or left over."""
    sizes = draw(st.lists(st.integers(1, 4), max_size=4).filter(lambda sizes: sum(sizes) <= 10))
    told = [ANSWER, TAKEN]
    told += [
        fill(n, size, 70_000 + n, total)
        for n, (size, total) in enumerate(zip(sizes, accumulate(sizes), strict=True))
    ]
    left = 10 - sum(sizes)
    if left and draw(st.booleans()):
        moved = draw(st.integers(1, left))
        told, left = [*told, changed(moved)], left - moved
    if left and draw(st.booleans()):
        gone = draw(st.integers(1, left))
        told += [cancelled(gone, confirmed=False), cancelled(gone)]
    if draw(st.booleans()):
        told.append(Told(NUMBER, quantity=10, filled=sum(sizes), closes=True, is_late=draw(st.booleans())))
    if not sizes and draw(st.integers(0, 5)) == 0:
        told.append(Told(NUMBER, quantity=10, refused=True, reason="거부"))
    return told


@given(st.data())
@settings(max_examples=300)
def test_any_order_and_any_repetition_give_the_same_standing(data: st.DataObject) -> None:
    """F-42: said five times, late, shuffled: the same set of statements is the same order."""
    told = data.draw(histories())
    shuffled = data.draw(st.permutations(told + data.draw(st.lists(st.sampled_from(told)))))
    standing = reduce(NUMBER, 10, told)
    assert reduce(NUMBER, 10, shuffled) == standing
    assert standing.filled + standing.cancelled + standing.replaced + standing.remaining == 10


@given(st.data())
@settings(max_examples=300)
def test_knowledge_only_grows_while_it_comes_in(data: st.DataObject) -> None:
    """Whatever comes when, no fill is ever taken back, and the table lets the order go where it ends."""
    told = data.draw(st.permutations(data.draw(histories())))
    seen: list[Standing] = [reduce(NUMBER, 10, told[:n]) for n in range(1, len(told) + 1)]
    assert all(a.filled <= b.filled for a, b in pairwise(seen))
    at = State.ACCEPTED
    for standing in seen:
        at = standing.state if way(at, standing.state) is not None else at
    assert way(at, seen[-1].state) is not None or at in {State.CANCELLED, State.EXPIRED, State.REPLACED}


def test_a_fill_may_be_the_first_thing_heard() -> None:
    """F-43: before the answer, before 접수."""
    assert reduce(NUMBER, 10, [fill(1, 10)]).state is State.FILLED
    assert reduce(NUMBER, 10, [fill(1, 4)]).state is State.PARTIAL


def test_executions_are_counted_once_and_paid_exactly() -> None:
    standing = reduce(NUMBER, 10, [fill(1, 4, 70_000, 4), fill(1, 4, 70_000, 4), fill(2, 6, 70_100, 10)])
    assert (standing.state, standing.amount) == (State.FILLED, 4 * 70_000 + 6 * 70_100)


def test_a_list_that_lags_takes_nothing_back() -> None:
    """F-44: REST shows an older state than the socket."""
    newer, older = fill(2, 6, so_far=6), Told(NUMBER, quantity=10, filled=2)
    assert reduce(NUMBER, 10, [newer, older]).filled == 6


def test_part_filled_then_cancelled_is_cancelled_with_its_fills() -> None:
    standing = reduce(NUMBER, 10, [TAKEN, fill(1, 4), cancelled(6)])
    assert (standing.state, standing.filled, standing.cancelled, standing.remaining) == (
        State.CANCELLED,
        4,
        6,
        0,
    )


def test_a_cancellation_only_asked_for_takes_nothing() -> None:
    assert reduce(NUMBER, 10, [TAKEN, cancelled(10, confirmed=False)]).state is State.WORKING
    assert reduce(GONE, 10, [cancelled(10, confirmed=False)], takes_back=True).state is State.ACCEPTED
    assert reduce(GONE, 10, [cancelled(10)], takes_back=True).state is State.CONFIRMED


def test_a_change_of_a_part_leaves_the_rest_under_the_old_number() -> None:
    standing = reduce(NUMBER, 10, [TAKEN, changed(4)])
    assert (standing.state, standing.remaining, standing.replaced) == (State.WORKING, 6, 4)
    assert reduce(NUMBER, 10, [TAKEN, changed(10)]).state is State.REPLACED


def test_a_fill_on_the_old_number_after_the_change_counts() -> None:
    standing = reduce(NUMBER, 10, [TAKEN, changed(6), fill(1, 4)])
    assert (standing.filled, standing.replaced, standing.state) == (4, 6, State.REPLACED)


def test_the_exchange_takes_everything_back() -> None:
    """F-38: nobody of ours asked for it."""
    standing = reduce(NUMBER, 10, [TAKEN, replace(TAKEN, ended=True)])
    assert (standing.state, standing.cancelled) == (State.CANCELLED, 10)


def test_what_is_left_after_the_last_session_has_expired() -> None:
    late = Told(NUMBER, quantity=10, filled=3, closes=True, is_late=True)
    assert reduce(NUMBER, 10, [TAKEN, fill(1, 3, so_far=3), late]).state is State.EXPIRED


def test_the_exchange_sends_an_order_back() -> None:
    content = {
        "order_no": NUMBER,
        "original_order_no": "",
        "label": "+매수",
        "status": "거부",
        "quantity": "10",
        "filled": None,
        "fill_no": "",
        "unit_size": None,
        "unit_price": None,
        "reason": "571557",
    }
    standing = reduce(NUMBER, 10, [TAKEN, from_event(content)])
    assert (standing.state, standing.reason, standing.remaining) == (State.REJECTED, "571557", 0)
