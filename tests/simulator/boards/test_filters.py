"""Each filter of a request lets through what its words say, and nothing is lost that should come."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiwoomweb.broker import catalogue
from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.boards.board import Line
from kiwoomweb.simulator.boards.standing import standing_of
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.refusals import Refusal
from kiwoomweb.simulator.universe import our_universe
from tests.simulator.boards.asking import said

LISTED_BY_VOLUME = "ka10030"
RANKED = "ka10027"


def lines_of(exchange: Exchange, tr: str, **body: str) -> list[Line]:
    rows = said(exchange, tr, **body).rows
    found = [exchange.board.line(row["stk_cd"], exchange.now()) for row in rows]
    return [line for line in found if line]


def everything(exchange: Exchange) -> list[Line]:
    return [line for line in exchange.board.lines(exchange.now()) if line.quote.volume]


#: 관리종목포함 of ka10030 -> what its words mean.
SHARES: dict[str, Callable[[Line], bool]] = {
    "0": lambda line: True,
    "1": lambda line: not standing_of(line.about).supervised,
    "3": lambda line: "우선주" not in line.about.kind,
    "4": lambda line: standing_of(line.about).supervised,
    "5": lambda line: standing_of(line.about).margin != 100,
    "6": lambda line: standing_of(line.about).margin == 100,
    "7": lambda line: standing_of(line.about).margin == 40,
    "8": lambda line: standing_of(line.about).margin == 30,
    "9": lambda line: standing_of(line.about).margin == 20,
    "11": lambda line: True,
    "12": lambda line: standing_of(line.about).margin == 50,
    "13": lambda line: standing_of(line.about).margin == 60,
    "14": lambda line: not line.about.is_etf,
    "15": lambda line: "스팩" not in line.about.name,
    "16": lambda line: not line.about.is_etf,
}


@pytest.mark.parametrize("code", SHARES)
def test_which_shares(at_two: Exchange, code: str) -> None:
    wanted = {line.code for line in everything(at_two) if SHARES[code](line)}
    found = {line.code for line in lines_of(at_two, LISTED_BY_VOLUME, mang_stk_incls=code, stex_tp="3")}
    assert found == wanted


def test_every_choice_of_shares_is_tested() -> None:
    field = next(f for f in catalogue.find(LISTED_BY_VOLUME).request if f.name == "mang_stk_incls")
    assert field.choices.keys() == SHARES.keys()
    assert {standing_of(about).supervised for about in our_universe().instruments.values()} == {True, False}


@pytest.mark.parametrize(("code", "group"), [("1", "A"), ("2", "B"), ("3", "C"), ("4", "D"), ("9", "ABCDE")])
def test_which_credit(at_two: Exchange, code: str, group: str) -> None:
    found = lines_of(at_two, LISTED_BY_VOLUME, crd_tp=code, stex_tp="3")
    wanted = [
        line
        for line in everything(at_two)
        if standing_of(line.about).credit and standing_of(line.about).credit in group
    ]
    assert {line.code for line in found} == {line.code for line in wanted}
    assert found


@pytest.mark.parametrize(("code", "markets"), [("000", {"KOSPI", "KOSDAQ", "ETF"}), ("001", {"KOSPI", "ETF"})])
def test_which_market(at_two: Exchange, code: str, markets: set[str]) -> None:
    assert {line.about.market for line in lines_of(at_two, LISTED_BY_VOLUME, mrkt_tp=code)} == markets
    assert {line.about.market for line in lines_of(at_two, LISTED_BY_VOLUME, mrkt_tp="101")} == {"KOSDAQ"}


@pytest.mark.parametrize(
    ("code", "low", "high"),
    [("1", 0, 1_000), ("4", 2_000, 5_000), ("6", 5_000, 10_000), ("7", 10_000, None), ("9", 100_000, None)],
)
def test_which_prices(at_two: Exchange, code: str, low: int, high: int | None) -> None:
    found = lines_of(at_two, LISTED_BY_VOLUME, pric_tp=code, stex_tp="3")
    wanted = {
        line.code
        for line in everything(at_two)
        if low <= line.quote.price and (high is None or line.quote.price < high)
    }
    assert {line.code for line in found} == wanted


def test_volumes_and_won(at_two: Exchange) -> None:
    for line in lines_of(at_two, LISTED_BY_VOLUME, trde_qty_tp="500", stex_tp="3"):
        assert line.quote.volume >= 500_000
    for line in lines_of(at_two, LISTED_BY_VOLUME, trde_prica_tp="1000", stex_tp="3"):
        assert line.quote.turnover >= 10_000_000_000
    least = min(line.quote.volume for line in lines_of(at_two, RANKED, trde_qty_cnd="0100", stex_tp="3"))
    assert least >= 100_000


@pytest.mark.parametrize(
    ("sort", "name", "falling"), [("1", "flu_rt", False), ("2", "pred_pre", False), ("3", "flu_rt", True)]
)
def test_movers_are_in_order(at_two: Exchange, sort: str, name: str, falling: bool) -> None:
    values = [float(value) for value in said(at_two, RANKED, sort_tp=sort).column(name)]
    assert values == sorted(values, reverse=not falling)
    assert all(value < 0 if falling else value > 0 for value in values)
    assert {row["pred_pre"] for row in said(at_two, RANKED, sort_tp="5").rows} <= {"0"}


def test_rankings_are_in_order(at_two: Exchange) -> None:
    orders = {
        ("ka10030", "sort_tp", "1"): "trde_qty",
        ("ka10030", "sort_tp", "2"): "trde_tern_rt",
        ("ka10030", "sort_tp", "3"): "trde_amt",
        ("ka10032", "mrkt_tp", "000"): "trde_prica",
        ("ka10020", "sort_tp", "1"): "netprps_req",
        ("ka10020", "sort_tp", "3"): "buy_rt",
        ("ka10021", "sort_tp", "1"): "sdnin_qty",
        ("ka10021", "sort_tp", "2"): "sdnin_rt",
        ("ka10022", "rt_tp", "1"): "sdnin_rt",
        ("ka10023", "sort_tp", "1"): "sdnin_qty",
        ("ka10023", "sort_tp", "2"): "sdnin_rt",
        ("ka10019", "flu_tp", "1"): "jmp_rt",
        ("ka10031", "qry_tp", "1"): "trde_qty",
        ("ka90001", "flu_pl_amt_tp", "1"): "dt_prft_rt",
        ("ka90001", "flu_pl_amt_tp", "3"): "flu_rt",
    }
    for (tr, field, code), column in orders.items():
        values = [float(value) for value in said(at_two, tr, **{field: code}).column(column)]
        assert len(values) > 10, tr
        assert values == sorted(values, reverse=True), (tr, code)
    for tr, field, code, column in (
        ("ka10019", "flu_tp", "2", "jmp_rt"),
        ("ka10023", "sort_tp", "4", "sdnin_rt"),
        ("ka90001", "flu_pl_amt_tp", "4", "flu_rt"),
    ):
        values = [float(value) for value in said(at_two, tr, **{field: code}).column(column)]
        assert values and values == sorted(values), (tr, code)


def test_ten_minutes_ago_is_what_stood_there_then(at_two: Exchange) -> None:
    then = at_two.now() - timedelta(minutes=10)
    for row in said(at_two, "ka10019", tm_tp="1", tm="10").rows[:10]:
        before = at_two.board.line(row["stk_cd"], then, Venue.KRX)
        assert before is not None
        assert int(row["base_pric"]) == before.quote.price
        assert int(row["cur_prc"].lstrip("+-")) - before.quote.price == int(row["base_pre"])


def test_three_days_ago_is_that_days_close(at_two: Exchange) -> None:
    for row in said(at_two, "ka10019", tm_tp="2", tm="3").rows[:5]:
        days = said(at_two, "ka10081", stk_cd=row["stk_cd"], base_dt="20261120", upd_stkpc_tp="1", most=4).rows
        assert row["base_pric"] == days[3]["cur_prc"]


def test_new_highs_are_above_every_day_before(at_two: Exchange) -> None:
    for row in said(at_two, "ka10016", ntl_tp="1", dt="20").rows[:8]:
        days = said(at_two, "ka10081", stk_cd=row["stk_cd"], base_dt="20261119", upd_stkpc_tp="1", most=20).rows
        assert int(row["high_pric"]) > max(int(day["high_pric"]) for day in days)


def test_near_the_high_is_within_the_rate(at_two: Exchange) -> None:
    rows = said(at_two, "ka10018", high_low_tp="1", alacc_rt="10").rows
    for row in rows:
        price, high = (int(row[name].lstrip("+-")) for name in ("cur_prc", "tdy_high_pric"))
        assert (high - price) * 100 <= high * 1.005
    assert len(said(at_two, "ka10018", high_low_tp="1", alacc_rt="30").rows) > len(rows) > 0


def test_ranks_from_to(at_two: Exchange) -> None:
    whole = said(at_two, "ka10031").column("stk_cd")
    assert said(at_two, "ka10031", rank_strt="11", rank_end="20").column("stk_cd") == whole[10:20]
    for wrong in ({"rank_strt": "a"}, {"rank_end": "101"}, {"rank_strt": "20", "rank_end": "10"}):
        with pytest.raises(Refusal, match="1517"):
            said(at_two, "ka10031", **wrong)


def test_nxt_lists_what_nxt_traded(at_two: Exchange) -> None:
    for row in said(at_two, "ka10032", stex_tp="2").rows[:5]:
        own = said(at_two, "ka10001", stk_cd=f"{row['stk_cd']}_NX").head
        assert (row["cur_prc"], row["now_trde_qty"]) == (own["cur_prc"], own["trde_qty"])
    zero = said(at_two, "ka10032", stex_tp="0").column("stk_cd")
    assert zero == said(at_two, "ka10032", stex_tp="1").column("stk_cd")


def test_themes_by_name_and_by_share(at_two: Exchange) -> None:
    named = said(at_two, "ka90001", qry_tp="1", thema_nm="반도체").column("thema_nm")
    assert named and all("반도체" in name for name in named)
    for row in said(at_two, "ka90001", qry_tp="2", stk_cd="000660").rows:
        members = said(at_two, "ka90002", thema_grp_cd=row["thema_grp_cd"], date_tp="5")
        assert "000660" in members.column("stk_cd")
        assert (members.head["flu_rt"], members.head["dt_prft_rt"]) == (row["flu_rt"], row["dt_prft_rt"])
        assert len(members.rows) == int(row["stk_num"])
        rising = sum(value.startswith("+") for value in members.column("pred_pre"))
        assert rising == int(row["rising_stk_num"])
    with pytest.raises(Refusal, match="1511"):
        said(at_two, "ka90001", qry_tp="2")
    with pytest.raises(Refusal, match="1517"):
        said(at_two, "ka90001", date_tp="100")


def test_shelves_hold_a_shares_volume(at_two: Exchange) -> None:
    rows = said(at_two, "ka10025", prps_cnctr_rt="20", prpscnt="10", cur_prc_entry="1").rows
    assert rows
    for row in rows:
        assert float(row["prps_rt"]) >= 20
        assert int(row["pric_strt"]) <= int(row["cur_prc"].lstrip("+-")) <= int(row["pric_end"])
    for row in said(at_two, "ka10025", prps_cnctr_rt="20", prpscnt="10", cur_prc_entry="0").rows:
        assert not int(row["pric_strt"]) <= int(row["cur_prc"].lstrip("+-")) <= int(row["pric_end"])
