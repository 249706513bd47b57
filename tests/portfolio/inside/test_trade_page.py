"""The page of one trade, in every state it can be in; strangers first."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kiwoomweb.access import gateway
from kiwoomweb.broker.domain import Candle, Won
from market.services.keeping import Answer
from portfolio.models import EntryContext, Excursion, HoldingEvent, Trade, TradeBars
from portfolio.presenting.trade.subject import Subject
from portfolio.services.inside.fetching import fetch_for_a_person
from portfolio.services.inside.measuring import measure
from portfolio.services.trades.catching_up import derive_anew
from tests.portfolio.inside.conftest import MONDAY, NOW, at, keeps
from tests.portfolio.labels.trading import label

#: What the days of the trade closed at.
CLOSES = ((0, 193_000), (1, 199_000), (2, 202_500))


def page_of(person, trade: Trade, rest: str = ""):
    return person.get(f"/a/{trade.account.code}/trades/{trade.pk}/{rest}")


def numbers_of(person, trade: Trade, span: str = "1m", **headers) -> dict:
    reply = person.get(f"/a/{trade.account.code}/trades/{trade.pk}/chart/?span={span}", **headers)
    assert reply.status_code == 200
    return json.loads(reply.content)


def measured(trade: Trade) -> Excursion:
    subject = Subject(trade)
    found = measure(trade, subject.moves, subject.needs)
    assert found is not None
    return found


def test_a_stranger_finds_neither_the_page_nor_its_numbers(stranger, closed):
    assert page_of(stranger, closed).status_code == 404
    assert page_of(stranger, closed, "chart/?span=day").status_code == 404


def test_a_visitor_is_sent_to_sign_in(visitor, closed):
    assert page_of(visitor, closed).status_code == 302


def test_a_trade_of_another_account_is_not_under_this_one(owner, closed, live_account):
    assert owner.get(f"/a/{live_account.code}/trades/{closed.pk}/").status_code == 404


def test_whoever_may_look_sees_the_whole_trade(viewer, closed):
    text = page_of(viewer, closed).content.decode()
    assert "SK하이닉스" in text
    assert "11-16 12:04" in text
    assert "11-18 12:41" in text
    assert "3거래일" in text
    assert text.count("data-move=") == 4


def test_the_sales_add_up_to_the_net_to_the_won(viewer, closed):
    """Σ of the column 실현 is the net result: what the day cost is shared out, nothing is lost."""
    moves = Subject(closed).moves
    assert sum(move.net for move in moves if move.net is not None) == closed.net
    assert closed.gross == 547_000


def test_costs_say_who_says_so(viewer, closed):
    text = page_of(viewer, closed).content.decode()
    assert "추정" in text
    assert "+547,000" in text
    Trade.objects.filter(pk=closed.pk).update(costs_from="broker", gross=546_998)
    text = page_of(viewer, closed).content.decode()
    assert "단가 절사" in text
    assert "−2<" in text


def test_an_open_trade_says_what_is_realised_and_that_it_is_held(viewer, opened):
    text = page_of(viewer, opened).content.decode()
    assert "실현한 손익" in text
    assert "보유 중" in text


def test_an_unsettled_trade_says_what_is_missing_and_what_to_do(viewer, unsettled):
    text = page_of(viewer, unsettled).content.decode()
    assert "미확정" in text
    assert "7주는 산 기록이 없어" in text
    assert "입고나 일지 이전 보유" in text
    assert "settle-form" not in text, "who may only look may not settle"


def test_a_trader_settles_it_where_it_is_shown(trader, unsettled):
    """7 shares bought for 4,000 before the journal, sold for 5,000: +7,000 before costs."""
    assert "settle-form" in page_of(trader, unsettled).content.decode()
    asked = {"kind": "adopted", "symbol": "035720", "day": str(unsettled.opened_day), "quantity": "7"}
    asked |= {"price": "4000", "reason": "2022년 거래내역서"}
    trader.post(f"/a/{unsettled.account.code}/trades/events/", asked)
    settled = Trade.objects.present().get(symbol="035720")
    assert (settled.state, settled.gross) == ("closed", 7_000)
    assert "일지 이전 보유" in page_of(trader, settled).content.decode()


def test_the_review_is_filled_in_on_the_page_and_its_stop_makes_an_r(trader, closed):
    """Stop 189,000: 62 · (193,709.68 - 189,000) = 292,000 and what leaving costs is the risk."""
    text = page_of(trader, closed).content.decode()
    assert 'id="trade-review"' in text
    told = {"shown": "planned_stop", "planned_stop": "189000", "version": "0"}
    trader.post(f"/a/{closed.account.code}/trades/{closed.pk}/review/", told)
    text = page_of(trader, closed).content.decode()
    assert 'data-stop="189000' in text


def test_a_merged_trade_leads_to_the_one_that_stands_for_it(viewer, closed, opened):
    Trade.objects.filter(pk=opened.pk).update(merged_into=closed)
    reply = page_of(viewer, opened)
    assert (reply.status_code, reply.headers["Location"].split("/")[-2]) == (302, str(closed.pk))


def test_a_void_trade_still_has_its_page_and_says_why(viewer, closed):
    Trade.objects.filter(pk=closed.pk).update(is_void=True)
    text = page_of(viewer, closed).content.decode()
    assert "정정으로 사라짐" in text
    assert "<trade-chart" not in text


def test_a_script_in_a_name_stays_a_name(viewer, closed):
    Trade.objects.filter(pk=closed.pk).update(name="<script>alert(1)</script>")
    assert b"<script>alert" not in page_of(viewer, closed).content


def test_a_filter_that_is_nonsense_does_not_break_the_page(viewer, closed):
    assert page_of(viewer, closed, "?first=gestern&sort=__&span=weeks&size=999").status_code == 200


@pytest.mark.parametrize("span", ["", "weeks", "2m", "<b>"])
def test_there_are_no_other_spans(viewer, closed, span):
    assert page_of(viewer, closed, f"chart/?span={span}").status_code == 404


# --- the numbers of the chart ------------------------------------------------------------------------------


def test_running_results_end_with_the_net_and_fills_stand_at_their_bars(viewer, closed, bars):
    told = numbers_of(viewer, closed)
    closes = (194.5, 195, 191, 193, 192, 192.5, 199, 201.5, 207, 203.5, 206.5, 202.5)
    assert [bar[4] / 1000 for bar in told["bars"]] == list(closes)
    assert [fill["i"] for fill in told["fills"]] == [1, 5, 7, 9]
    assert told["begin"] == 1
    assert told["running"][-1] == [closed.net, 0]
    assert len(told["running"]) == 9, "nothing after the last sale"
    assert told["average"][0] == 195_000
    assert told["average"][4] == pytest.approx(193_709.68, abs=0.01)


def test_running_results_are_those_worked_out_by_hand(viewer, closed, bars):
    """13:49 at 191,000: 30 · (191,000 - 195,000) = -120,000; leaving costs 0.015 % of 5,730,000 = 859.5, cut
    to 850, and of 5,850,000 = 877.5, cut to 870, and 0.20 % of 5,730,000 = 11,460 of tax: -133,180."""
    told = numbers_of(viewer, closed)
    assert told["running"][1] == [-133_180, 30]


def test_the_same_numbers_are_not_sent_twice(viewer, closed, bars):
    address = f"/a/{closed.account.code}/trades/{closed.pk}/chart/?span=1m"
    tag = viewer.get(address).headers["ETag"]
    assert viewer.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_wider_bars_come_from_minutes_and_a_fill_without_a_bar_gets_a_place(
    viewer, closed, bars, fill, account
):
    told = numbers_of(viewer, closed, "60m")
    assert [fill["i"] for fill in told["fills"]] == [0, 3, 5, 7]
    assert told["index"]["name"] == "코스피"


def test_adjusted_prices_scale_bars_and_average_of_a_day_alike(viewer, closed, bars, monkeypatch):
    """A split of 1:2 since then: the adjusted closes are half, so are the bars and the average on the chart."""
    halves = [Candle(at(day, "00:00"), *[Won(close // 2)] * 4, 0, None) for day, close in CLOSES]
    monkeypatch.setattr(
        "portfolio.presenting.trade.chart.candles_of", lambda *_, **asked: Answer(halves, NOW, "")
    )
    plain, adjusted = numbers_of(viewer, closed, "day"), numbers_of(viewer, closed, "day&adjusted=1")
    first = plain["begin"]
    for n in range(first, first + len(CLOSES)):
        assert adjusted["bars"][n][4] * 2 == plain["bars"][n][4] == CLOSES[n - first][1]
    known = [(one, two) for one, two in zip(plain["average"], adjusted["average"], strict=True) if one]
    assert known and all(abs(one - 2 * two) <= 0.02 for one, two in known[: len(CLOSES)])
    assert adjusted["trouble"] == plain["trouble"]


def test_the_peaks_stand_where_they_were(viewer, closed, bars):
    """MAE: Monday 191,000 with 30 held; MFE: Wednesday 10:41 at 207,000 with 32 held."""
    measured(closed)
    told = numbers_of(viewer, closed)
    assert [(peak["kind"], peak["i"], peak["text"]) for peak in told["peaks"]] == [
        ("mfe", 8, "MFE 207,000"),
        ("mae", 2, "MAE 191,000"),
    ]


def test_without_bars_the_page_says_so_and_the_numbers_are_empty(viewer, closed):
    told = numbers_of(viewer, closed)
    assert (told["bars"], told["running"]) == ([], [])
    assert "아직 이 거래의 봉을 가져오지 못했습니다" in told["trouble"]
    assert "봉을 가져오는 대로" in page_of(viewer, closed).content.decode()


def test_ticks_that_are_gone_are_said_to_be_gone(viewer, closed, bars):
    assert "최근 것만" in numbers_of(viewer, closed, "tick")["trouble"]


# --- how far it ran ----------------------------------------------------------------------------------------


def test_the_excursion_of_the_mock_trade(closed, bars):
    """MAE: 30 · (191,000 - 195,000) = -120,000 on Monday 13:49.
    MFE: 30 sold at 201,500 had cost 5,811,290.3: 233,709.7 realised, and at 207,000 another
    32 · (207,000 - 193,709.68) = 425,290.3: 659,000.
    Before costs it ended with 547,000; 32 at 206,500 would have been 643,000: efficiency 85.07 %."""
    row = measured(closed)
    assert (row.resolution, row.mae, row.mfe) == ("minute", -120_000, 659_000)
    assert (row.mae_at, row.mfe_at) == (at(0, "13:49"), at(2, "10:41"))
    assert (row.best, int(row.best_price)) == (643_000, 206_500)
    assert f"{row.efficiency:.4f}" == "0.8507"
    assert row.after["close"]["price"] == "202500"
    assert row.after["1d"]["move"] == "0.002457"


def test_a_day_that_is_not_over_has_no_close_yet(closed, bars, monkeypatch):
    monkeypatch.setattr(gateway, "broker_now", lambda account: at(2, "14:00"))
    assert not {"close", "1d", "5d"} & set(measured(closed).after)
    monkeypatch.setattr(gateway, "broker_now", lambda account: at(2, "15:30"))
    assert measured(closed).after["close"]["price"] == "202500"


def test_a_day_without_minutes_makes_the_whole_excursion_one_of_days(closed, bars):
    from market.models import KeptBars

    KeptBars.objects.filter(symbol="000660", span="minute", starts=MONDAY).delete()
    assert measured(closed).resolution == "day"


def test_an_unsettled_trade_is_not_measured(unsettled):
    subject = Subject(unsettled)
    assert measure(unsettled, subject.moves, subject.needs) is None


def test_a_split_inside_the_trade_is_a_step_with_words_and_no_loss(viewer, account, fill):
    """10 at 50,000; 5:1 on Tuesday; 50 at 11,000: +50,000 before costs."""
    fill("0 09:30 buy 10@50000", "005930")
    fill("1 10:00 sell 50@11000", "005930")
    HoldingEvent.objects.create(
        account=account, day=MONDAY + timedelta(days=1), kind="split", symbol="005930", numerator=5,
        source="person", recorded_at=NOW,
    )  # fmt: skip
    derive_anew(account.pk)
    trade = Trade.objects.get(symbol="005930")
    keeps("005930", "minute", MONDAY, (at(0, "09:30"), *[50_000] * 4), (at(0, "09:31"), *[45_000] * 4))
    keeps("005930", "minute", MONDAY + timedelta(days=1), (at(1, "10:00"), *[11_000] * 4))
    text = page_of(viewer, trade).content.decode()
    assert "액면분할·병합" in text
    assert "뒤로 50주 · 평단 10,000" in text
    row = measured(trade)
    assert (row.mae, row.mfe) == (-50_000, 50_000)
    told = numbers_of(viewer, trade)
    assert told["running"][-1] == [trade.net, 0]


# --- the market then ---------------------------------------------------------------------------------------


def test_the_market_then_says_its_source_and_moment(viewer, closed, bars):
    EntryContext.objects.create(
        trade=closed,
        asked_at=NOW,
        values={
            "strength": {"value": "128.6", "unit": "%", "source": "ka10046", "at": at(0, "12:04").isoformat()}
        },
    )
    text = page_of(viewer, closed).content.decode()
    assert "128.6%" in text
    assert "ka10046 · 11-16 12:04" in text
    assert "+2.63%" in text, "195,000 against the close of 190,000 before"


def test_what_is_not_known_is_a_dash(viewer, closed):
    text = page_of(viewer, closed).content.decode()
    assert '<dt>체결강도</dt><dd class="unknown">—' in text


def test_what_was_not_asked_in_time_says_so_and_what_got_no_answer_too(viewer, closed):
    late = page_of(viewer, closed).content.decode()
    assert "제때 묻지 못했습니다" in late
    assert '<dt>체결강도</dt><dd class="unknown">—<small class="dim">제때 묻지 못함</small>' in late
    EntryContext.objects.create(trade=closed, asked_at=NOW, values={})
    asked = page_of(viewer, closed).content.decode()
    assert "제때 묻지 못" not in asked
    assert '<dt>체결강도</dt><dd class="unknown">—<small class="dim">답이 없었음</small>' in asked


def test_other_trades_of_the_setup_are_listed_with_result_and_r(trader, closed, opened):
    """The other one sold 5 of 10 shares; it has no stop, so its return stands where R would."""
    pullback = label(closed.account, "눌림목", "setup")
    assert "복기에서 셋업을 고르면" in page_of(trader, closed).content.decode()
    for trade in (closed, opened):
        path = f"/a/{closed.account.code}/trades/{trade.pk}/review/"
        trader.post(path, {"setup": str(pullback.pk), "version": "0"})
    text = page_of(trader, closed).content.decode()
    listed = text.partition('id="same-setup"')[2].partition("</table>")[0]
    assert f"/trades/{opened.pk}/" in listed
    assert f"/trades/{closed.pk}/" not in listed
    assert "%" in listed.partition("<tbody>")[2]
    assert f"?setup={pullback.pk}" in text


def test_a_saved_plan_is_told_to_the_chart_and_a_refused_one_takes_it_back(trader, closed):
    path = f"/a/{closed.account.code}/trades/{closed.pk}/review/"
    by_htmx = {"HX-Request": "true"}
    saved = trader.post(path, {"planned_stop": "189,000", "version": "0"}, headers=by_htmx)
    assert json.loads(saved["HX-Trigger"]) == {
        "trade:planned": {"stop": "189000", "goal": ""},
        "trade:reviewed": {},
    }
    refused = trader.post(path, {"planned_stop": "없음", "version": "1"}, headers=by_htmx)
    assert json.loads(refused["HX-Trigger"]) == {"trade:planned": {"stop": "189000", "goal": ""}}


# --- asking ------------------------------------------------------------------------------------------------


def test_without_keys_nothing_is_asked(closed):
    fetch_for_a_person(closed)
    assert not TradeBars.objects.exists()


def test_the_page_asks_few_questions_of_the_database(viewer, closed, bars, django_assert_max_num_queries):
    page_of(viewer, closed)
    with django_assert_max_num_queries(60):
        page_of(viewer, closed)


def test_fills_after_the_trade_are_not_read(closed, fill):
    """Only the symbol's fills from the opening to the closing day: later ones cost nothing."""
    for n in range(3):
        fill(f"4 09:0{n} buy 1@1000")
    with CaptureQueriesContext(connection) as asked:
        assert len(Subject(Trade.objects.get(pk=closed.pk)).legs) == 4
    assert any("orders_fill" in query["sql"] and "2026-11-18" in query["sql"] for query in asked)
