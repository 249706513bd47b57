"""Rules kept and broken, and what mistakes cost."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.analytics.behaviour.discipline import adherence, mistake_costs, without
from portfolio.analytics.behaviour.overall import findings
from portfolio.analytics.measures import Why
from tests.portfolio.analytics.trades import day, trade, trades, trades_by_day


@pytest.mark.golden("adherence", "expectancy_followed", "expectancy_broken")
def test_keeping_the_rules_pays() -> None:
    """Rules met 5/5, 4/4, 2/5 and 3/6: 14/20 = 0.7. Kept: (300 + 100)/2 = 200; broken: (-500 + 100)/2 = -200.
    The broken ones lost 400."""
    ran = [
        trade(300, 1, rules=5, rules_met=5),
        trade(100, 2, rules=4, rules_met=4),
        trade(-500, 3, rules=5, rules_met=2),
        trade(100, 4, rules=6, rules_met=3),
        trade(9, 5),
    ]
    found = adherence(ran)
    assert (found.finding.measure.value, found.finding.measure.n) == (Decimal("0.7"), 4)
    assert (found.followed.value, found.broken.value) == (200, -200)
    assert (found.finding.shown, found.finding.rows, found.finding.cost) == (True, (3, 4), 400)


def test_nobody_checked_a_rule() -> None:
    found = adherence([trade(5)])
    assert {found.followed.why_none, found.broken.why_none, found.finding.measure.why_none} == {Why.NO_RULES}


@pytest.mark.golden("mistake_cost")
def test_what_each_mistake_cost_and_the_curve_without_it() -> None:
    """추격매수 on days 2 and 3: -300 + 50 = -250; 손절 지연 on day 2: -300. Net 100 -300 50 = -150; without the
    chasing 100 on day 1 and nothing after; without the late stop 100 - 0 + 50 = 150."""
    first, second, third = trades_by_day(100, -300, 50)
    chased = trade(-300, 2, day=day(2), mistakes=("추격매수", "손절 지연"))
    again = trade(50, 3, day=day(3), mistakes=("추격매수",))
    late, chasing = mistake_costs([first, chased, again])
    assert (late.mistake, late.measure.value, late.measure.rows) == ("손절 지연", -300, (2,))
    assert (chasing.mistake, chasing.measure.value, chasing.measure.n) == ("추격매수", -250, 2)
    assert [point.cumulative for point in chasing.without] == [100, 100, 100]
    assert [point.cumulative for point in late.without] == [100, 100, 150]
    assert mistake_costs([second, third]) == []


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=25), st.data())
def test_the_curve_without_some_trades_ends_lower_by_what_they_brought(nets: list[int], data) -> None:
    left_out = data.draw(st.sets(st.integers(1, len(nets))))
    curve = without(trades_by_day(*nets), left_out)
    assert curve[-1].cumulative == sum(net for key, net in enumerate(nets, 1) if key not in left_out)


def test_all_detectors_run_on_anything() -> None:
    assert all(not finding.shown for finding in findings([]).values())
    assert set(findings(trades(5, -3, 0))) == {
        "revenge",
        "overtrading",
        "early_cutting",
        "loss_riding",
        "size_after_streak",
        "adherence",
    }
