"""Funds on the wire: the ETF TRs agree with one another and with the quotes and charts of the same fund."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kiwoomweb.broker.catalogue import find
from kiwoomweb.simulator.serve import Running
from tests.simulator.wire.caller import Caller

FUND = "069500"
ALL = {"txon_type": "0", "navpre": "0", "mngmcomp": "0000", "txon_yn": "0", "trace_idex": "0", "stex_tp": "1"}
YEAR = {"stk_cd": FUND, "etfobjt_idex_cd": "201", "dt": "3"}
ONE = {"stk_cd": FUND}
ASKED: dict[str, dict[str, str]] = {
    "ka40001": YEAR,
    "ka40002": ONE,
    "ka40003": ONE,
    "ka40004": ALL,
    "ka40006": ONE,
    "ka40007": ONE,
    "ka40008": ONE,
    "ka40009": ONE,
    "ka40010": ONE,
}
#: A receipt's and a note's fields, which a fund does not have.
BLANK = {"wonju_pric", "etntxon_type", "conv_pric", "drstk"}


@pytest.fixture(scope="module", autouse=True)
def _valued(year: Running) -> None:
    """The first question values every fund of the year: nobody should time out on it."""
    first = Caller(year)
    first.http.timeout = 60
    first.said("ka40004", **ALL)
    first.close()


@pytest.mark.parametrize("tr", ASKED)
def test_every_field_of_the_guide_is_there_filled_and_no_other(caller: Caller, tr: str) -> None:
    told, spec = caller.said(tr, **ASKED[tr]), find(tr)
    assert set(told) == {field.name for field in spec.response} | {"return_code", "return_msg"}
    assert {field.name for field in spec.response if told[field.name] == ""} <= BLANK
    for part in spec.lists:
        assert told[part.name]
        for row in told[part.name]:
            assert list(row) == [field.name for field in part.fields]
            assert {name for name, value in row.items() if value == ""} <= BLANK


def test_one_nav_one_price_one_disparity(caller: Caller) -> None:
    market = next(row for row in caller.rows("ka40004", "etfall_mrpr", **ALL) if row["stk_cd"] == FUND)
    day = caller.said("ka40003", **ONE)["etfdaly_trnsn"][0]
    minute = caller.said("ka40006", **ONE)["etftisl_trnsn"][0]
    nav = caller.said("ka40009", **ONE)["etfnavarray"][0]
    quote = caller.said("ka10001", stk_cd=FUND)
    price = Decimal(day["cur_prc"].lstrip("+-"))
    assert market["nav"] == day["nav"] == minute["nav"] == nav["nav"]
    assert market["close_pric"] == day["cur_prc"] == minute["close_pric"]
    gap = ((price / Decimal(nav["nav"]) - 1) * 100).quantize(Decimal("0.01"))
    for told in (day["navetfdispty_rt"], minute["navetf"], nav["dispty_rt"]):
        assert abs(Decimal(told) - gap) <= Decimal("0.01")
    assert Decimal(market["trace_idex"]) * 100 == Decimal(day["trace_cur_prc"]) == Decimal(minute["trace_idex"])
    assert Decimal(market["trace_eor_rt"]) * 100 == Decimal(day["trace_eor_rt"])
    assert nav["trace_eor_rt"] == minute["trace"] == market["trace_eor_rt"]
    assert nav["base_pric"] == quote["base_pric"]
    index = caller.said("ka20001", mrkt_tp="2", inds_cd="201")
    assert index["cur_prc"].lstrip("+-") == market["trace_idex"].lstrip("+-")


def test_minutes_and_trades_are_those_of_the_charts(caller: Caller) -> None:
    rows = caller.rows("ka40006", "etftisl_trnsn", **ONE)
    chart = caller.said("ka10080", stk_cd=FUND, tic_scope="1", upd_stkpc_tp="1")["stk_min_pole_chart_qry"]
    pairs = list(zip(rows, chart, strict=False))
    assert len(pairs) >= 60
    for row, bar in pairs[1:]:
        assert (row["tm"], row["close_pric"], row["trde_qty"]) == (
            bar["cntr_tm"][8:],
            bar["cur_prc"],
            bar["trde_qty"],
        )
    trade = caller.said("ka40007", **ONE)["etftisl_cntr_array"][0]
    flow = caller.said("ka40010", **ONE)["etftisl_trnsn"]
    assert trade["cur_prc"] == flow[0]["cur_prc"] == rows[0]["close_pric"]
    sizes = [int(row["trde_qty"]) for row in flow]
    assert sizes == sorted(sizes, reverse=True)


def test_who_bought_by_now_is_who_bought_today(caller: Caller) -> None:
    told = caller.said("ka40008", **ONE)
    today = told["etfnetprps_qty_array"][0]
    now = caller.said("ka40010", **ONE)["etftisl_trnsn"][0]
    assert abs(int(today["acc_trde_qty"]) - int(now["trde_qty"])) <= 20_000
    assert told["cur_prc"] == today["cur_prc_n"]
    days = caller.said("ka40003", **ONE)["etfdaly_trnsn"]
    for flow, day in zip(told["etfnetprps_qty_array"][1:30], days[1:30], strict=True):
        assert (flow["dt"], flow["cur_prc_n"], flow["acc_trde_qty"]) == (
            day["cntr_dt"],
            day["cur_prc"],
            day["trde_qty"],
        )


@pytest.mark.parametrize(("dt", "days"), [("0", 7), ("1", 30), ("2", 182), ("3", 365)])
def test_returns_are_those_of_the_days(caller: Caller, dt: str, days: int) -> None:
    row = caller.said("ka40001", **{**YEAR, "dt": dt})["etfprft_rt_lst"][0]
    rows = caller.rows("ka40003", "etfdaly_trnsn", **ONE)
    today = date.fromisoformat(rows[0]["cntr_dt"])
    first = f"{today - timedelta(days=days):%Y%m%d}"
    start = next(day for day in rows if day["cntr_dt"] <= first)
    nav = (Decimal(rows[0]["nav"]) / Decimal(start["nav"]) - 1) * 100
    price = (Decimal(rows[0]["cur_prc"].lstrip("+-")) / Decimal(start["cur_prc"].lstrip("+-")) - 1) * 100
    assert abs(Decimal(row["etfprft_rt"]) - nav) <= Decimal("0.02")
    assert abs(Decimal(row["cntr_prft_rt"]) - price) <= Decimal("0.02")


def test_the_index_asked_for_must_be_the_funds(caller: Caller) -> None:
    assert caller.said("ka40001", **{**YEAR, "etfobjt_idex_cd": "SPX"})["etfprft_rt_lst"] == []
    assert caller.said("ka40001", **{**YEAR, "etfobjt_idex_cd": "207"})["etfprft_rt_lst"] != []


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"mngmcomp": "3191"}, lambda row: row["stk_nm"].startswith("TIGER")),
        ({"mngmcomp": "3020"}, lambda row: row["stk_nm"].startswith("KODEX")),
        ({"mngmcomp": "3027"}, lambda row: row["stk_nm"].startswith("KIWOOM")),
        ({"mngmcomp": "9999"}, lambda row: row["stk_nm"].startswith("HANARO")),
        ({"trace_idex": "SPX"}, lambda row: row["trace_idex_cd"] == "SPX"),
        ({"navpre": "1"}, lambda row: Decimal(row["nav"]) > base(row)),
        ({"navpre": "2"}, lambda row: Decimal(row["nav"]) < base(row)),
        ({"txon_type": "3"}, lambda row: False),
    ],
)
def test_the_market_of_funds_is_filtered(caller: Caller, asked, holds) -> None:
    every = caller.rows("ka40004", "etfall_mrpr", **ALL)
    assert len(every) == 30
    found = caller.rows("ka40004", "etfall_mrpr", **{**ALL, **asked})
    assert [row["stk_cd"] for row in found] == [row["stk_cd"] for row in every if holds(row)]


def base(row: dict[str, str]) -> int:
    """Yesterday's close, from today's price and its change."""
    return int(row["close_pric"].lstrip("+-")) - int(row["pred_pre"])


def test_taxed_and_untaxed_are_everything(caller: Caller) -> None:
    codes = {
        tax: {row["stk_cd"] for row in caller.rows("ka40004", "etfall_mrpr", **{**ALL, "txon_yn": tax})}
        for tax in "012"
    }
    assert codes["1"] | codes["2"] == codes["0"]
    assert not codes["1"] & codes["2"]
    kinds = [
        {row["stk_cd"] for row in caller.rows("ka40004", "etfall_mrpr", **{**ALL, "txon_type": kind})}
        for kind in "12345"
    ]
    assert set().union(*kinds) == codes["0"]
    assert kinds[0] == codes["2"]


def test_a_share_or_a_stranger_answers_nothing_and_a_prefix_is_refused(caller: Caller) -> None:
    for code in ("005930", "999999"):
        assert caller.said("ka40002", stk_cd=code)["stk_nm"] == ""
        for tr, name in (
            ("ka40003", "etfdaly_trnsn"),
            ("ka40007", "etftisl_cntr_array"),
            ("ka40009", "etfnavarray"),
        ):
            assert caller.said(tr, stk_cd=code)[name] == []
    assert caller.refusal("ka40002", stk_cd="A069500")[0] == 5
