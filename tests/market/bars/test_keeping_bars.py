"""Bars are asked for once, kept for everybody of an environment, and what could not be had is said."""

from datetime import date, datetime, timedelta

import pytest

from kiwoomweb.access import gateway
from kiwoomweb.broker.domain import SEOUL
from market.analytics.bars import PlainBar, pack, together, unpack, wider
from market.models import KeptBars
from market.selectors.bars import bars_between, months_between
from market.services.bars import asking, keep, keeping
from tests.people import make_account
from tests.portfolio.kiwoom import LISTS, Kiwoom
from tests.portfolio.steps import give_keys

FRIDAY, THURSDAY, WEDNESDAY = date(2026, 11, 20), date(2026, 11, 19), date(2026, 11, 18)


@pytest.fixture
def kiwoom(account, monkeypatch):
    broker = Kiwoom()
    for module in (gateway, keeping):
        monkeypatch.setattr(module, "broker_for", lambda account, priority=None: broker.client(account))
        monkeypatch.setattr(module, "broker_now", lambda account: broker.now)
    monkeypatch.setitem(LISTS, "ka10080", "stk_min_pole_chart_qry")
    monkeypatch.setitem(LISTS, "ka10081", "stk_dt_pole_chart_qry")
    monkeypatch.setitem(LISTS, "ka20005", "inds_min_pole_qry")
    monkeypatch.setattr("tests.portfolio.kiwoom.heads", lambda tr, rows: {})
    give_keys(account)
    return broker


def minute(day: date, clock: str, price: int = 1000) -> dict[str, str]:
    texts = dict.fromkeys(("cur_prc", "open_pric", "high_pric", "low_pric"), f"+{price}")
    return {**texts, "trde_qty": "7", "cntr_tm": f"{day:%Y%m%d}{clock}00"}


def newest_first(*rows: dict[str, str]) -> list[dict[str, str]]:
    return sorted(rows, key=lambda row: row["cntr_tm"], reverse=True)


def state(day: date) -> str:
    return KeptBars.objects.get(starts=day, span="minute").state


def test_one_answer_fills_every_day_it_tells_of(account, kiwoom):
    kiwoom.lists(
        "ka10080",
        *newest_first(*(minute(day, clock) for day in (WEDNESDAY, THURSDAY) for clock in ("1000", "1530"))),
    )
    kiwoom.now = datetime(2026, 11, 20, 8, tzinfo=SEOUL)
    outcome = keep(account, "005930", "minute", [WEDNESDAY, THURSDAY])
    assert (outcome.calls, outcome.complete, outcome.trouble) == (2, True, "")
    assert [bar.moment.day for bar in bars_between("simulator", "005930", "minute", WEDNESDAY, FRIDAY)] == [
        18,
        18,
        19,
        19,
    ]


def test_a_complete_day_is_never_asked_for_again_by_whatever_account(account, kiwoom, team):
    kiwoom.lists("ka10080", *newest_first(minute(THURSDAY, "1000"), minute(WEDNESDAY, "1000")))
    kiwoom.now = datetime(2026, 11, 20, 8, tzinfo=SEOUL)
    keep(account, "005930", "minute", [THURSDAY])
    asked = kiwoom.count("ka10080")
    other = make_account(team, "둘째", "8100000112")
    give_keys(other)
    assert keep(other, "005930", "minute", [THURSDAY]).complete
    assert kiwoom.count("ka10080") == asked


def test_a_day_that_is_not_over_is_asked_for_again_when_it_has_aged(account, kiwoom):
    kiwoom.now = datetime(2026, 11, 20, 10, tzinfo=SEOUL)
    kiwoom.lists("ka10080", *newest_first(minute(FRIDAY, "0959"), minute(THURSDAY, "1000")))
    assert not keep(account, "005930", "minute", [FRIDAY]).complete
    assert keep(account, "005930", "minute", [FRIDAY]).calls == 0
    kiwoom.now += timedelta(hours=7)
    kiwoom.lists("ka10080", *newest_first(minute(FRIDAY, "1000"), minute(THURSDAY, "1000")))
    assert keep(account, "005930", "minute", [FRIDAY]).complete
    assert len(bars_between("simulator", "005930", "minute", FRIDAY, FRIDAY)) == 2, "both answers are kept"


def test_a_failure_is_a_sentence_and_is_tried_again_later(account, kiwoom):
    kiwoom.now = datetime(2026, 11, 20, 8, tzinfo=SEOUL)
    kiwoom.breaks("ka10080", status=500)
    outcome = keep(account, "005930", "minute", [THURSDAY])
    assert outcome.trouble
    assert state(THURSDAY) == "failed"
    assert keep(account, "005930", "minute", [THURSDAY]).calls == 0, "not hammered"
    kiwoom.mends()
    kiwoom.lists("ka10080", *newest_first(minute(THURSDAY, "1000"), minute(WEDNESDAY, "1000")))
    kiwoom.now += timedelta(minutes=30)
    assert keep(account, "005930", "minute", [THURSDAY]).complete


def test_what_the_broker_forgot_is_said_and_not_called_complete(account, kiwoom):
    kiwoom.now = datetime(2026, 11, 20, 8, tzinfo=SEOUL)
    kiwoom.lists("ka10080", *newest_first(minute(THURSDAY, "1000")))
    outcome = keep(account, "005930", "minute", [date(2024, 11, 20)])
    assert (outcome.complete, outcome.trouble) == (False, "브로커가 그날의 봉을 더 이상 주지 않습니다.")


def test_a_day_without_trades_among_days_that_are_told_is_complete_and_empty(account, kiwoom):
    kiwoom.now = datetime(2026, 11, 20, 8, tzinfo=SEOUL)
    kiwoom.lists("ka10080", *newest_first(minute(WEDNESDAY, "1000")))
    assert keep(account, "005930", "minute", [THURSDAY]).complete
    assert KeptBars.objects.get(starts=THURSDAY).count == 0


def test_prices_are_asked_for_unadjusted(account, kiwoom):
    kiwoom.lists("ka10080", *newest_first(minute(THURSDAY, "1000")))
    keep(account, "005930", "minute", [THURSDAY])
    body = next(body for tr, body in kiwoom.asked if tr == "ka10080")
    assert (body["upd_stkpc_tp"], body["base_dt"]) == ("0", "20261119")


def test_an_index_keeps_its_decimals(account, kiwoom):
    row = minute(THURSDAY, "0900", 268_840)
    kiwoom.lists("ka20005", row)
    kiwoom.now = datetime(2026, 11, 20, 8, tzinfo=SEOUL)
    keep(account, "index:001", "minute", [THURSDAY])
    (bar,) = bars_between("simulator", "index:001", "minute", THURSDAY, THURSDAY)
    assert (bar.close, asking.SOURCES[True, "minute"]) == (268_840, "ka20005")


def test_bars_survive_their_packing_with_unknown_volumes():
    bars = [PlainBar(1000 + n * 60, 10_000, 10_500, 9_900, 10_100 + n, None if n == 3 else n) for n in range(9)]
    assert unpack(pack(bars)) == bars
    assert unpack(b"") == []


def test_wider_bars_begin_with_the_clock_of_seoul():
    nine = int(datetime(2026, 11, 20, 9, tzinfo=SEOUL).timestamp())
    bars = [PlainBar(nine + 60 * n, 100 + n, 110 + n, 90 + n, 105 + n, 10) for n in range(20)]
    first, second = wider(bars, 15)
    assert first == PlainBar(nine, 100, 124, 90, 119, 150)
    assert second == PlainBar(nine + 900, 115, 129, 105, 124, 50)
    assert wider(bars, 1) == bars


def test_the_newer_of_two_bars_of_a_minute_counts():
    old, new = PlainBar(60, 1, 1, 1, 1, 1), PlainBar(60, 1, 2, 1, 2, 5)
    assert together([old, PlainBar(0, 1, 1, 1, 1, 1)], [new])[-1] == new


def test_months_run_over_the_turn_of_the_year():
    assert months_between(date(2025, 11, 30), date(2026, 1, 1)) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
    ]
