"""The figures of hand-made trades: what the pages show is what paper and pencil give."""

import re
from decimal import Decimal

import pytest
from django.http import QueryDict

from portfolio.analytics.measures import Unit
from portfolio.models import Trade
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.breaking import tables
from portfolio.presenting.stats.figures import by_day, by_trade, spread
from portfolio.presenting.stats.measured import Facts, measures_of
from portfolio.presenting.stats.units import text
from tests.portfolio.stats.making import trades


def facts(account, query: str = "") -> Facts:
    return Facts(Asked(account, QueryDict(query)))


@pytest.fixture
def three(account):
    """Gross +10,000, −10,000, +5,000 on Monday, Tuesday, Wednesday."""
    trades(
        account,
        "0 09:05-09:35 005930 10@10000-11000",
        "1 09:05-09:35 000660 10@20000-19000",
        "2 10:00-10:30 005930 10@10000-10500",
    )
    return account


def test_result_and_edge_before_costs(three):
    """Two of three won: 66.7 %. (10,000 + 5,000) ÷ 2 = 7,500 a win, 10,000 a loss: payoff 0.75, factor 1.5,
    expectancy 5,000 ÷ 3. Best day 10,000 ÷ 5,000 = 200 %."""
    found = measures_of("3.1", facts(three, "basis=gross"))

    assert text(found["win_rate"].value, Unit.RATIO) == "66.7 %"
    assert found["payoff"].value == Decimal("0.75")
    assert found["profit_factor"].value == Decimal("1.5")
    assert round(found["expectancy_won"].value, 3) == Decimal("1666.667")
    assert found["largest_day_share"].value == 2


def test_the_net_is_what_the_trades_say_to_the_won(three):
    found = measures_of("3.4", facts(three))

    assert found["net"].value == sum(Trade.objects.values_list("net", flat=True))
    assert found["trades"].value == 3


def test_the_path_falls_by_the_one_loss(three):
    found = measures_of("3.3", facts(three, "basis=gross"))

    assert found["max_drawdown_won"].value == -10_000
    assert found["equity_won"].value == 5_000
    assert found["longest_wins"].value == 1


def test_curves_end_at_the_sum(three):
    page = facts(three, "basis=gross")

    assert by_trade(page.outcomes, page.asked).figure["data"][0]["y"] == [10_000, 0, 5_000]
    assert by_day(page.outcomes).figure["data"][0]["y"] == [10_000, 0, 5_000]


def test_the_histogram_counts_every_trade_once(three):
    """+10 %, −5 %, +5 % of what was paid."""
    page = facts(three, "basis=gross")
    (bars,) = spread(page.outcomes, page.asked).figure["data"]

    assert sum(bars["y"]) == 3
    assert (bars["y"][0], bars["y"][10], bars["y"][15]) == (1, 1, 1)


def test_every_bar_leads_to_exactly_its_trades(viewer, three):
    page = facts(three)
    found = {table.key: table for table in tables(page.outcomes, page.asked)}

    (bars,) = found["symbol"].figure["data"]
    rows = viewer.get(bars["meta"]["links"][0]).content.decode()
    assert rows.count("<tr><td class") == 2
    assert "삼성전자" in rows
    assert "SK하이닉스" not in rows


def test_all_wins_have_no_profit_factor_but_say_so(viewer, account):
    trades(account, "0 09:05-09:35 005930 10@10000-11000")

    page = viewer.get(f"/a/{account.code}/stats/").content.decode()
    assert "∞ (손실 0건)" in page
    # Tokens and codes are drawn by lot and may hold any digits.
    assert "999" not in re.sub(r"\w{32,}", "", page.replace(account.code, ""))


def test_all_losses_and_one_trade_are_looked_at_calmly(viewer, account):
    trades(account, "0 09:05-09:35 005930 10@10000-9000")

    for part in ("", "inside/", "path/", "when/", "habits/", "whatif/", "compare/"):
        assert viewer.get(f"/a/{account.code}/stats/{part}").status_code == 200
    assert "수익 매매 0건" in viewer.get(f"/a/{account.code}/stats/").content.decode()


def test_unsettled_trades_alone_say_what_is_missing(viewer, account):
    trades(account, "0 09:05 005930 10@-11000")

    page = viewer.get(f"/a/{account.code}/stats/").content.decode()
    assert "미확정 거래뿐입니다" in page
    assert "미확정 1건" in page
