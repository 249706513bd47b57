"""Asking for a task: only after the commit, only by name, and never at the price of the request."""

import pytest
from django.db import transaction

from kiwoomweb.later import later
from kiwoomweb.operation import heartbeats
from tests.queue import Asked, run_later, waiting


@pytest.mark.django_db(transaction=True)
def test_a_task_waits_for_the_commit() -> None:
    with transaction.atomic():
        later("operation.pulse")
        from tests.queue import asked

        assert asked == []
    assert waiting() == [Asked("operation.pulse", {})]


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_transaction_asks_for_nothing() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        later("operation.pulse")
        raise ZeroDivisionError
    assert waiting() == []


@pytest.mark.django_db
def test_a_task_asked_for_in_a_test_runs_when_told() -> None:
    later("operation.pulse")
    assert heartbeats.ages()["worker"] is None
    assert run_later() == [Asked("operation.pulse", {})]
    assert heartbeats.ages()["worker"] is not None


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_is_down_does_not_fail_the_request(settings, caplog) -> None:
    settings.TASK_QUEUE = "tests.platform.test_later.broken_queue"
    later("operation.pulse")
    assert "no queue today" in caplog.text


def broken_queue(name: str, arguments: dict) -> None:
    raise ConnectionError("no queue today")
