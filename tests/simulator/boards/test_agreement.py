"""One market, many questions: the same number whichever TR is asked, at every hour."""

import pytest

from kiwoomweb.simulator.exchange import Exchange
from tests.simulator.boards.asking import said

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


def test_a_shares_days_are_those_of_its_chart_and_of_the_flows(in_the_evening: Exchange) -> None:
    chart = said(in_the_evening, "ka10081", base_dt="20261120", upd_stkpc_tp="1", most=5).rows
    plain, owned = said(in_the_evening, "ka10005", most=5).rows, said(in_the_evening, "ka10086", most=5).rows
    sessions, strengths = (
        said(in_the_evening, "ka10015", most=5).rows,
        said(in_the_evening, "ka10047", most=5).rows,
    )
    held = said(in_the_evening, "ka10008", most=5).rows
    for at_, bar in enumerate(chart):
        for row, volume in (
            (plain, "trde_qty"),
            (owned, "trde_qty"),
            (sessions, "opmr_trde_qty"),
            (strengths, "trde_qty"),
        ):
            assert row[at_].get("date", row[at_].get("dt")) == bar["dt"]
            assert row[at_][volume] == bar["trde_qty"]
            close = row[at_].get("close_pric", row[at_].get("cur_prc"))
            assert close.lstrip("+-") == bar["cur_prc"]
        assert sessions[at_]["cntr_str"] == strengths[at_]["cntr_str"]
        assert owned[at_]["for_wght"].lstrip("+") == held[at_]["wght"].lstrip("+")
        assert owned[at_]["ind_netprps"].replace("--", "-") == plain[at_]["ind_netprps"]


def test_sessions_of_a_day_add_up(in_the_evening: Exchange) -> None:
    rows = said(in_the_evening, "ka10015", stk_cd="005930_AL", most=30).rows
    running = 0
    for row in rows:
        parts = [int(row[f"{name}_trde_qty"]) for name in ("bf_mkrt", "opmr", "af_mkrt")]
        weights = [float(row[f"{name}_trde_wght"]) for name in ("bf_mkrt", "opmr", "af_mkrt")]
        running += sum(parts)
        assert sum(parts) == int(row["trde_qty"]) == int(row["tot_3"])
        assert abs(sum(weights) - 100) < 0.02
        assert int(row["prid_trde_qty"]) == running
    own = said(in_the_evening, "ka10001", stk_cd="005930_AL").head
    assert rows[0]["trde_qty"] == own["trde_qty"]
    most = said(in_the_evening, "ka10030", stex_tp="3").rows
    ranked = next(row for row in most if row["stk_cd"] == "005930")
    for name in ("bf_mkrt", "opmr", "af_mkrt"):
        assert ranked[f"{name}_trde_qty"] == rows[0][f"{name}_trde_qty"]


def test_the_panel_shows_the_book_and_the_price_of_the_others(exchange: Exchange) -> None:
    panel, book = said(exchange, "ka10007").head, said(exchange, "ka10004").head
    own, many = said(exchange, "ka10001").head, said(exchange, "ka10095").rows[0]
    for name in ("cur_prc", "upl_pric", "lst_pric", "open_pric", "trde_qty", "flu_rt"):
        assert panel[name] == own[name] == many[name]
    assert (panel["sel_1bid"], panel["buy_10bid"]) == (book["sel_fpr_bid"], book["buy_10th_pre_bid"])
    assert (panel["tot_sel_req"], panel["tot_buy_cnt"]) == (book["tot_sel_req"], many["tot_buy_cnt"])
    assert panel["exp_cntr_pric"] == own["exp_cntr_pric"] == many["exp_cntr_pric"]
    day = said(exchange, "ka10006").head
    assert (day["close_pric"], day["trde_qty"]) == (own["cur_prc"], own["trde_qty"])
