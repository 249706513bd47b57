"""Runs of wins and losses."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.analytics.outcomes import Result
from portfolio.analytics.path.overall import path_measures
from portfolio.analytics.path.streaks import expected_longest, runs
from tests.portfolio.analytics.trades import trade, trades


@pytest.mark.golden("longest_wins", "longest_losses", "current_streak")
def test_runs_by_trade_are_broken_by_breakeven() -> None:
    """W W W B W W L L: 3 wins in a row (the even one breaks it), 2 losses, which is the run now: -2."""
    found = path_measures(trades(1, 1, 1, 0, 1, 1, -1, -1))
    assert [found[key].value for key in ("longest_wins", "longest_losses", "current_streak")] == [3, 2, -2]
    assert (found["longest_wins"].rows, found["current_streak"].rows) == ((1, 2, 3), (7, 8))


@pytest.mark.golden("longest_winning_days", "longest_losing_days", "current_days")
def test_runs_by_day_add_each_day_up() -> None:
    """Days: +5 -3 = +2; +1; -4; +7: two winning days in a row, one losing, and one winning now."""
    from tests.portfolio.analytics.trades import day

    nets = ((5, 1), (-3, 1), (1, 2), (-4, 3), (7, 4))
    found = path_measures([trade(net, key, day=day(on)) for key, (net, on) in enumerate(nets, 1)])
    keys = ("longest_winning_days", "longest_losing_days", "current_days")
    assert [found[key].value for key in keys] == [2, 1, 1]


@pytest.mark.golden("expected_longest_wins", "expected_longest_losses")
def test_the_run_chance_would_bring() -> None:
    """100 trades, 60 wins, 40 losses. Wins: log(100 * 0.4)/log(1/0.6) = 3.688879/0.510826 = 7.221404.
    Losses: log(100 * 0.6)/log(1/0.4) = 4.094345/0.916291 = 4.468390."""
    found = path_measures(trades(*[1] * 60, *[-1] * 40))
    assert float(found["expected_longest_wins"].value) == pytest.approx(7.221404, abs=1e-5)
    assert float(found["expected_longest_losses"].value) == pytest.approx(4.468390, abs=1e-5)
    assert expected_longest(2, 1) == pytest.approx(log(1) / log(2))
    assert expected_longest(5, 0) is None


@given(st.lists(st.sampled_from(list(Result)), max_size=30))
def test_no_run_is_longer_than_the_text_of_it(results: list[Result]) -> None:
    text = "".join(result.value[0] for result in results)
    found = runs(results)
    for letter, longest in (("w", found.wins), ("l", found.losses)):
        assert letter * longest in text
        assert letter * (longest + 1) not in text
