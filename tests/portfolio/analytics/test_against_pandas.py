"""The same figures from a table of pandas: another library, another way, the same won."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.analytics.edge.overall import edge_measures
from portfolio.analytics.outcomes import Outcome
from portfolio.analytics.path.in_percent import Return, index_falls, measures_in_percent
from portfolio.analytics.path.in_won import measures_in_won
from portfolio.analytics.when.breakdown import breakdown
from portfolio.analytics.when.dimensions import DIMENSIONS
from tests.portfolio.analytics.trades import FIRST, at, day, trade

ROWS = st.tuples(
    st.integers(-(10**7), 10**7),  # net
    st.integers(0, 5_000),  # costs
    st.sampled_from(("005930", "000660", "035720")),
    st.integers(2, 30),  # day
    st.integers(0, 11 * 60),  # minutes after 08:00
)


@st.composite
def records(draw: st.DrawFn) -> list[Outcome]:
    rows = draw(st.lists(ROWS, min_size=2, max_size=60))
    return [
        trade(
            net,
            key,
            costs=costs,
            symbol=symbol,
            day=day(on),
            opened_at=at("08:00", day(on)) + timedelta(minutes=minutes),
        )
        for key, (net, costs, symbol, on, minutes) in enumerate(rows, 1)
    ]


def table(outcomes: list[Outcome]) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "net": [o.net for o in outcomes],
            "costs": [o.costs for o in outcomes],
            "symbol": [o.symbol for o in outcomes],
            "weekday": [o.day.strftime("%a").lower() for o in outcomes],
            "day": [o.day for o in outcomes],
        }
    )
    frame["side"] = np.where(frame.net.abs() <= frame.costs, 0, np.sign(frame.net))
    return frame


@given(records())
def test_results_agree_with_a_table(outcomes: list[Outcome]) -> None:
    frame, found = table(outcomes), edge_measures(outcomes)
    wins, losses = frame.net[frame.side > 0], frame.net[frame.side < 0]
    theirs = {
        "win_rate": (frame.side > 0).mean(),
        "average_win": wins.mean(),
        "median_win": wins.median(),
        "average_loss": losses.mean(),
        "median_loss": losses.median(),
        "payoff": wins.mean() / -losses.mean(),
        "profit_factor": wins.sum() / -losses.sum() if len(losses) else np.nan,
        "expectancy_won": frame.net.mean(),
        "t_value": frame.net.mean() / frame.net.sem() if frame.net.nunique() > 1 else np.nan,
    }
    for key, value in theirs.items():
        ours = found[key].value
        assert (ours is None) == bool(np.isnan(value)), key
        assert ours is None or float(ours) == pytest.approx(value, rel=1e-9), key
    days = frame.groupby("day").net.sum()
    if frame.net.sum() > 0:
        assert float(found["largest_day_share"].value) == pytest.approx(days.max() / frame.net.sum())


@given(records())
def test_groups_agree_with_a_table(outcomes: list[Outcome]) -> None:
    frame = table(outcomes)
    for key in ("symbol", "weekday"):
        theirs = frame.groupby(key).agg(
            net=("net", "sum"), n=("net", "size"), won=("side", lambda s: (s > 0).mean())
        )
        ours = {group.key: group for group in breakdown(outcomes, DIMENSIONS[key]).groups if group.key}
        known = theirs.drop(index=[name for name in theirs.index if name in ("sat", "sun")])
        assert {name: int(row.net) for name, row in known.iterrows()} == {k: g.net for k, g in ours.items()}
        assert {name: int(row.n) for name, row in known.iterrows()} == {k: len(g.rows) for k, g in ours.items()}
        for name, row in known.iterrows():
            assert float(ours[name].measures["win_rate"].value) == pytest.approx(row.won)


@given(records())
def test_every_trade_is_in_exactly_one_group_of_every_exclusive_breakdown(outcomes: list[Outcome]) -> None:
    everyone = Counter(outcome.key for outcome in outcomes)
    for dimension in DIMENSIONS.values():
        if dimension.exclusive:
            groups = breakdown(outcomes, dimension).groups
            assert Counter(key for group in groups for key in group.rows) == everyone, dimension.key


@given(st.lists(st.integers(-3_000, 3_000), min_size=2, max_size=90))
def test_the_path_agrees_with_a_series(basis_points: list[int]) -> None:
    days = pd.date_range(FIRST, periods=len(basis_points))
    series = pd.Series([value / 10_000 for value in basis_points], index=days)
    index = (1 + series).cumprod()
    depth = index / index.cummax().clip(lower=1) - 1
    returns = [Return(stamp.date(), value) for stamp, value in series.items()]
    found = {
        measure.key: float(measure.value)
        for measure in measures_in_percent(returns)
        if measure.value is not None
    }
    assert found["max_drawdown"] == pytest.approx(depth.min(), abs=1e-12)
    assert found["current_drawdown"] == pytest.approx(depth.iloc[-1], abs=1e-12)
    assert found["ulcer_index"] == pytest.approx(np.sqrt((depth**2).mean()), abs=1e-12)
    assert found["volatility"] == pytest.approx(series.std() * 245**0.5, abs=1e-12)
    under = (depth < -1e-12).astype(int)
    assert len(index_falls(returns)) == int((under.diff().fillna(under.iloc[0]) > 0).sum())


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=60))
def test_the_won_curve_agrees_with_a_series(nets: list[int]) -> None:
    days = [(FIRST + timedelta(days=n), net) for n, net in enumerate(nets)]
    sums = pd.Series(nets).cumsum()
    depth = sums - sums.cummax().clip(lower=0)
    found = {measure.key: measure.value for measure in measures_in_won(days)}
    assert found["equity_won"] == Decimal(int(sums.iloc[-1]))
    assert found["max_drawdown_won"] == Decimal(int(depth.min()))
    assert found["current_drawdown_won"] == Decimal(int(depth.iloc[-1]))
    assert float(found["daily_var"]) == pytest.approx(pd.Series(nets).quantile(0.05))
