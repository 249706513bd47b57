"""An index agrees with its shares, its charts and the list of all indices."""

from collections import Counter
from typing import Any

import pytest

from kiwoomweb.broker import catalogue
from kiwoomweb.broker.reading import read
from kiwoomweb.broker.wire import numbers
from kiwoomweb.simulator.exchange import Exchange
from tests.simulator.boards.asking import at, body_of, said


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


def test_a_chart_of_an_index_reads_as_its_board(in_the_evening: Exchange) -> None:
    """Levels, changes and shares come out the same, whatever the unit on the wire."""
    board = _read(in_the_evening, "ka20001", inds_cd="101")
    for tr in ("ka20004", "ka20005", "ka20006", "ka20007", "ka20008", "ka20019"):
        newest = _read(in_the_evening, tr, inds_cd="101", **({"tic_scope": "1"} if tr < "ka20006" else {}))
        assert newest["cur_prc"] == board["cur_prc"]
        assert newest.get("pred_pre", board["pred_pre"]) == board["pred_pre"]
        if tr in {"ka20005", "ka20006"}:
            assert newest["acc_trde_qty" if tr == "ka20005" else "trde_qty"] == board["trde_qty"]
        assert newest.get("trde_prica", board["trde_prica"]) >= board["trde_prica"]


def _read(exchange: Exchange, tr: str, **body: str) -> dict[str, Any]:
    """Typed values of the flat part, or of the newest row where there is one of a chart."""
    told, about = said(exchange, tr, most=1, **body), catalogue.find(tr)
    found = read(about, {**told.head, about.lists[0].name: told.rows}, {**body_of(tr), **body})
    table = found.tables[0]
    head = {column.name: cell.value for column, cell in found.fields}
    return head | {column.name: cell.value for column, cell in zip(table.columns, table.rows[0], strict=True)}
