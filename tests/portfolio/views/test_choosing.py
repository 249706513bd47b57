"""A filter on the pages of days: they show its trades, to the won, and carry the question along."""

import csv
import io
from datetime import timedelta

import pytest
from django.http import QueryDict

from kiwoomweb.ui.templatetags.money import won
from portfolio.models import Trade, TradeSlice
from portfolio.presenting.journal import JournalPage
from portfolio.presenting.overview import OverviewPage
from portfolio.presenting.pnl import PnlPage
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.wall import Wall
from portfolio.presenting.trade.costing import both_ways
from tests.portfolio.stats.making import MONDAY, trades

pytestmark = pytest.mark.usefixtures("kiwoom")

FIRST, SECOND, LATER = (MONDAY + timedelta(days=n) for n in (0, 1, 4))


@pytest.fixture
def traded(account):
    """A winner, a loser, one sold without a known buy, and twenty shares of which ten were sold again.

    Those were bought at 1,000 and at 2,000: sold at 3,000 they bring 10 x (3,000 - 1,500) = 15,000 won at the
    moving average, and first in, first out 10 x (3,000 - 1,000) = 20,000, both before costs.
    """
    trades(
        account,
        "0 09:05-09:35 005930 10@10000-10500",
        "1 14:00-14:20 000660 10@20000-19600",
        "1 15:00 005380 10@-3000",
        "2 09:00 035420 10@1000",
        "3 09:00 035420 10@2000",
        "4 10:00 035420 10@-3000",
    )
    return account


def net(account, symbol: str) -> int:
    (one,) = TradeSlice.objects.filter(account=account, symbol=symbol)
    assert one.net is not None
    return one.net


def opened(person, account, path: str) -> str:
    answer = person.get(f"/a/{account.code}/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def taken(person, account, file: str) -> list[list[str]]:
    answer = person.get(f"/a/{account.code}/files/{file}")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


def pnl(account, query: str) -> PnlPage:
    return PnlPage(account, QueryDict(query))


@pytest.mark.parametrize("by", ["day", "symbol"])
def test_results_are_those_of_the_filter_and_the_file_has_the_same(viewer, trader, traded, by):
    page = pnl(traded, f"by={by}&result=loss&result=win&period=all")
    assert page.sums.realised == net(traded, "005930") + net(traded, "000660")
    assert page.sums.rows == 2
    shown = opened(viewer, traded, f"pnl/?by={by}&result=loss&period=all")
    assert won(abs(net(traded, "000660"))) in shown
    assert "필터에 맞는 거래가 판 것만" in shown
    assert f"by={by}" in shown and "result=loss" in shown
    file = "days" if by == "day" else "symbols"
    told = taken(trader, traded, f"{file}.csv?result=win&result=loss&period=all")
    assert len(told) == 3


def test_days_of_the_address_are_the_period(traded):
    page = pnl(traded, f"first={FIRST}&last={FIRST}&state=closed&state=open")
    assert [result.day for result in page.results] == [FIRST]
    assert f"first={FIRST}&last={FIRST}" in page.query
    assert "period=1m" in {choice.key: address for choice, address in page.periods}["1m"]


def test_what_nobody_knows_the_cost_of_is_counted_and_left_out(viewer, traded):
    page = pnl(traded, "cost=fifo&period=all")
    assert page.unknown == 1
    assert "005380" not in {row.symbol for row in pnl(traded, "by=symbol&cost=fifo&period=all").results}
    assert "미확정 거래 1건은 뺐습니다" in opened(viewer, traded, "pnl/?cost=fifo&period=all")


def test_first_in_first_out_stands_beside_the_moving_average(viewer, traded):
    fifo = {row.day: row.realised for row in pnl(traded, "cost=fifo&period=all").results}
    assert fifo[LATER] == net(traded, "035420") + 5_000
    assert fifo[FIRST] == net(traded, "005930")
    trade = Trade.objects.get(symbol="035420")
    reckoned = both_ways(trade)
    assert reckoned is not None
    assert [(one.day, one.fifo - one.average) for one in reckoned.days] == [(LATER, 5_000)]
    page = opened(viewer, traded, f"trades/{trade.pk}/")
    assert "선입선출이면" in page
    assert won(reckoned.fifo) in page
    closed = both_ways(Trade.objects.get(symbol="005930"))
    assert closed is not None and closed.days == () and closed.fifo == net(traded, "005930")
    assert both_ways(Trade.objects.get(symbol="005380")) is None


def test_the_journal_and_its_calendar_show_the_days_of_the_filter(viewer, trader, traded):
    page = JournalPage(account=traded, query=QueryDict("month=2026-09&result=win"))
    assert [entry.day for entry, _ in page.entries] == [FIRST]
    assert (page.month.total, page.month.wins, page.month.losses) == (net(traded, "005930"), 1, 0)
    shown = opened(viewer, traded, "journal/?month=2026-09&result=win")
    assert f"/journal/{FIRST}/?result=win" in shown
    assert "?month=2026-08&amp;result=win" in shown
    assert len(taken(trader, traded, "journal.csv?month=2026-09&result=win")) == 2


def test_a_day_shows_the_trades_of_the_filter_beside_the_whole_day(viewer, traded):
    shown = opened(viewer, traded, f"journal/{SECOND}/?symbol=000660")
    assert "고른 거래의 그날 손익" in shown
    assert won(abs(net(traded, "000660"))) in shown
    course = opened(viewer, traded, f"journal/{SECOND}/course/?symbol=000660")
    assert "SK하이닉스" in course and "005380" not in course
    assert "005380" in opened(viewer, traded, f"journal/{SECOND}/course/")


def test_curve_calendar_and_year_wall_follow_the_filter(viewer, traded):
    page = OverviewPage(account=traded, query=QueryDict("month=2026-09&range=all&result=loss"))
    assert page.curve.total == page.month.total == net(traded, "000660")
    shown = opened(viewer, traded, "?month=2026-09&result=loss")
    assert "위의 수치와 보유 종목은 계좌 전체입니다" in shown
    assert "?range=3m&amp;result=loss" in shown
    wall = Wall(Asked(traded, QueryDict("result=loss")))
    assert wall.total == net(traded, "000660")


def test_a_filter_that_finds_nothing_says_so_and_one_of_nonsense_is_told(viewer, traded):
    nothing = opened(viewer, traded, "pnl/?symbol=999999&period=all")
    assert "고른 거래 가운데 이 기간에 판 것이 없습니다" in nothing
    assert "필터에 맞는 거래가 이 달에 없습니다" in opened(viewer, traded, "journal/?symbol=999999")
    assert "알 수 없는 조건이라 빼고 찾았습니다" in opened(viewer, traded, "pnl/?result=x")


def test_tables_of_the_other_pages_can_be_taken_away_too(trader, traded):
    trade = Trade.objects.get(symbol="035420")
    moves = taken(trader, traded, f"moves.csv?trade={trade.pk}")
    assert [row[2:4] for row in moves[1:]] == [["매수", "10"], ["매수", "10"], ["매도", "10"]]
    assert len(taken(trader, traded, "moves.csv?trade=nobody")) == 1
    groups = taken(trader, traded, "groups.csv?symbol=005930&symbol=000660")
    assert {row[1] for row in groups if row[0] == "종목"} == {"005930", "000660"}
    stats = taken(trader, traded, "stats.csv?symbol=005930&symbol=000660")
    assert next(row for row in stats if row[2] == "win_rate")[5] == "2"
