"""Indices, themes, investors, watchlists and gold, in a trader's words."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from kiwoomweb.broker.calls import gold, indices, investors, themes, watchlists
from kiwoomweb.broker.domain import SEOUL, IndexCandle, Span, Watched, WatchGroup
from kiwoomweb.broker.errors import UnknownSymbol
from tests.broker.calls.board_samples import FLOW, GOLD, INDEX


def test_an_index_has_a_level_without_a_sign_and_a_change_with_one(broker):
    quote = indices.index_quote(broker, "001")
    assert (quote.level, quote.change, quote.change_rate) == (
        Decimal("2394.49"),
        Decimal("-278.47"),
        Decimal("-10.42"),
    )
    assert (quote.rising, quote.falling, quote.unchanged) == (17, 130, 183)
    assert (quote.volume, quote.turnover) == (890_000, 41_867_000_000)


def test_a_sector_is_asked_for_in_its_own_market(broker, stage):
    indices.index_quote(broker, "101")
    assert stage.bodies("ka20001") == [{"mrkt_tp": "1", "inds_cd": "101"}]


def test_a_sector_nobody_knows_is_told_so(broker, stage):
    stage["ka20001"] = dict.fromkeys(INDEX, "")
    with pytest.raises(UnknownSymbol):
        indices.index_quote(broker, "999")


def test_a_chart_of_an_index_gets_its_decimal_point_back(broker):
    (bar,) = indices.index_candles(broker, "001", Span.DAY)
    assert bar == IndexCandle(
        at=datetime(2025, 9, 5, tzinfo=SEOUL),
        open=Decimal("2510.34"),
        high=Decimal("2521.48"),
        low=Decimal("2497.98"),
        close=Decimal("2521.27"),
        volume=393_564_000,
        turnover=10_582_466_000_000,
    )


def test_the_finer_bars_of_an_index_lose_the_sign_of_their_direction(broker):
    (bar,) = indices.index_candles(broker, "001", Span.MINUTE)
    assert (bar.open, bar.volume, bar.turnover) == (Decimal("2394.17"), 6, None)


def test_themes_and_their_members(broker, stage):
    (theme,) = themes.themes(broker, order="rising", days=5)
    assert (theme.code, theme.members, theme.period_rate) == ("557", 5, Decimal("157.80"))
    assert stage.bodies("ka90001")[0]["flu_pl_amt_tp"] == "3"
    (member,) = themes.theme_members(broker, theme.code)
    assert (member.symbol, member.price, member.change) == ("005930", 57800, -600)


def test_what_investors_bought_is_in_won_or_in_shares(broker, stage):
    (day,) = investors.investor_days(broker, "005930", until=date(2024, 11, 7))
    assert (day.day, day.close) == (date(2024, 11, 7), 61300)
    assert (day.individuals, day.foreigners) == (1_584_000_000, -61_779_000_000)
    assert day.parts["연기금등"] == -1_000_000
    (day,) = investors.investor_days(broker, "005930", shares=True)
    assert day.foreigners == -61_779
    assert [body["amt_qty_tp"] for body in stage.bodies("ka10059")] == ["1", "2"]


def test_an_investor_nobody_counted_is_unknown(broker, stage):
    stage["ka10059"] = {"stk_invsr_orgn": [FLOW | {"bank": ""}]}
    assert investors.investor_days(broker, "005930")[0].parts["은행"] is None


def test_a_watchlist_is_groups_of_symbols(broker):
    assert watchlists.watch_groups(broker) == [WatchGroup("000", "관심종목1")]
    assert watchlists.watched(broker, "000") == [Watched("005930", "1", "2")]


def test_gold_costs_what_it_closed_at_and_what_it_gained(broker, stage):
    assert gold.gold_quote(broker).price == 195_280
    stage["ka50100"] = dict.fromkeys(GOLD, "")
    with pytest.raises(UnknownSymbol):
        gold.gold_quote(broker)
