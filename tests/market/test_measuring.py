"""Measuring: prices and returns of hits from the broker's own bars, once, and unknown where nobody told."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL, Candle, Span, Won
from kiwoomweb.broker.errors import BrokerDown
from market.analytics.returns import costs_of, net
from market.models import HitReturn, Screener, ScreenerHit
from market.services import measuring

pytestmark = pytest.mark.django_db

HIT = datetime(2026, 11, 2, 10, 0, 30, tzinfo=SEOUL)
MINUTE = timedelta(minutes=1)


def bar(at: datetime, close: int) -> Candle:
    return Candle(at, Won(close), Won(close), Won(close), Won(close), 1, None)


def day(n: int) -> datetime:
    return datetime(2026, 11, n, tzinfo=SEOUL)


@pytest.fixture(autouse=True)
def market(monkeypatch: pytest.MonkeyPatch) -> dict[Any, Any]:
    """The broker's bars by span, and the moment it is."""
    told: dict[Any, Any] = {
        "now": HIT + timedelta(seconds=5),
        Span.TICK: [bar(HIT - timedelta(seconds=4), 9_990), bar(HIT - timedelta(seconds=1), 10_000)],
        Span.MINUTE: [bar(HIT.replace(second=0) + n * MINUTE, 10_000 + 10 * n) for n in range(-3, 40)],
        Span.DAY: [bar(day(n), 10_000 + 100 * n) for n in (2, 3, 4, 5, 6, 9, 10)],
    }

    def candles(_broker: object, _symbol: str, span: Span, **_rest: Any) -> Any:
        if isinstance(told[span], Exception):
            raise told[span]
        return told[span]

    monkeypatch.setattr(measuring, "candles", candles)
    monkeypatch.setattr(measuring, "broker_for", lambda *_: None)
    monkeypatch.setattr(measuring, "broker_now", lambda _: told["now"])
    return told


@pytest.fixture
def hit(account: Account) -> ScreenerHit:
    screener = Screener.objects.create(account=account, seq="4", name="돌파", listed_at=HIT)
    return ScreenerHit.objects.create(screener=screener, condition="돌파", symbol="005930", kind="in", at=HIT)


def measured(account: Account, market: dict[Any, Any], now: datetime) -> dict[str, HitReturn]:
    market["now"] = now
    measuring.price_hits(account)
    measuring.measure_hits(account)
    return {row.horizon: row for row in HitReturn.objects.all()}


def test_the_price_at_the_hit_is_the_last_print_before_it(account: Account, hit: ScreenerHit) -> None:
    assert measuring.price_hits(account) == 1
    hit.refresh_from_db()
    assert hit.price == 10_000


def test_minutes_are_written_as_they_come_due(
    account: Account, hit: ScreenerHit, market: dict[Any, Any]
) -> None:
    assert measured(account, market, HIT + 90 * MINUTE / 60) == {}
    assert set(measured(account, market, HIT + 3 * MINUTE)) == {"1m"}
    rows = measured(account, market, HIT + 32 * MINUTE)

    assert set(rows) == {"1m", "5m", "30m"}
    assert rows["5m"].price == 10_040, "the last whole minute that had ended at 10:05:30"
    assert rows["5m"].gross == Decimal("0.4000")
    costs = costs_of(account.environment, "", HIT.date())
    assert rows["5m"].net == net(Decimal(10_000), Decimal(10_040), costs)


def test_closes_come_from_the_official_days(account: Account, hit: ScreenerHit, market: dict[Any, Any]) -> None:
    rows = measured(account, market, day(10) + timedelta(hours=20))

    assert rows["close"].price == 10_200
    assert rows["1d"].price == 10_300
    assert rows["5d"].price == 10_900, "five trading days later is Monday the 9th"
    hit.refresh_from_db()
    assert hit.is_settled


def test_how_far_it_ran_is_written_once_the_day_is_over(
    account: Account, hit: ScreenerHit, market: dict[Any, Any]
) -> None:
    """Minutes from 10:01 on close at 10,010 up to 10,390; a later one ran from 9,850 to 10,600."""
    prices = [Won(price) for price in (9_900, 10_600, 9_850, 9_900)]
    market[Span.MINUTE].append(Candle(HIT + 50 * MINUTE, *prices, 1, None))
    measured(account, market, HIT + 32 * MINUTE)
    hit.refresh_from_db()
    assert (hit.lowest, hit.highest) == (None, None)

    measured(account, market, day(2) + timedelta(hours=20))
    hit.refresh_from_db()
    assert (hit.lowest, hit.highest) == (9_850, 10_600)


def test_a_split_in_between_is_no_gain(account: Account, hit: ScreenerHit, market: dict[Any, Any]) -> None:
    measured(account, market, day(2) + timedelta(hours=20))
    market[Span.DAY] = [bar(one.at, one.close // 2) for one in market[Span.DAY]]

    assert measured(account, market, day(10) + timedelta(hours=20))["1d"].price == 10_300


def test_what_is_written_is_never_written_again(
    account: Account, hit: ScreenerHit, market: dict[Any, Any]
) -> None:
    before = measured(account, market, HIT + 3 * MINUTE)["1m"]
    market[Span.MINUTE] = [bar(one.at, 99_999) for one in market[Span.MINUTE]]

    assert measured(account, market, HIT + 4 * MINUTE)["1m"].price == before.price


def test_a_silent_broker_leaves_it_open(account: Account, hit: ScreenerHit, market: dict[Any, Any]) -> None:
    market[Span.TICK] = market[Span.MINUTE] = market[Span.DAY] = BrokerDown("HTTP 503")

    assert measured(account, market, HIT + timedelta(days=90)) == {}
    hit.refresh_from_db()
    assert (hit.price, hit.price_asked) == (None, False)


def test_prints_that_reach_not_far_enough_leave_the_price_unknown_for_good(
    account: Account, hit: ScreenerHit, market: dict[Any, Any]
) -> None:
    market[Span.TICK] = [bar(HIT + MINUTE, 10_500)]

    rows = measured(account, market, HIT + timedelta(days=30))

    hit.refresh_from_db()
    assert (hit.price, hit.price_asked, hit.is_settled) == (None, True, True)
    assert {row.why for row in rows.values()} == {"no_price"}
    assert {row.net for row in rows.values()} == {None}


def test_bars_nobody_tells_any_more_are_said_to_be_gone(
    account: Account, hit: ScreenerHit, market: dict[Any, Any]
) -> None:
    measuring.price_hits(account)
    market[Span.MINUTE] = []

    assert measured(account, market, HIT + timedelta(hours=2)) == {}
    assert measured(account, market, HIT + timedelta(days=4))["1m"].why == "not_told"


def test_after_the_close_there_is_no_minute_to_tell(
    account: Account, hit: ScreenerHit, market: dict[Any, Any]
) -> None:
    late = HIT.replace(hour=15, minute=12)
    ScreenerHit.objects.update(at=late, price=10_000, price_asked=True)
    market[Span.MINUTE] = [bar(late.replace(second=0) + n * MINUTE, 10_000) for n in range(18)]

    rows = measured(account, market, late + timedelta(hours=4))

    assert rows["5m"].why == ""
    assert rows["30m"].why == "after_close"


def test_only_accounts_with_keys_and_open_hits_are_visited(account: Account, hit: ScreenerHit) -> None:
    assert measuring.unsettled_accounts() == []
