"""PROTOCOL 11, 23-26: pages."""

from typing import Any

import pytest

from kiwoomweb.simulator.paging import Pages, Sheet
from kiwoomweb.simulator.profile import REAL
from kiwoomweb.simulator.refusals import Refusal
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.conftest import Start

LEDGER = {"strt_dt": "20251101", "end_dt": "20261120", "tp": "0", "gds_tp": "0", "dmst_stex_tp": "%"}
NUMBERS = Sheet("list", list(range(25)), lambda number: {"n": str(number)})


@pytest.fixture
def tens() -> Pages:
    return Pages({"ka1": 10}.get)


def numbers(rows: list[dict[str, Any]]) -> list[int]:
    return [int(row["n"]) for row in rows]


@pytest.mark.behaviour(23)
def test_pages_follow_one_another_and_end(tens: Pages) -> None:
    page, seen = tens.first("token", "ka1", "{}", {}, NUMBERS), []
    seen += numbers(page.rows)
    while page.next_key:
        assert len(page.next_key) <= 50
        assert page.next_key.isascii()
        found = tens.following("token", "ka1", "{}", page.next_key)
        assert found is not None
        page = found[1]
        seen += numbers(page.rows)
    assert seen == list(range(25))


@pytest.mark.behaviour(23)
def test_a_full_last_page_announces_no_empty_one(tens: Pages) -> None:
    exactly = Sheet("list", list(range(10)), NUMBERS.write)
    assert tens.first("token", "ka1", "{}", {}, exactly).next_key == ""


def test_a_lost_page_may_be_asked_for_again(tens: Pages) -> None:
    key = tens.first("token", "ka1", "{}", {}, NUMBERS).next_key
    once, again = (tens.following("token", "ka1", "{}", key) for _ in range(2))
    assert once and again
    assert once[1].rows == again[1].rows


@pytest.mark.behaviour(24)
@pytest.mark.parametrize(
    ("token", "tr", "body"), [("other", "ka1", "{}"), ("token", "ka2", "{}"), ("token", "ka1", '{"a": "1"}')]
)
def test_a_key_belongs_to_one_token_tr_and_body(tens: Pages, token: str, tr: str, body: str) -> None:
    key = tens.first("token", "ka1", "{}", {}, NUMBERS).next_key
    with pytest.raises(Refusal) as no:
        tens.following(token, tr, body, key)
    assert no.value.code == "1517"


@pytest.mark.behaviour(24)
def test_a_lenient_host_starts_over(tens: Pages) -> None:
    lenient = Pages({"ka1": 10}.get, foreign_key_is_first=True)
    assert lenient.following("token", "ka1", "{}", "never-heard-of") is None


@pytest.mark.behaviour(23)
def test_headers_carry_the_cursor_and_the_body_does_not(caller: Caller) -> None:
    pages = list(caller.pages("kt00015", **LEDGER))
    assert len(pages) > 2
    for page in pages[:-1]:
        assert page.headers["cont-yn"] == "Y"
        assert 0 < len(page.headers["next-key"]) <= 50
        assert len(page.json()["trst_ovrl_trde_prps_array"]) == 50
    assert pages[-1].headers["cont-yn"] == "N"
    assert pages[-1].headers["next-key"] == ""
    assert not {"cont-yn", "next-key", "cont_yn", "next_key"} & set(pages[0].json())


@pytest.mark.behaviour(23)
def test_rows_of_all_pages_are_the_whole_list(caller: Caller) -> None:
    rows = caller.rows("kt00015", "trst_ovrl_trde_prps_array", **LEDGER)
    keys = [(row["trde_dt"], row["trde_no"]) for row in rows]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.behaviour(24)
def test_changing_the_body_with_an_old_key_is_1517(caller: Caller) -> None:
    key = caller.ask("kt00015", LEDGER).headers["next-key"]
    told = caller.ask("kt00015", {**LEDGER, "tp": "3"}, cont_yn="Y", next_key=key).json()
    assert (told["return_code"], "[1517:" in told["return_msg"]) == (2, True)


@pytest.mark.behaviour(24)
def test_an_order_in_between_shifts_no_page(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh(page_rows={"ka10075": 2}, **generous)
    order = {"dmst_stex_tp": "KRX", "stk_cd": "005930", "ord_qty": "1", "trde_tp": "0"}
    low = caller.said("ka10001", stk_cd="005930")["lst_pric"].lstrip("-")
    numbers = [caller.said("kt10000", ord_uv=low, **order)["ord_no"] for _ in range(4)]
    waiting = {"all_stk_tp": "0", "trde_tp": "0", "stex_tp": "0"}
    first = caller.ask("ka10075", waiting)
    caller.said("kt10000", ord_uv=low, **order)
    second = caller.ask("ka10075", waiting, cont_yn="Y", next_key=first.headers["next-key"])
    seen = [row["ord_no"] for page in (first, second) for row in page.json()["oso"]]
    assert seen == sorted(numbers, reverse=True)


@pytest.mark.behaviour(25)
@pytest.mark.parametrize(
    ("tr", "body", "name", "size"),
    [
        ("ka10079", {"tic_scope": "1"}, "stk_tic_chart_qry", 900),
        ("ka10080", {"tic_scope": "1"}, "stk_min_pole_chart_qry", 900),
        ("ka10081", {"base_dt": "20261120"}, "stk_dt_pole_chart_qry", 600),
        ("ka10082", {"base_dt": "20261120"}, "stk_stk_pole_chart_qry", 300),
        ("ka10083", {"base_dt": "20261120"}, "stk_mth_pole_chart_qry", 240),
    ],
)
def test_chart_pages(caller: Caller, tr: str, body: dict[str, str], name: str, size: int) -> None:
    told = caller.ask(tr, {"stk_cd": "005930", "upd_stkpc_tp": "1", **body})
    rows = told.json()[name]
    assert len(rows) == size if told.headers["cont-yn"] == "Y" else 0 < len(rows) <= size
    if tr in {"ka10079", "ka10080"}:
        assert told.headers["cont-yn"] == "Y"


@pytest.mark.behaviour(25)
def test_page_sizes_of_the_guide() -> None:
    sizes = {tr: REAL.page_rows[tr] for tr in ("ka10079", "ka10080", "ka10081", "ka10082", "ka10083")}
    assert sizes == {"ka10079": 900, "ka10080": 900, "ka10081": 600, "ka10082": 300, "ka10083": 240}


@pytest.mark.behaviour(26)
def test_the_cash_ledger_is_oldest_first_unless_asked(caller: Caller) -> None:
    default = caller.rows("kt00015", "trst_ovrl_trde_prps_array", **LEDGER)
    newest = caller.rows("kt00015", "trst_ovrl_trde_prps_array", **LEDGER, qry_sort_tp="1")
    assert default == newest[::-1]
    assert default[0]["trde_dt"] < default[-1]["trde_dt"]


@pytest.mark.behaviour(26)
def test_charts_are_newest_first(caller: Caller) -> None:
    rows = caller.said("ka10081", stk_cd="005930", base_dt="20261120", upd_stkpc_tp="1")[
        "stk_dt_pole_chart_qry"
    ]
    days = [row["dt"] for row in rows]
    assert days == sorted(days, reverse=True)
    assert days[0] == "20261120"


def test_later_chart_pages_go_on_where_the_first_ended(caller: Caller) -> None:
    body = {"stk_cd": "005930", "tic_scope": "1", "upd_stkpc_tp": "1"}
    first = caller.ask("ka10080", body)
    second = caller.ask("ka10080", body, cont_yn="Y", next_key=first.headers["next-key"])
    times = [row["cntr_tm"] for page in (first, second) for row in page.json()["stk_min_pole_chart_qry"]]
    assert times == sorted(set(times), reverse=True)
