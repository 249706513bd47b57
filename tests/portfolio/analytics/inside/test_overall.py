"""The inside of many trades in a few figures."""

from decimal import Decimal

import pytest

from portfolio.analytics.inside.overall import inside_measures
from portfolio.analytics.measures import Why
from portfolio.analytics.outcomes import Outcome
from tests.portfolio.analytics.trades import trade


def ran_for(key: int, mfe: int, mae: int, atr: int) -> Outcome:
    return trade(1, key, price_mfe=Decimal(mfe), price_mae=Decimal(mae), atr=Decimal(atr))


@pytest.mark.golden("capture", "give_back")
def test_what_winners_took_of_their_best_standing() -> None:
    """Winners 600 of 1,000, 300 of 400, 100 of 1,000: median of 0.6, 0.75, 0.1 is 0.6. The loser gave back
    200 - -500 = 700; all: (400 + 100 + 900 + 700) / 4 = 525."""
    ran = [trade(600, 1, mfe=1_000), trade(300, 2, mfe=400), trade(100, 3, mfe=1_000), trade(-500, 4, mfe=200)]
    found = inside_measures([*ran, trade(50, 5)])
    assert (found["capture"].value, found["capture"].n, found["capture"].rows) == (Decimal("0.6"), 3, (1, 2, 3))
    assert (found["give_back"].value, found["give_back"].n) == (525, 4)


@pytest.mark.golden("best_exit")
def test_the_middle_efficiency_of_exits() -> None:
    """460/920 = 0.5, 100/100 = 1; -30 with a best of -30 has none: median 0.75."""
    found = inside_measures([trade(460, 1, best=920), trade(100, 2, best=100), trade(-30, 3, best=-30)])
    assert (found["best_exit"].value, found["best_exit"].n) == (Decimal("0.75"), 2)


@pytest.mark.golden("after_exit")
def test_where_prices_went_after_the_exits() -> None:
    """+20 on 1,000 is 2 %, -30 on 1,000 -3 %, +10 on 2,000 0.5 %: the middle is 0.5 %."""
    later = [
        trade(1, 1, sold=1_000, after=20),
        trade(1, 2, sold=1_000, after=-30),
        trade(1, 3, sold=2_000, after=10),
    ]
    found = inside_measures([*later, trade(1, 4, sold=1_000)])["after_exit"]
    assert (found.value, found.n, found.rows) == (Decimal("0.005"), 3, (1, 2, 3))


@pytest.mark.golden("edge_ratio")
def test_the_edge_ratio_weighs_moves_by_the_usual_range() -> None:
    """MFE/ATR 200/100 = 2 and 60/20 = 3: mean 2.5; MAE/ATR 50/100 = 0.5 and 30/20 = 1.5: mean 1; 2.5 / 1."""
    ran = [ran_for(1, 200, 50, 100), ran_for(2, 60, 30, 20)]
    found = inside_measures([*ran, trade(10, 3)])["edge_ratio"]
    assert (found.value, found.n, found.rows) == (Decimal("2.5"), 2, (1, 2))


@pytest.mark.golden("holding_winners", "holding_losers", "holding_flats")
def test_winners_losers_and_breakeven_held_how_long() -> None:
    """Winners 10 and 20: 15; the loser 90; even within its costs of 5: 7."""
    ran = [trade(1, 1, minutes=10), trade(1, 2, minutes=20), trade(-1, 3, minutes=90)]
    found = inside_measures([*ran, trade(-5, 4, minutes=7, costs=5), trade(1, 5, minutes=None)])
    assert [found[f"holding_{who}"].value for who in ("winners", "losers", "flats")] == [15, 90, 7]


@pytest.mark.golden("averaging_down", "averaging_down_net", "averaging_up", "averaging_up_net")
def test_what_adding_brought() -> None:
    """Of four trades one was averaged down (-700), two up (+300, -100 = 200); one both ways counts in both."""
    found = inside_measures(
        [trade(-700, 1, adds_below=3), trade(300, 2, adds_above=1), trade(-100, 3, adds_above=1), trade(5, 4)]
    )
    assert (found["averaging_down"].value, found["averaging_down_net"].value) == (Decimal("0.25"), -700)
    assert (found["averaging_up"].value, found["averaging_up_net"].value) == (Decimal("0.5"), 200)


def test_without_bars_there_is_a_reason_instead_of_a_figure() -> None:
    found = inside_measures([trade(5)])
    assert {found[key].why_none for key in ("capture", "give_back", "best_exit", "edge_ratio")} == {Why.NO_BARS}
