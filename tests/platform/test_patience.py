"""How long a stop may take: an order's answer is always waited for, a task that is done again anyway is not."""

from pathlib import Path

from kiwoomweb.operation.plan import Plan
from kiwoomweb.operation.programs import programs
from kiwoomweb.operation.supervisor_file import configuration


def test_stopping_waits_for_the_last_order_and_for_nothing_else_so_long() -> None:
    plan = Plan(Path("/v"), "127.0.0.1", 8000, 9000, None, None, "real", own_valkey=True)
    waits = {one.name: one.patience for one in programs(plan)}
    # Five seconds for the answer to an order, as many to write it down where the database is slow.
    assert waits.pop("orders") >= 10
    assert max(waits.values()) <= 10
    assert waits["worker"] == 8
    assert "stopwaitsecs=8" in configuration(plan, programs(plan))
