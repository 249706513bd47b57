"""How long a stream waits before it comes back."""

from kiwoomweb.broker.backoff import Backoff
from kiwoomweb.broker.errors import TakenOver, Unreachable, WrongKeys


def test_losses_in_a_row_wait_from_one_second_to_a_minute():
    backoff = Backoff()
    assert [backoff.after(Unreachable(), 0) for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_a_line_that_held_starts_over():
    backoff = Backoff()
    for _ in range(5):
        backoff.after(Unreachable(), 0)
    assert backoff.after(Unreachable(), 3600) == 1


def test_a_line_that_is_cut_right_after_login_does_not():
    backoff = Backoff()
    assert [backoff.after(Unreachable(), 2) for _ in range(3)] == [1, 2, 4]


def test_a_place_taken_by_another_is_not_fought_for():
    backoff = Backoff()
    waits = [backoff.after(TakenOver(), 40) for _ in range(6)]
    assert waits == [30, 60, 120, 240, 300, 300]


def test_wrong_keys_are_not_tried_every_second():
    assert Backoff().after(WrongKeys(), 0) == 30
