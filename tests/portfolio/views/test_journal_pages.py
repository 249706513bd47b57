"""매매일지: the days of a month, one day with its stocks and fills, and how the two agree."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kiwoomweb.ui.templatetags.money import won
from orders.models import Fill
from portfolio.models import DiaryDay, RealisedDay


def opened(person, path: str) -> str:
    answer = person.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_month_lists_each_day_with_its_result_and_note(viewer, full_account, today):
    page = opened(viewer, f"/a/{full_account.code}/journal/")

    for row in RealisedDay.objects.filter(day__year=today.year, day__month=today.month):
        assert f"/journal/{row.day}/" in page
        assert won(abs(row.realised)) in page
        assert won(row.sold) in page
    assert "시초 눌림에서 1차" in page


def test_an_earlier_month_is_another_address(viewer, full_account, today):
    first = today.replace(day=1) - timedelta(days=1)
    row = RealisedDay.objects.filter(day__year=first.year, day__month=first.month).first()

    assert f"/journal/{row.day}/" in opened(viewer, f"/a/{full_account.code}/journal/?month={first:%Y-%m}")


def test_a_month_without_trades_says_what_would_be_here(viewer, connected):
    assert "이 달에는 거래가 없습니다" in opened(viewer, f"/a/{connected.code}/journal/")


def test_a_day_shows_its_stocks_its_fills_and_its_costs(viewer, full_account):
    diary = DiaryDay.objects.get()

    page = opened(viewer, f"/a/{full_account.code}/journal/{diary.day}/")

    assert "에코프로비엠" in page
    assert won(diary.sold) in page
    assert won(diary.costs) in page
    assert "매수만" in page
    assert page.count('class="mark ') == 9


def test_a_day_the_diary_does_not_reach_is_put_together_from_sales(viewer, full_account):
    oldest = RealisedDay.objects.order_by("day").first()

    page = opened(viewer, f"/a/{full_account.code}/journal/{oldest.day}/")

    assert "키움 일지가 닿지 않는 날" in page
    assert won(abs(oldest.realised)) in page


def test_a_day_without_trades_is_not_an_error(viewer, connected):
    page = opened(viewer, f"/a/{connected.code}/journal/2026-03-04/")

    assert "이날은 체결이 없습니다" in page


def test_the_newest_day_has_no_next_one(viewer, full_account, today):
    page = opened(viewer, f"/a/{full_account.code}/journal/{today}/")

    assert 'rel="prev"' in page
    assert 'rel="next"' not in page


@pytest.mark.parametrize("day", ["2999-01-04", "2026-02-30", "yesterday"])
def test_a_day_that_is_not_there_has_no_page(viewer, full_account, day):
    assert viewer.get(f"/a/{full_account.code}/journal/{day}/").status_code == 404


def test_a_busy_day_shows_its_newest_fills_and_all_of_them_on_demand(viewer, account) -> None:
    day = date(2026, 11, 18)
    at = datetime(2026, 11, 18, 1, tzinfo=UTC)
    told = {
        "symbol": "005930",
        "name": "삼성전자",
        "side": "buy",
        "quantity": 1,
        "price": 1_000,
        "amount": 1_000,
    }
    Fill.objects.bulk_create(
        Fill(
            account=account,
            day=day,
            order_no=f"{number:07}",
            fill_no="1",
            recorded_at=at,
            filled_at=at + timedelta(seconds=number),
            venue="KRX",
            **told,
        )
        for number in range(302)
    )
    address = f"/a/{account.code}/journal/{day}/"
    some = viewer.get(address).content.decode()
    assert "나머지 체결 2건도 보기" in some
    assert "10:00:01" not in some
    every = viewer.get(f"{address}?fills=all").content.decode()
    assert "10:00:01" in every
    assert "나머지 체결" not in every
