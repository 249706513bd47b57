"""The budget page: members see how much of the broker's limits their key uses; strangers see nothing."""

import pytest

from kiwoomweb.access import gateway
from kiwoomweb.access.pacing.scheduler import scheduler_at
from kiwoomweb.access.pacing.shared import turns_of
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.pacing import Gate, Priority, Rates
from kiwoomweb.broker.turns import Ticket

TR = "ka10081"


def path(account, tr=""):
    return f"/a/{account.code}/budget/" + (f"?tr={tr}" if tr else "")


@pytest.fixture
def asked(connected, broker, valkey):
    """Two calls of a chart are under way, a third waits, and the broker has minded one."""
    scheduler = scheduler_at(valkey)
    name = turns_of(Environment(connected.environment), gateway.broker_for(connected).key_id)
    gates = Rates(per_tr=5, total=12).gates(TR)[:1]
    narrow = tuple(Gate(gate.name, gate.limit) for gate in gates)
    for number in ("first", "second"):
        assert scheduler.ask(name, Ticket(number, Priority.PERSON, "1", narrow)) == 0
    scheduler.refused(name, narrow[0], 4)
    assert scheduler.ask(name, Ticket("third", Priority.BACKFILL, "1", narrow)) > 0
    return connected


def test_a_stranger_finds_no_such_page(stranger, asked):
    assert stranger.get(path(asked)).status_code == 404


def test_a_viewer_sees_what_is_used_what_waits_and_what_was_refused(viewer, asked):
    page = viewer.get(path(asked)).content.decode()
    assert "주식일봉차트조회요청" in page
    assert "2 / 4" in page
    assert "원래 5" in page
    assert "스스로 느려졌다가" in page


def test_the_line_of_one_tr_says_what_is_left(viewer, asked):
    line = viewer.get(path(asked, TR), headers={"HX-Request": "true", "HX-Target": "tr-gauge"}).content.decode()
    assert "초당 4회 가운데 2회 남음" in line
    assert "<html" not in line


def test_without_keys_nobody_knows(viewer, account, valkey):
    assert "지금은 알 수 없습니다" in viewer.get(path(account)).content.decode()


def test_without_valkey_nobody_knows_either(viewer, connected, broker, settings):
    settings.REDIS_URL = "unix:///nonexistent/budget.sock"
    assert "지금은 알 수 없습니다" in viewer.get(path(connected)).content.decode()
