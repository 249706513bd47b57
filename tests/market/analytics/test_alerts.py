"""A price that touched the threshold and turned has reached it, whichever trade of the second did so."""

from decimal import Decimal
from typing import Any

import pytest

from market.analytics.alerts import reached, seen

#: 72,400 won, 700 above yesterday's 71,700; the day's range 71,400 - 72,700.
QUOTE = {"price": 72_400, "change": 700, "high": 72_700, "low": 71_400, "volume": 1_000, "at": 1_795_600_000}


def quote(**changed: Any) -> dict[str, object]:
    return {**QUOTE, **changed}


@pytest.mark.parametrize(
    ("kind", "threshold", "value"),
    [
        ("price_over", "72400", "72400"),
        ("price_over", "72401", None),
        ("price_under", "72400", "72400"),
        ("price_under", "72399", None),
        ("volume_over", "1000", "1000"),
        ("volume_over", "1001", None),
    ],
)
def test_the_threshold_itself_is_enough(kind: str, threshold: str, value: str | None) -> None:
    found = reached(kind, Decimal(threshold), seen(QUOTE, [], None))
    assert found == (None if value is None else Decimal(value))


def test_a_rate_is_counted_from_yesterdays_close() -> None:
    """700 / 71,700 x 100 = 0.97629… percent."""
    now = seen(QUOTE, [], None)
    assert reached("rate_over", Decimal("0.97"), now) == Decimal(70_000) / 71_700
    assert reached("rate_over", Decimal("0.98"), now) is None
    assert reached("rate_under", Decimal(-1), now) is None
    fallen = seen(quote(price=70_983, change=-717), [], None)
    assert reached("rate_under", Decimal(-1), fallen) == Decimal(-1)


def test_a_share_without_a_base_has_no_rate() -> None:
    assert reached("rate_over", Decimal(-100), seen(quote(price=700, change=700), [], None)) is None


def test_a_trade_between_two_looks_counts_though_the_price_is_back() -> None:
    now = seen(QUOTE, [72_300, 72_600, 72_100], QUOTE)
    assert reached("price_over", Decimal(72_600), now) == 72_600
    assert reached("price_under", Decimal(72_100), now) == 72_100
    assert reached("price_over", Decimal(72_700), now) is None, "the day's high is older than the last look"


def test_a_new_high_of_the_day_counts_when_the_tape_was_too_short() -> None:
    now = seen(quote(high=73_000, low=71_000), [72_300], QUOTE)
    assert reached("price_over", Decimal(73_000), now) == 73_000
    assert reached("price_under", Decimal(71_000), now) == 71_000


def test_an_unknown_volume_is_not_zero() -> None:
    assert reached("volume_over", Decimal(0), seen(quote(volume=None), [], None)) is None
