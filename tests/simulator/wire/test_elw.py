"""Warrants on the wire: the ELW TRs, their filters, and quotes that agree with them."""

from decimal import Decimal

import pytest

from kiwoomweb.broker.catalogue import find
from kiwoomweb.simulator.serve import Running
from tests.simulator.wire.caller import Caller

ALL = "000000000000"
FILTERS = {"isscomp_cd": ALL, "bsis_aset_cd": ALL, "rght_tp": "000", "lpcd": ALL}
SEARCH = {**FILTERS, "rght_tp": "0", "sort_tp": "0"}
JUMPS = {**FILTERS, "flu_tp": "1", "tm_tp": "2", "tm": "1", "trde_qty_tp": "0", "trde_end_elwskip": "1"}
MEMBERS = {"isscomp_cd": "003", "trde_qty_tp": "0", "trde_tp": "1", "dt": "5", "trde_end_elwskip": "1"}
RANKS = {"sort_tp": "1", "rght_tp": "000", "trde_end_skip": "1"}
#: TR -> its list, a whole body without the code, and fields that may be blank (the replies say why).
LISTS: dict[str, tuple[str, dict[str, str], set[str]]] = {
    "ka30001": ("elwpric_jmpflu", JUMPS, set()),
    "ka30002": ("trde_ori_elwnettrde_upper", MEMBERS, set()),
    "ka30004": ("elwdispty_rt", {**FILTERS, "trde_end_elwskip": "1"}, {"dispty_rt"}),
    "ka30005": (
        "elwcnd_qry",
        SEARCH,
        {
            "lpmmcm_nm_1",
            "lpmmcm_nm_2",
            "xraymont_cntr_qty_arng_trde_tp",
            "xraymont_cntr_qty_profa_100tp",
            "innr_vltl",
            "cfp",
            "dispty_rt",
        },
    ),
    "ka30009": ("elwflu_rt_rank", RANKS, set()),
    "ka30010": ("elwreq_rank", RANKS, set()),
}
OF_ONE = {
    "ka10048": ("elwdaly_snst_ix", "stk_cd", {"iv"}),
    "ka10050": ("elwsnst_ix_array", "stk_cd", {"iv"}),
    "ka30003": ("elwlpposs_daly_trnsn", "bsis_aset_cd", set()),
    "ka30011": ("elwalacc_rt", "stk_cd", set()),
}


@pytest.fixture(scope="module", autouse=True)
def _priced(year: Running) -> None:
    """The first question prices every warrant of the year on every underlying: nobody should time out on it."""
    first = Caller(year)
    first.http.timeout = 60
    first.said("ka30005", **SEARCH)
    first.close()


@pytest.fixture
def board(caller: Caller) -> list[dict[str, str]]:
    """Every live warrant as ka30005 tells it."""
    rows: list[dict[str, str]] = caller.rows("ka30005", "elwcnd_qry", **SEARCH)
    return rows


@pytest.fixture
def one(board: list[dict[str, str]]) -> dict[str, str]:
    """A warrant near the money."""
    return min(board, key=lambda row: abs(Decimal(row["prty"]) - 100))


def whole(caller: Caller, tr: str, body: dict[str, str], name: str, blank: set[str]) -> None:
    told, spec = caller.said(tr, **body), find(tr)
    assert set(told) == {field.name for field in spec.response} | {"return_code", "return_msg"}
    fields = next(part.fields for part in spec.lists if part.name == name)
    assert told[name]
    for row in told[name]:
        assert list(row) == [field.name for field in fields]
        assert {field for field, value in row.items() if value == ""} <= blank


@pytest.mark.parametrize("tr", LISTS)
def test_every_field_of_a_list_is_there_and_filled(caller: Caller, tr: str) -> None:
    name, body, blank = LISTS[tr]
    whole(caller, tr, body, name, blank)


@pytest.mark.parametrize("tr", OF_ONE)
def test_every_field_about_one_warrant_is_there_and_filled(
    caller: Caller, one: dict[str, str], tr: str
) -> None:
    name, field, blank = OF_ONE[tr]
    dated = {"base_dt": "20991231"} if tr == "ka30003" else {}
    whole(caller, tr, {field: one["stk_cd"], **dated}, name, blank)


def test_the_terms_leave_blank_only_what_a_plain_warrant_lacks(caller: Caller, one: dict[str, str]) -> None:
    told = caller.said("ka30012", stk_cd=one["stk_cd"])
    assert set(told) == {field.name for field in find("ka30012").response} | {"return_code", "return_msg"}
    blank = {name for name, value in told.items() if value == ""}
    assert blank == {
        *(
            "lpmmcm_nm_1",
            "lpmmcm_nm_2",
            "elwcmpn_rt",
            "kobarr",
            "elwexpr_evlt_pric",
            "evlt_pric",
            "dcsn_pay_amt",
        ),
        *(f"bsis_aset_{n}" for n in range(2, 6)),
        *(f"bsis_aset_comp_rt_{n}" for n in range(2, 6)),
        *("all_hgst_pric", "all_lwst_pric", "imaf_hgst_pric", "imaf_lwst_pric"),
        *("sndhalf_mrkt_hgst_pric", "sndhalf_mrkt_lwst_pric"),
    }


def test_one_warrant_is_the_same_in_every_tr(caller: Caller, one: dict[str, str]) -> None:
    code, price = one["stk_cd"], one["cur_prc"].lstrip("+-")
    terms = caller.said("ka30012", stk_cd=code)
    minute = caller.said("ka10050", stk_cd=code)["elwsnst_ix_array"][0]
    daily = caller.said("ka10048", stk_cd=code)["elwdaly_snst_ix"][0]
    quote = caller.said("ka10001", stk_cd=code)
    many = caller.said("ka10095", stk_cd=code)["atn_stk_infr"][0]
    stock = caller.said("ka30003", bsis_aset_cd=code, base_dt="20991231")["elwlpposs_daly_trnsn"][0]
    day = caller.said("ka10081", stk_cd=code, base_dt="20991231", upd_stkpc_tp="1")["stk_dt_pole_chart_qry"][0]
    for other in (terms, quote, many, stock, minute, day):
        assert other["cur_prc"].lstrip("+-") == price
    assert one["trde_qty"] == quote["trde_qty"] == stock["trde_qty"] == day["trde_qty"]
    assert int(terms["elwtheory_pric"]) == int(minute["elwtheory_pric"])
    assert Decimal(one["theory_pric"]) * 100 == int(terms["elwtheory_pric"])
    assert one["innr_vltl"] == terms["elwinnr_vltl"] == many["innr_vltl"]
    assert Decimal(one["innr_vltl"]) * 100 == int(daily["iv"]) == int(minute["iv"])
    assert one["delta"] == daily["delta"] == minute["delta"] == many["delta"]
    assert (terms["lprmnd_qty"], terms["lpposs_rt"]) == (stock["lprmnd_qty"], one["lpposs_rt"])
    assert (one["prty"], one["gear_rt"]) == (terms["elwprty"], terms["elwgear"]) == (many["prty"], many["gear"])
    gap = (Decimal(price) / Decimal(one["theory_pric"]) - 1) * 100
    assert abs(gap - Decimal(one["dispty_rt"])) < Decimal("0.1")
    assert caller.said("ka10100", stk_cd=code)["name"] == one["stk_nm"] == quote["stk_nm"]
    book = caller.said("ka10004", stk_cd=code)
    assert (book["sel_fpr_bid"], book["buy_fpr_bid"]) == (one["sel_bid"], one["buy_bid"])


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"rght_tp": "1"}, lambda row: row["rght_tp"] == "CALL"),
        ({"rght_tp": "2"}, lambda row: row["rght_tp"] == "PUT"),
        ({"rght_tp": "6"}, lambda row: False),
        ({"bsis_aset_cd": "005930"}, lambda row: row["base_aset_nm"] == "삼성전자"),
        ({"bsis_aset_cd": "201"}, lambda row: row["base_aset_nm"] == "KOSPI200"),
        ({"bsis_aset_cd": "000660"}, lambda row: row["base_aset_nm"] == "SK하이닉스"),
        ({"isscomp_cd": "17"}, lambda row: row["isscomp_nm"] == "KB증권"),
        ({"isscomp_cd": "000000000003"}, lambda row: row["isscomp_nm"] == "한국투자증권"),
        ({"lpcd": "6"}, lambda row: row["lpmmcm_nm"] == "신영증권"),
    ],
)
def test_the_search_is_filtered(caller: Caller, board, asked, holds) -> None:
    found = caller.rows("ka30005", "elwcnd_qry", **{**SEARCH, **asked})
    assert {row["stk_cd"] for row in found} == {row["stk_cd"] for row in board if holds(row)}


@pytest.mark.parametrize(
    ("sort", "field", "falling"),
    [
        ("1", "flu_rt", True),
        ("2", "pred_pre", True),
        ("3", "flu_rt", False),
        ("4", "pred_pre", False),
        ("5", "trde_qty", True),
        ("6", "trde_prica", True),
        ("7", "srvive_dys", False),
    ],
)
def test_the_search_is_sorted(caller: Caller, sort: str, field: str, falling: bool) -> None:
    rows = caller.rows("ka30005", "elwcnd_qry", **{**SEARCH, "sort_tp": sort})
    values = [Decimal(row[field]) for row in rows]
    assert values == sorted(values, reverse=falling)


def test_ended_warrants_are_left_out_on_wish(caller: Caller) -> None:
    body = {**FILTERS, "trde_end_elwskip": "0"}
    every = caller.rows("ka30004", "elwdispty_rt", **body)
    live = caller.rows("ka30004", "elwdispty_rt", **{**body, "trde_end_elwskip": "1"})
    assert {row["stk_cd"] for row in live} < {row["stk_cd"] for row in every}


def test_jumps_rise_or_fall_and_trade_enough(caller: Caller) -> None:
    for way, sign in (("1", 1), ("2", -1)):
        rows = caller.rows("ka30001", "elwpric_jmpflu", **{**JUMPS, "flu_tp": way, "trde_qty_tp": "10"})
        rates = [sign * Decimal(row["jmp_rt"]) for row in rows]
        assert rates == sorted(rates, reverse=True)
        assert all(rate > 0 for rate in rates)
        assert all(int(row["trde_qty"]) >= 10_000 for row in rows)
        for row in rows:
            moved = int(row["cur_prc"].lstrip("+-")) - int(row["trde_end_elwbase_pric"])
            assert moved == int(row["base_pre"])


def test_changes_and_books_are_ranked(caller: Caller) -> None:
    for sort, field, sign in (
        ("1", "flu_rt", 1),
        ("2", "pred_pre", 1),
        ("3", "flu_rt", -1),
        ("4", "pred_pre", -1),
    ):
        rows = caller.rows("ka30009", "elwflu_rt_rank", **{**RANKS, "sort_tp": sort})
        values = [sign * Decimal(row[field]) for row in rows]
        assert values == sorted(values, reverse=True)
        assert values[-1] > 0
        assert [row["rank"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    for sort, sign in (("1", 1), ("2", -1)):
        rows = caller.rows("ka30010", "elwreq_rank", **{**RANKS, "sort_tp": sort})
        nets = [sign * int(row["netprps_req"]) for row in rows]
        assert nets == sorted(nets, reverse=True)
        assert all(int(row["netprps_req"]) == int(row["buy_req"]) - int(row["sel_req"]) for row in rows)


def test_a_firms_net_trades_are_what_it_bought_less_what_it_sold(caller: Caller) -> None:
    for way, sign in (("1", 1), ("2", -1)):
        rows = caller.rows("ka30002", "trde_ori_elwnettrde_upper", **{**MEMBERS, "trde_tp": way})
        nets = [sign * int(row["netprps"]) for row in rows]
        assert nets == sorted(nets, reverse=True)
        assert nets[-1] > 0
        for row in rows:
            assert int(row["netprps"]) == int(row["buy_trde_qty"]) - int(row["sel_trde_qty"])
            assert int(row["buy_trde_qty"]) + int(row["sel_trde_qty"]) <= 2 * int(row["trde_qty"])
    large = caller.rows("ka30002", "trde_ori_elwnettrde_upper", **{**MEMBERS, "trde_qty_tp": "1000"})
    assert all(int(row["trde_qty"]) >= 1_000_000 for row in large)


def test_the_providers_stock_of_an_underlying_is_that_of_its_warrants(caller: Caller, board) -> None:
    rows = caller.rows("ka30003", "elwlpposs_daly_trnsn", bsis_aset_cd="005930", base_dt="20991231")
    codes = [row["stk_cd"] for row in board if row["base_aset_nm"] == "삼성전자"]
    each = [
        caller.said("ka30003", bsis_aset_cd=code, base_dt="20991231")["elwlpposs_daly_trnsn"][0]
        for code in codes
    ]
    assert int(rows[0]["lprmnd_qty"]) == sum(int(row["lprmnd_qty"]) for row in each)
    price = caller.said("ka10001", stk_cd="005930")
    assert rows[0]["dt"] == each[0]["dt"]
    assert int(price["cur_prc"].lstrip("+-")) > 0


def test_a_code_that_is_no_warrant_answers_nothing(caller: Caller) -> None:
    assert caller.said("ka30012", stk_cd="005930")["elwexec_pric"] == ""
    assert caller.said("ka10048", stk_cd="570000")["elwdaly_snst_ix"] == []
    assert caller.said("ka30003", bsis_aset_cd="570000", base_dt="20991231")["elwlpposs_daly_trnsn"] == []
    assert caller.refusal("ka30012", stk_cd="A57000")[0] == 5
    assert caller.refusal("ka30005", **{**SEARCH, "sort_tp": "9"})[0] == 2


def test_a_warrant_can_be_watched_but_not_bought_without_registration(caller: Caller, one) -> None:
    order = {"dmst_stex_tp": "KRX", "ord_qty": "10", "ord_uv": "", "trde_tp": "3"}
    assert "509247" in caller.refusal("kt10000", stk_cd=one["stk_cd"], **order)[1]
    assert "1902" in caller.refusal("kt10000", stk_cd="999998", **order)[1]
    listed = caller.said("ka10099", mrkt_tp="3")["list"]
    assert one["stk_cd"] in {row["code"] for row in listed}
