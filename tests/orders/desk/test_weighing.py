"""Holdings (kt00018) beside the lists: they alone prove nothing, and what they contradict is not concluded."""

from types import SimpleNamespace

import pytest

from kiwoomweb.broker.errors import BrokerDown
from orders.matching import Traded, explains
from orders.models import Evidence, Intent
from orders.services import weighing
from orders.services.resolving import declare_absent
from orders.states import State

pytestmark = pytest.mark.database


#: More than all orders of these tests have bought of the practice broker.
MANY = 1_000_000


def lost(floor) -> Intent:
    """An order that never arrived, after a first one whose channel is known."""
    floor.placed(quantity=1)
    floor.go()
    floor.broker.faults.add("reset_before", tr="kt10000")
    return floor.placed()


def holds(monkeypatch, *, bought: int, sold: int = 0) -> list[int]:
    asked: list[int] = []

    def balance(_broker):
        asked.append(1)
        lot = SimpleNamespace(symbol="005930", bought_today=bought, sold_today=sold)
        return SimpleNamespace(holdings=(lot,))

    monkeypatch.setattr(weighing, "balance", balance)
    return asked


def look(floor, intent: Intent, times: int = 1) -> tuple[State, str]:
    floor.go(times)
    intent.refresh_from_db()
    return intent.at, intent.doubt


def test_what_the_lists_explain_is_given_up_and_the_holdings_are_evidence(floor) -> None:
    intent = lost(floor)
    assert look(floor, intent, 3)[0] is State.NOT_PLACED
    told = Evidence.objects.get(intent=intent, source="kt00018")
    assert told.content["agrees"] is True


def test_shares_that_no_order_of_the_lists_bought_keep_it_from_being_given_up(floor, monkeypatch) -> None:
    intent = lost(floor)
    asked = holds(monkeypatch, bought=MANY)
    assert look(floor, intent, 3) == (State.UNKNOWN, weighing.DISAGREES)
    assert look(floor, intent, 2) == (State.NEEDS_HUMAN, weighing.DISAGREES)
    assert look(floor, intent) == (State.NEEDS_HUMAN, weighing.DISAGREES) and len(asked) <= 4
    declare_absent(intent, floor.user)
    assert look(floor, intent)[0] is State.NOT_PLACED


def test_a_broker_that_tells_no_holdings_leaves_it_unknown(floor, monkeypatch) -> None:
    intent = lost(floor)

    def down(_broker):
        raise BrokerDown("점검")

    monkeypatch.setattr(weighing, "balance", down)
    assert look(floor, intent, 5)[0] is State.UNKNOWN
    holds(monkeypatch, bought=0)
    assert look(floor, intent)[0] is State.NOT_PLACED


@pytest.mark.parametrize(
    ("told", "listed", "held", "explained"),
    [
        (Traded(3, 0), Traded(3, 0), None, True),
        (Traded(3, 0), Traded(5, 0), None, True),  # the holdings come later than the lists
        (Traded(4, 0), Traded(3, 0), 1, False),
        (Traded(0, 2), Traded(0, 1), 9, False),
        (None, Traded(0, 0), 0, True),
        (None, Traded(0, 0), None, True),
        (None, Traded(0, 7), 7, True),
        (None, Traded(0, 6), 7, False),  # all seven are gone, and the lists know of six
    ],
)
def test_what_explains_what(told, listed: Traded, held: int | None, explained: bool) -> None:
    assert explains(told, listed, held) is explained
