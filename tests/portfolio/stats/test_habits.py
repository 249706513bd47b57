"""습관 and 만약에: thresholds of one's own, findings that list their trades, changes imagined and judged."""

from datetime import timedelta
from decimal import Decimal
from itertools import islice

import pytest
from django.http import QueryDict

from kiwoomweb.broker.market_calendar import trading_days
from portfolio.models import HabitThresholds, Trade
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.beside import Beside
from portfolio.presenting.stats.finding import Habits
from portfolio.presenting.stats.measured import Facts
from portfolio.presenting.stats.mirror import Mirror
from portfolio.presenting.stats.wall import Wall
from portfolio.selectors.habits import thresholds_of
from portfolio.selectors.outcomes import outcomes_of
from tests.portfolio.stats.making import MONDAY, trades


@pytest.fixture
def traded(account):
    """Thirty days of one won trade in the morning and one lost at two o'clock."""
    open_days = trading_days(MONDAY, MONDAY + timedelta(days=60))
    days = [(day - MONDAY).days for day in islice(open_days, 30)]
    trades(
        account,
        *(f"{day} 09:05-09:35 005930 10@10000-10500" for day in days),
        *(f"{day} 14:00-14:20 000660 10@20000-19600" for day in days),
    )
    return account


def asked(account, query: str = "") -> Asked:
    return Asked(account, QueryDict(query))


def facts(account, query: str = "") -> Facts:
    return Facts(asked(account, query))


def test_a_trader_sets_thresholds_and_a_viewer_does_not(trader, viewer, traded):
    address = f"/a/{traded.code}/stats/habits/thresholds/"

    assert viewer.post(address, {"riding": "2"}).status_code == 404
    assert trader.post(address, {"riding": "2", "revenge_minutes": "30"}).status_code == 302
    assert thresholds_of(traded).riding == Decimal(2)
    assert thresholds_of(traded).revenge_minutes == 30


@pytest.mark.parametrize("said", ["아주 많이", "-1", "1e99", "NaN", "999", "0.5분"])
def test_a_threshold_that_is_none_is_refused_whole_and_shown_as_typed(trader, traded, said):
    answer = trader.post(f"/a/{traded.code}/stats/habits/thresholds/", {"riding": said, "streak": "4"})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "저장하지 않았습니다" in answer.content.decode()
    assert not HabitThresholds.objects.exists()


def test_a_finding_lists_the_trades_it_means(traded):
    """Losers are held 20 minutes, winners 30: at a threshold of 0.5 all 30 losers were ridden."""
    HabitThresholds.objects.create(
        account=traded, values={"riding": "0.5"}, changed_at="2026-11-20T00:00:00+09:00"
    )
    page = facts(traded)

    line = next(line for line in Habits(page.asked, page.outcomes).lines() if line.key == "loss_riding")
    assert (line.says, line.rows) == ("보입니다", 30)
    assert line.cost == -sum(Trade.objects.filter(net__lt=0).values_list("net", flat=True))


def test_without_the_afternoon_the_lost_trades_are_gone_in_both_halves(traded):
    """Without 13:00-14:30 the 30 winners stay: the gain is what the losers lost, and it holds up later."""
    page = facts(traded, "no_entry_session=afternoon")
    mirror = Mirror(page.asked, page.outcomes)

    lost = sum(Trade.objects.filter(net__lt=0).values_list("net", flat=True))
    assert mirror.compared.gain == -lost
    assert len(mirror.compared.changed.dropped) == 30
    assert mirror.verdict == "나중 절반에서도 나아졌습니다"


def test_a_stop_leaves_trades_without_bars_as_they_were(traded):
    page = facts(traded, "stop=3")

    assert len(Mirror(page.asked, page.outcomes).compared.changed.unknown) == 60


@pytest.mark.parametrize("query", ["", "stop=x", "stop=99", "stop=nan", "no_horoscope=1", "half="])
def test_nonsense_imagines_nothing(traded, query):
    page = facts(traded, query)

    assert Mirror(page.asked, page.outcomes).compared is None


def test_two_filters_stand_side_by_side_with_their_own_n(traded):
    page = facts(traded, "symbol=005930&with=symbol%3D000660")
    beside = Beside(page.asked, page.outcomes, None)

    assert (len(beside.outcomes), len(beside.other_outcomes)) == (30, 30)
    rate = next(pair for pair in beside.pairs if pair.name == "승률")
    assert (rate.left, rate.right, rate.says) == ("100.0 %", "0.0 %", "구간이 겹치지 않습니다")


def test_filters_of_different_size_are_drawn_each_to_its_end(viewer, traded):
    page = viewer.get(f"/a/{traded.code}/stats/compare/?with=symbol%3D000660")

    assert page.status_code == 200
    assert "n=60" in page.content.decode()
    assert "n=30" in page.content.decode()


def test_the_year_wall_sums_to_the_won_and_opens_its_months(viewer, traded):
    wall = Wall(asked(traded))
    nets = sum(Trade.objects.values_list("net", flat=True))

    assert sum(month.total or 0 for month in wall.months) == wall.total == nets
    page = viewer.get(f"/a/{traded.code}/stats/year/").content.decode()
    assert f"/a/{traded.code}/journal/?month=2026-09" in page


def test_gross_is_net_with_the_costs_back(traded):
    net, gross = facts(traded), facts(traded, "basis=gross")

    costs = sum(one.costs for one in net.outcomes)
    assert sum(one.net for one in gross.outcomes) == sum(one.net for one in net.outcomes) + costs
    assert costs > 0


def test_a_period_keeps_to_its_closing_days(traded):
    last = MONDAY + timedelta(days=6)
    found = outcomes_of(traded, asked(traded, f"first={MONDAY}&last={last}").trades)

    assert len(found) == 10
    assert {one.day for one in found} == {MONDAY + timedelta(days=day) for day in range(5)}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_all_figures_can_be_taken_away(trader, traded, kind):
    answer = trader.get(f"/a/{traded.code}/files/stats.{kind}")

    content = b"".join(answer)
    answer.close()
    assert answer.status_code == 200
    assert kind == "xlsx" or "win_rate" in content.decode("utf-8-sig")
