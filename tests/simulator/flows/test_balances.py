"""Balances move by what came and went: credit, lending, short sales; markets are the sums of their shares."""

from itertools import pairwise

import pytest

from kiwoomweb.simulator.flows.classes import class_of
from tests.simulator.flows.asking import Asker, at
from tests.simulator.flows.test_agreement import number

CODES = ("005930", "247540", "000080", "069500")


@pytest.fixture(scope="module", params=["08:10:00", "12:00:00", "18:00:00"])
def asker(request: pytest.FixtureRequest, noon: Asker) -> Asker:
    return Asker(at(request.param), like=noon)


@pytest.mark.parametrize("kind", ["1", "2"])
def test_a_loan_balance_moves_by_new_less_repaid(asker: Asker, kind: str) -> None:
    for code in CODES:
        rows = asker.rows("ka10013", stk_cd=code, dt="20261120", qry_tp=kind)
        assert rows[0]["dt"] == ("20261120" if asker.exchange.now().hour > 15 else "20261119")
        for newer, older in pairwise(rows):
            moved = int(newer["remn"]) - int(older["remn"])
            assert moved == int(newer["new"]) - int(newer["rpya"]) == number(newer["pre"])
            assert 0 <= int(newer["new"]) <= int(newer["trde_qty"])


def test_a_share_nobody_lends_on_has_no_loans(asker: Asker) -> None:
    rows = asker.rows("ka10013", stk_cd="122630", dt="20261120", qry_tp="1")
    assert {row["remn"] for row in rows} == {"0"}
    assert asker.said("kt20017", stk_cd="122630")["crd_alow_yn"] == "N"
    assert asker.said("kt20017", stk_cd="005930")["crd_alow_yn"] == "Y"


def test_the_credit_ranking_is_the_latest_day_of_each_share(asker: Asker) -> None:
    body = {"mrkt_tp": "000", "trde_qty_tp": "0", "updown_incls": "1", "stex_tp": "1"}
    rows = asker.rows("ka10033", stk_cnd="0", crd_cnd="9", **body)
    rates = [float(row["crd_rt"]) for row in rows]
    assert rates == sorted(rates, reverse=True)
    for row in rows[:4]:
        latest = asker.rows("ka10013", stk_cd=row["stk_cd"], dt="20261120", qry_tp="1")[0]
        assert latest["remn_rt"] == row["crd_rt"]
    only = asker.rows("ka10033", stk_cnd="9", crd_cnd="1", **body)
    assert only
    for row in only:
        about = asker.exchange.instrument(row["stk_cd"])
        assert about and (class_of(about).margin, class_of(about).credit) == (20, "A")


def test_what_may_be_bought_on_credit_is_what_its_class_says(asker: Asker) -> None:
    rows = asker.rows("kt20016", mrkt_deal_tp="0", crd_stk_grde_tp="C")
    assert rows
    for row in rows:
        about = asker.exchange.instrument(row["stk_cd"].removeprefix("A"))
        assert about and about.market == "KOSDAQ" and class_of(about).credit == "C"
        assert row["crd_assr_rt"] == f"{class_of(about).cover}%"
        assert len(row["repl_pric"]) == 12 and int(row["repl_pric"]) < int(row["pred_close_pric"])
    assert asker.said("kt20016", mrkt_deal_tp="%", stk_cd="122630")["crd_loan_able"] == "N"


def test_short_sales_are_part_of_the_sales(asker: Asker) -> None:
    for code in CODES:
        rows = asker.rows("ka10014", stk_cd=code, tm_tp="1", strt_dt="20261001", end_dt="20261113")
        assert rows[0]["dt"] == "20261113"
        assert int(rows[-1]["ovr_shrts_qty"]) == int(rows[-1]["shrts_qty"])
        for newer, older in pairwise(rows):
            assert int(newer["ovr_shrts_qty"]) - int(older["ovr_shrts_qty"]) == int(newer["shrts_qty"])
        for row in rows:
            assert 0 <= int(row["shrts_qty"]) <= int(row["trde_qty"])
            assert abs(
                int(row["shrts_trde_prica"]) * 1_000 - int(row["shrts_qty"]) * int(row["shrts_avg_pric"])
            ) <= (1_000 + int(row["shrts_qty"]))


def test_since_a_first_day_means_until_today(asker: Asker) -> None:
    body = {"stk_cd": "005930", "strt_dt": "20261116", "end_dt": "20261117"}
    assert len(asker.rows("ka10014", tm_tp="1", **body)) == 2
    assert len(asker.rows("ka10014", tm_tp="0", **body)) >= 4


def test_lending_moves_by_lent_less_returned_and_the_market_is_the_sum(asker: Asker) -> None:
    period = {"strt_dt": "20261102", "end_dt": "20261113"}
    for tr, body in (("ka20068", {"stk_cd": "000660"}), ("ka10068", {"all_tp": "1"})):
        rows = asker.rows(tr, **body, **period)
        assert len(rows) == 10
        for newer, older in pairwise(rows):
            moved = int(newer["rmnd"]) - int(older["rmnd"])
            assert moved == int(newer["dbrt_trde_irds"])
            assert moved == int(newer["dbrt_trde_cntrcnt"]) - int(newer["dbrt_trde_rpy"])
    whole = asker.rows("ka10068", all_tp="1", strt_dt="20261113", end_dt="20261113")[0]
    shares = [row for market in ("001", "101") for row in asker.rows("ka90012", dt="20261113", mrkt_tp=market)]
    for name in ("dbrt_trde_cntrcnt", "dbrt_trde_rpy", "rmnd"):
        assert int(whole[name]) == sum(int(row[name]) for row in shares)


def test_the_ten_most_lent_are_the_largest_of_the_list(asker: Asker) -> None:
    listed = asker.rows("ka90012", dt="20261113", mrkt_tp="101")
    top = asker.said("ka10069", strt_dt="20261113", end_dt="20261113", mrkt_tp="101")
    assert top["dbrt_trde_upper_10stk"] == listed[:10]
    assert int(top["rmnd_sum"]) == sum(int(row["rmnd"]) for row in listed[:10])
    part = int(top["dbrt_trde_cntrcnt_rt"])
    whole = sum(int(row["dbrt_trde_cntrcnt"]) for row in listed)
    assert abs(part - 10_000 * int(top["dbrt_trde_cntrcnt_sum"]) / whole) <= 1
