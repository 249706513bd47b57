"""A stage that knows an answer to every TR the typed calls ask."""

import copy

import pytest

from tests.broker.calls.samples import REPLIES
from tests.broker.stage import Stage


@pytest.fixture
def stage() -> Stage:
    stage = Stage()
    for tr_id, reply in copy.deepcopy(REPLIES).items():
        stage[tr_id] = reply
    return stage


@pytest.fixture
def broker(stage):
    return stage.client()
