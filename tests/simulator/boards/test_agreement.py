"""One market, many questions: the same number whichever TR is asked, at every hour."""

from collections import Counter

import pytest

from kiwoomweb.broker.wire import numbers
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.replies.boards import REPLIES
from tests.simulator.boards.asking import at, said

#: Lists whose rows carry a share's price.
PRICED = [
    "ka10016",
    "ka10017",
    "ka10018",
    "ka10019",
    "ka10020",
    "ka10021",
    "ka10023",
    "ka10024",
    "ka10026",
    "ka10027",
    "ka10028",
    "ka10030",
    "ka10031",
    "ka10032",
    "ka20002",
    "ka90002",
]


@pytest.mark.parametrize("tr", PRICED)
def test_a_share_costs_the_same_in_a_ranking_as_on_its_own_page(exchange: Exchange, tr: str) -> None:
    rows = said(exchange, tr).rows
    for row in rows[:5] + rows[-5:]:
        own = said(exchange, "ka10001", stk_cd=row["stk_cd"]).head
        assert row["cur_prc"] == own["cur_prc"]
        assert row["pred_pre"] == own["pred_pre"]
        assert row.get("flu_rt", own["flu_rt"]) == own["flu_rt"]


def test_the_best_prices_of_a_list_are_those_of_the_book(exchange: Exchange) -> None:
    for row in said(exchange, "ka20002").rows[:5]:
        book = said(exchange, "ka10004", stk_cd=row["stk_cd"]).head
        assert (row["sel_bid"], row["buy_bid"]) == (book["sel_fpr_bid"], book["buy_fpr_bid"])


@pytest.mark.parametrize("sector", ["001", "101", "013", "002", "201"])
def test_an_index_counts_the_shares_it_lists(exchange: Exchange, sector: str) -> None:
    head = said(exchange, "ka20001", inds_cd=sector).head
    signs = Counter(said(exchange, "ka20002", inds_cd=sector).column("pred_pre_sig"))
    names = {"1": "upl", "2": "rising", "3": "stdns", "4": "lst", "5": "fall"}
    assert {names[sign]: count for sign, count in signs.items()} == {
        name: int(head[name]) for name in names.values() if int(head[name])
    }
    rows = said(exchange, "ka20002", inds_cd=sector).rows
    assert int(head["trde_frmatn_stk_num"]) == sum(int(row["now_trde_qty"]) > 0 for row in rows)


@pytest.mark.parametrize("market", ["001", "101"])
def test_all_indices_say_what_each_says_itself(exchange: Exchange, market: str) -> None:
    rows = said(exchange, "ka20003", inds_cd=market).rows
    assert rows[0]["stk_cd"] == market
    for row in rows:
        own = said(exchange, "ka20001", inds_cd=row["stk_cd"], most=1).head
        for name in ("cur_prc", "pred_pre", "flu_rt", "trde_qty", "trde_prica", "upl", "rising", "fall", "lst"):
            assert row[name] == own[name], (row["stk_cd"], name)
        assert int(row["flo_stk_num"]) == len(said(exchange, "ka20002", inds_cd=row["stk_cd"]).rows)


def test_an_index_has_traded_what_its_members_traded_that_day() -> None:
    closed = Exchange.opened(now=at("2026-11-20T15:45:00"), trader=False)
    for sector in ("001", "101", "013"):
        head = said(closed, "ka20001", inds_cd=sector, most=1).head
        members = closed.board.members(sector, closed.now())
        assert int(head["trde_qty"]) == sum(line.quote.volume for line in members) // 1_000
        assert int(head["trde_prica"]) == sum(line.quote.turnover for line in members) // 1_000_000


def test_an_index_chart_ends_where_the_index_stands(exchange: Exchange) -> None:
    head = said(exchange, "ka20001", inds_cd="101", most=1).head
    level = numbers.decimal(head["cur_prc"].lstrip("+-"))
    for tr in ("ka20004", "ka20005", "ka20006", "ka20007", "ka20008", "ka20019"):
        scope = {"tic_scope": "1"} if tr in {"ka20004", "ka20005"} else {}
        newest = said(exchange, tr, inds_cd="101", most=1, **scope).rows[0]
        assert int(newest["cur_prc"].lstrip("+-")) == level * 100, tr


def test_a_days_minutes_add_up_to_its_index_day(in_the_evening: Exchange) -> None:
    minutes = said(in_the_evening, "ka20005", inds_cd="001", tic_scope="1", most=391).rows
    day = said(in_the_evening, "ka20006", inds_cd="001", most=1).rows[0]
    today = [row for row in minutes if row["cntr_tm"].startswith(day["dt"])]
    assert sum(int(row["trde_qty"]) for row in today) == int(day["trde_qty"]) == int(today[0]["acc_trde_qty"])
    assert max(int(row["high_pric"].lstrip("+-")) for row in today) == int(day["high_pric"])


def test_weeks_and_months_of_an_index_are_sums_of_its_days(in_the_evening: Exchange) -> None:
    days = said(in_the_evening, "ka20006", inds_cd="013", most=40).rows
    for tr in ("ka20007", "ka20008"):
        newest, before = said(in_the_evening, tr, inds_cd="013", most=2).rows
        inside = [row for row in days if before["dt"] <= row["dt"] < newest["dt"]]
        assert inside[0]["cur_prc"] == before["cur_prc"]
        assert abs(sum(int(row["trde_prica"]) for row in inside) - int(before["trde_prica"])) <= len(inside)


def test_the_latest_trade_is_the_price(exchange: Exchange) -> None:
    for code in ("005930", "005930_AL", "005930_NX"):
        own, trades = (
            said(exchange, "ka10001", stk_cd=code).head,
            said(exchange, "ka10003", stk_cd=code, most=3).rows,
        )
        if trades:
            assert trades[0]["cur_prc"] == own["cur_prc"]
            assert trades[0]["acc_trde_qty"] == own["trde_qty"]
        else:
            assert own["trde_qty"] == "0"


def test_trades_and_minutes_of_a_day_add_up(in_the_evening: Exchange) -> None:
    trades = said(in_the_evening, "ka10084", stk_cd="000080", tdy_pred="1", tic_min="0", most=20_000).rows
    minutes = said(in_the_evening, "ka10084", stk_cd="000080", tdy_pred="1", tic_min="1").rows
    sizes = said(in_the_evening, "ka10055", stk_cd="000080", tdy_pred="1", most=20_000).rows
    volume = int(said(in_the_evening, "ka10001", stk_cd="000080").head["trde_qty"])
    assert sum(int(row["cntr_trde_qty"].lstrip("+-")) for row in trades) == volume
    assert sum(int(row["cntr_trde_qty"].lstrip("+-")) for row in minutes) == volume
    assert sum(int(row["cntr_qty"]) for row in sizes) == volume
    assert int(minutes[0]["acc_trde_qty"]) == int(trades[0]["acc_trde_qty"]) == volume


def test_yesterdays_trades_end_at_yesterdays_volume(at_two: Exchange) -> None:
    yesterday = said(at_two, "ka10081", stk_cd="000080", base_dt="20261119", upd_stkpc_tp="1", most=1).rows[0]
    rows = said(at_two, "ka10055", stk_cd="000080", tdy_pred="2", most=20_000).rows
    official = [row for row in rows if row["cntr_tm"] <= "163000"]  # the exam day closes an hour later
    assert official[0]["acc_trde_qty"] == yesterday["trde_qty"]


def test_every_reply_has_the_guides_fields_and_fills_them(at_two: Exchange) -> None:
    blank_by_right = {
        ("ka10026", "per"),  # a loss has no PER
        ("ka10054", "virelis_time"),  # a halt that has not been released
    }
    for tr in REPLIES:
        told = said(at_two, tr)
        filled = {name for row in told.rows[:50] for name, value in row.items() if value != ""}
        empty = {name for row in told.rows[:50] for name in row} - filled
        empty |= {name for name, value in told.head.items() if value == ""}
        assert {(tr, name) for name in empty} <= blank_by_right, (tr, empty)
