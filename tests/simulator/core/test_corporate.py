"""Overnight a holding may be other shares, another code, or gone: fills stay, and nobody gains by it."""

from collections import defaultdict

import pytest

from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.exchange import Exchange
from tests.simulator.core.conftest import FRIDAY, at


@pytest.fixture(scope="module")
def eventful() -> Exchange:
    """A year in which everything happened."""
    plan = "split@45 bonus@75 rename@105 delisting@140"
    return Exchange.opened(now=at("10:30:00"), seed=2, temperament="단타", actions=plan)


def test_the_demo_world_knows_no_corporate_actions(demo: Exchange) -> None:
    assert demo.corporate_actions == ()


def test_all_that_was_planned_happened_to_a_holding(eventful: Exchange) -> None:
    told = {action.kind: action for action in eventful.corporate_actions}
    assert list(told) == ["split", "bonus", "rename", "delisting"]
    assert told["split"].after == 5 * told["split"].before
    assert told["bonus"].after == 3 * told["bonus"].before // 2
    assert told["rename"].successor != told["rename"].code
    assert (told["rename"].after, told["delisting"].after) == (told["rename"].before, 0)


@pytest.mark.parametrize(("kind", "by"), [("split", 5.0), ("bonus", 1.5)])
def test_prices_fall_as_shares_multiply(eventful: Exchange, kind: str, by: float) -> None:
    action = next(one for one in eventful.corporate_actions if one.kind == kind)
    series = eventful.market.daily.series(action.code, action.day)
    before, after = series.before(action.day), series.on(action.day)
    assert before
    assert after
    assert 0.7 < after.close * by / before.close < 1.3


def test_fills_and_actions_explain_every_share_held(eventful: Exchange) -> None:
    held: defaultdict[str, int] = defaultdict(int)
    actions = {action.day: action for action in eventful.corporate_actions}
    for day in sorted(eventful.market.daily.series("005930", FRIDAY).days):
        if day in actions:
            action = actions[day]
            assert held.pop(action.code) == action.before
            held[action.successor] = action.after
        for fill in eventful.executions_on(day):
            held[fill.code] += fill.quantity if fill.side is Side.BUY else -fill.quantity
    now = {one.code: one.quantity for one in eventful.positions() if one.quantity}
    assert {code: count for code, count in held.items() if count} == now


def test_three_years_are_three_arranged_years() -> None:
    long = Exchange.opened(now=at("10:30:00"), seed=3, years=3, temperament="드묾")
    assert 1_050 <= (FRIDAY - long.opened_on).days <= 1_140
