"""Whatever happens in whatever order, an order exists once and is known: a share of the drill's stories."""

import pytest

from kiwoomweb.operation.drills.orders import racing
from kiwoomweb.operation.drills.orders.paper import Paper
from kiwoomweb.operation.drills.orders.story import Story
from kiwoomweb.operation.drills.orders.tales import Told, breach

pytestmark = pytest.mark.database


def test_stories_of_orders_that_fail_in_every_way(transactional_db, monkeypatch) -> None:
    told = Told()
    monkeypatch.setattr(Story, "lived", staticmethod(told.hear))
    assert breach(Story, seed=8, stories=8) == ""
    assert told.stories >= 8 and len(told.different) > 1 and told.steps.total() > 50


def test_a_broker_that_books_an_order_twice_is_found_and_told_with_the_way_there(
    transactional_db, monkeypatch
) -> None:
    """Whoever counts on the stories must have seen them fail: the shortest one, and how to repeat it."""
    once = Paper._carry_out
    monkeypatch.setattr(Paper, "_carry_out", lambda self, *asked: (once(self, *asked), once(self, *asked))[0])
    words = breach(Story, seed=8, stories=8)
    assert "['0000001', '0000002'] at 50000" in words
    assert "state.begin()" in words and "reproduce_failure" in words


def test_o01_the_same_order_asked_for_at_the_same_time_is_one_order(transactional_db, account) -> None:
    """Eight hands and one key, again and again; in every other race one hand holds another ticket (O-02)."""
    assert racing.run(account, 12) == 0
