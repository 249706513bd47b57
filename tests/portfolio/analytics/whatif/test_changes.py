"""The trades as they would have been."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from portfolio.analytics.whatif.changes import drop, half_at, in_turn, stop_at
from portfolio.analytics.when.dimensions import DIMENSIONS
from tests.portfolio.analytics.trades import at, day, trade, trades

THREE = Decimal("0.03")


def test_without_the_first_minutes_and_without_mondays() -> None:
    ran = [trade(-500, 1, opened_at=at("09:05")), trade(300, 2), trade(70, 3, day=day(3))]
    early = drop(DIMENSIONS["entry_session"], {"open_10"})(ran)
    assert ([o.key for o in early.kept], early.dropped) == ([2, 3], (1,))
    assert drop(DIMENSIONS["weekday"], ["mon"])(ran).dropped == (1, 2)


def test_without_a_tag_goes_every_trade_that_has_it() -> None:
    ran = [trade(5, 1, tags=("뉴스", "돌파")), trade(5, 2, tags=("돌파",)), trade(5, 3)]
    assert drop(DIMENSIONS["tag"], {"뉴스"})(ran).dropped == (1,)


def test_a_stop_ends_what_stood_below_it() -> None:
    """1,000,000 paid, stop -3 % = -30,000. The first stood at -50,000 and ended at +10,000 gross: now -30,000,
    net -30,000 - 2,000 costs. The second ended at -80,000: now -30,000. The third never went below -29,999."""
    ran = [
        trade(8_000, 1, costs=2_000, mae=-50_000),
        trade(-82_000, 2, costs=2_000, mae=-90_000),
        trade(5_000, 3, mae=-29_999),
        trade(-70_000, 4),
    ]
    found = stop_at(THREE)(ran)
    assert [o.net for o in found.kept] == [-32_000, -32_000, 5_000, -70_000]
    assert (found.altered, found.unknown, found.dropped) == ((1, 2), (4,), ())


def test_half_is_sold_at_the_target() -> None:
    """+3 % = 30,000. The first reached 40,000 and ended at -10,000: (30,000 - 10,000)/2 = 10,000, less 2,000
    costs. The second ended above: (30,000 + 60,000)/2 = 45,000. The third never reached it."""
    ran = [
        trade(-12_000, 1, costs=2_000, mfe=40_000),
        trade(60_000, 2, mfe=60_000),
        trade(5_000, 3, mfe=29_999),
    ]
    found = half_at(THREE)(ran)
    assert [o.net for o in found.kept] == [8_000, 45_000, 5_000]
    assert found.altered == (1, 2)


def test_changes_come_in_turn() -> None:
    ran = [trade(-82_000, 1, mae=-90_000), trade(5, 2, day=day(3), mae=0), trade(5, 3)]
    found = in_turn(stop_at(THREE), drop(DIMENSIONS["weekday"], {"tue"}))(ran)
    assert [(o.key, o.net) for o in found.kept] == [(1, -30_000), (3, 5)]
    assert (found.dropped, found.altered, found.unknown) == ((2,), (1,), (3,))


@given(st.lists(st.integers(-(10**6), 10**6), max_size=20), st.integers(1, 90))
def test_a_stop_nobody_touched_changes_nothing_and_any_other_bounds_the_loss(
    nets: list[int], percent: int
) -> None:
    ran = trades(*nets, mae=0)
    assert stop_at(Decimal(percent) / 100)(ran).kept == tuple(ran)
    deep = [trade(net, key, mae=min(net, 0)) for key, net in enumerate(nets, 1)]
    for before, after in zip(deep, stop_at(Decimal(percent) / 100)(deep).kept, strict=True):
        assert after.net >= min(before.net, -percent * 10_000)
        assert after.net >= -percent * 10_000
