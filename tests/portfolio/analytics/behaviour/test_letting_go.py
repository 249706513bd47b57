"""Winners cut early, losers held on to."""

from decimal import Decimal

import pytest

from portfolio.analytics.behaviour.letting_go import SaleDay, disposition, early_cutting, loss_riding
from portfolio.analytics.measures import Why
from tests.portfolio.analytics.trades import day, trade


@pytest.mark.golden("early_cutting")
def test_winners_cut_while_the_price_went_on() -> None:
    """Captures 100/1,000 = 0.1, 300/1,000 = 0.3, 900/1,000 = 0.9: median 0.3 < 0.4. Afterwards +500 -100 +50:
    the price rose on (450). Cut early and missed something: the first only, 500 won."""
    trades = [
        trade(100, 1, mfe=1_000, after=500),
        trade(300, 2, mfe=1_000, after=-100),
        trade(900, 3, mfe=1_000, after=50),
        trade(-500, 4, mfe=1_000, after=900),
        trade(10, 5),
    ]
    found = early_cutting(trades)
    assert (found.measure.value, found.measure.n, found.shown) == (Decimal("0.3"), 3, True)
    assert (found.rows, found.cost) == ((1,), 500)


def test_cutting_before_a_fall_was_not_early() -> None:
    assert not early_cutting([trade(100, 1, mfe=1_000, after=-500)]).shown
    assert early_cutting([trade(100, 1)]).measure.why_none == Why.NO_BARS


@pytest.mark.golden("loss_riding")
def test_losers_held_longer_than_winners() -> None:
    """Winners 10 and 30 minutes: 20. Losers 25 and 95: 60. 60/20 = 3 > 1.5. Longer than 1.5 * 20 = 30: the
    second loser, which lost 700."""
    trades = [
        trade(5, 1, minutes=10),
        trade(5, 2, minutes=30),
        trade(-50, 3, minutes=25),
        trade(-700, 4, minutes=95),
    ]
    found = loss_riding(trades)
    assert (found.measure.value, found.shown, found.rows, found.cost) == (3, True, (4,), 700)


def test_holding_needs_both_sides() -> None:
    assert loss_riding([trade(5, 1)]).measure.why_none == Why.NO_LOSSES
    assert loss_riding([trade(-5, 1)]).measure.why_none == Why.NO_WINS


@pytest.mark.golden("disposition", "pgr", "plr")
def test_gains_are_realised_sooner_than_losses() -> None:
    """Sold 3 + 2 gains while 4 + 1 were held on to: 5/10 = 0.5. Sold 1 + 0 losses of 1 + 0 + 5 + 4: 1/10 = 0.1.
    Disposition 0.4 over 6 sales."""
    effect, pgr, plr, shown = disposition([SaleDay(day(2), 3, 1, 4, 5), SaleDay(day(3), 2, 0, 1, 4)])
    assert (effect.value, pgr.value, plr.value) == (Decimal("0.4"), Decimal("0.5"), Decimal("0.1"))
    assert (effect.n, shown) == (6, True)


def test_without_losses_anywhere_there_is_no_effect_to_tell() -> None:
    effect, _, plr, shown = disposition([SaleDay(day(2), 3, 0, 4, 0)])
    assert (effect.value, plr.why_none, shown) == (None, Why.NO_TRADES, False)
