"""Every figure is defined, named in two languages, and proved by a case somebody computed by hand.

A test says so with ``@pytest.mark.golden(key, ...)`` and shows the arithmetic in its docstring.
"""

import ast
from collections.abc import Iterator

from portfolio.analytics.definitions import BEYOND, DEFINITIONS
from portfolio.analytics.definitions.reasons import REASONS
from portfolio.analytics.measures import Why
from tests.architecture.sources import ROOT

EVERY = DEFINITIONS | BEYOND

#: The catalogue's metrics, row by row, and the figures that are them.
CATALOGUE = {
    "3.1": {
        "Win rate": "win_rate decisive_win_rate",
        "Average win / loss": "average_win average_loss median_win median_loss",
        "Payoff": "payoff",
        "Break-even win rate": "break_even_win_rate",
        "Profit factor": "profit_factor",
        "Expectancy (won)": "expectancy_won",
        "Expectancy (%)": "expectancy_percent",
        "Expectancy ratio": "expectancy_ratio",
        "R-multiple": "r_multiple",
        "Expectancy (R)": "expectancy_r total_r",
        "SQN": "sqn",
        "K-ratio (Zephyr)": "k_ratio",
        "t-test": "t_value luck",
        "Kelly": "kelly half_kelly",
        "Risk of ruin": "risk_of_ruin",
        "Recovery factor": "recovery_factor",
        "Consistency": "largest_day_share top_share",
    },
    "3.2": {
        "Price MFE / MAE": "price_mfe price_mae",
        "Position MFE / MAE": "position_mfe position_mae",
        "Capture": "capture",
        "Give-back": "give_back",
        "Best exit": "best_exit",
        "Entry / exit / total efficiency": "entry_efficiency exit_efficiency total_efficiency",
        "After-exit move": "after_exit",
        "Edge ratio": "edge_ratio",
        "Holding time": "holding_minutes holding_days holding_winners holding_losers holding_flats",
        "물타기 / 불타기": "averaging_down averaging_down_net averaging_up averaging_up_net",
        "Slippage": "slippage slippage_limit",
        "Order quality": "fill_share seconds_to_fill cancels_per_fill chase_steps",
    },
    "3.3": {
        "Equity": "equity_won nav_index",
        "Drawdown": "max_drawdown max_drawdown_won current_drawdown current_drawdown_won longest_drawdown",
        "Ulcer index": "ulcer_index",
        "Volatility": "volatility",
        "Sharpe": "sharpe invested_days",
        "Sortino": "sortino",
        "Calmar": "calmar cagr",
        "Streaks by trade": "longest_wins longest_losses current_streak",
        "Streaks by day": "longest_winning_days longest_losing_days current_days",
        "Streaks to expect": "expected_longest_wins expected_longest_losses",
        "Exposure": "exposure sector_exposure top_1 top_3 top_5",
        "Distribution": "skew tail_ratio",
        "Daily VaR": "daily_var",
    },
    "3.4": {"Each bucket": "trades net share_of_net"},
    "3.5": {
        "Fee + tax drag": "cost_drag cost_to_profit cost_to_turnover cost_per_trade",
        "Break-even move": "break_even_move",
        "Turnover": "turnover",
        "TWR": "twr",
        "Modified Dietz": "modified_dietz",
        "MWR / IRR": "mwr",
        "Simple period": "simple_return",
        "Contribution": "contribution",
        "Benchmark": "benchmark_return benchmark_same_flows excess beta alpha tracking_error",
        "Capture of the index": "up_capture down_capture",
        "Liquidation value": "liquidation_value",
    },
    "3.6": {
        "뇌동/복수매매": "revenge",
        "Overtrading": "overtrading",
        "Early cutting": "early_cutting",
        "Loss riding": "loss_riding",
        "Disposition effect": "disposition pgr plr",
        "Size after streak": "size_after_streak",
        "Plan adherence": "adherence expectancy_followed expectancy_broken",
        "Cost of mistake": "mistake_cost",
    },
    "3.7": {
        "Condition edge": "hit_rate hit_median hit_mean hit_mfe hit_mae hits_a_day hit_delay",
        "Taken and not taken": "hit_taken hit_not_taken",
    },
}


def test_every_metric_of_the_catalogue_is_there_and_none_without_a_row() -> None:
    rows = {
        key: section for section, rows in CATALOGUE.items() for keys in rows.values() for key in keys.split()
    }
    assert {key: definition.source for key, definition in EVERY.items()} == rows


def test_every_figure_has_a_case_computed_by_hand() -> None:
    proved = {key for _, _, keys in _golden() for key in keys}
    assert sorted(set(EVERY) - proved) == []


def test_every_hand_computed_case_shows_its_arithmetic() -> None:
    assert [where for where, arithmetic, _ in _golden() if not any(c.isdigit() for c in arithmetic)] == []


def test_no_case_proves_what_is_not_defined() -> None:
    assert {where: odd for where, _, keys in _golden() if (odd := keys - set(EVERY))} == {}


def test_every_definition_is_whole() -> None:
    whole = [d for d in EVERY.values() if d.name and d.english and d.formula and d.needs >= 1]
    assert len(whole) == len(EVERY)
    assert {d.source for d in whole} <= {"3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7"}


def test_no_two_figures_share_a_name() -> None:
    for names in ([d.name for d in EVERY.values()], [d.english for d in EVERY.values()]):
        assert len(names) == len(set(names))


def test_every_reason_has_words() -> None:
    assert set(REASONS) == set(Why) - {Why.KNOWN}


def _golden() -> Iterator[tuple[str, str, set[str]]]:
    """(where, docstring, keys) of every test that claims to prove figures."""
    for path in sorted((ROOT / "tests/portfolio/analytics").rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            keys = set(_keys(node)) if isinstance(node, ast.FunctionDef) else set()
            if keys and isinstance(node, ast.FunctionDef):
                yield f"{path.name}:{node.name}", ast.get_docstring(node) or "", keys


def _keys(test: ast.FunctionDef) -> Iterator[str]:
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.golden":
            yield from (ast.literal_eval(argument) for argument in mark.args)
