"""F-51: an answer about another account. Nothing of it is stored, and it is said aloud."""

import logging

import pytest

from kiwoomweb.access.models import Account
from kiwoomweb.simulator.serve import Running
from orders.models import Fact
from portfolio.selectors.sync import Health, sync_state
from portfolio.services.reading import guarding
from tests.portfolio.steps import FACTS, poll


def stored() -> int:
    kinds: tuple[type[Fact], ...] = FACTS
    return sum(model.objects.count() for model in kinds)


def test_f51_a_token_of_another_account_stores_no_row(
    simulated: Account, broker: Running, caplog: pytest.LogCaptureFixture
) -> None:
    broker.faults.add("other_account", count=None)
    with caplog.at_level(logging.CRITICAL):
        for tr in ("kt00007", "kt00018", "ka10074", "kt00015"):
            assert poll(simulated, tr).trouble_kind == "AnotherAccount"
    assert stored() == 0
    assert "another account" in caplog.text
    state = sync_state(simulated)
    assert state.health is Health.TROUBLE
    assert "다른 계좌" in state.sentence


def test_f51_a_single_answer_that_names_another_account_is_refused(simulated: Account, broker: Running) -> None:
    poll(simulated, "kt00001")  # the token is known to be ours by now
    before = stored()
    broker.faults.add("other_account", tr="kt00015", count=None)
    assert poll(simulated, "kt00015").trouble_kind == "AnotherAccount"
    assert stored() == before


def test_f51_the_right_account_again_ends_the_trouble(simulated: Account, broker: Running) -> None:
    broker.faults.add("other_account", count=None)
    poll(simulated, "kt00018")
    broker.faults.clear()
    assert poll(simulated, "kt00018").trouble_kind == ""
    assert stored() > 0


@pytest.mark.parametrize(
    ("told", "contradicts"),
    [
        ("8100-0***-11 [연습계좌]", False),
        ("8100-0***-12 [연습계좌]", True),
        ("8100000111", False),
        ("8100000112", True),
        ("홍*동", False),
        ("", False),
    ],
)
def test_hidden_digits_contradict_nobody(told: str, *, contradicts: bool) -> None:
    assert guarding._contradicts(told, "8100000111") is contradicts
