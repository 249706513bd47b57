"""Whatever happens in whatever order, an order exists once and is known: a share of the drill's stories."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from kiwoomweb.operation.drills.orders import racing
from kiwoomweb.operation.drills.orders.story import Story

pytestmark = pytest.mark.database


def test_stories_of_orders_that_fail_in_every_way(transactional_db) -> None:
    run_state_machine_as_test(Story, settings=settings(max_examples=12, stateful_step_count=15, deadline=None))


def test_o01_the_same_order_asked_for_at_the_same_time_is_one_order(transactional_db, account) -> None:
    """Eight hands and one key, again and again; in every other race one hand holds another ticket (O-02)."""
    assert racing.run(account, 12) == 0
