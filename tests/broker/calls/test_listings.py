"""Market lists: a person picks one, changes what may be changed, and sees named rows with typed figures."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from kiwoomweb.broker.calls.listing_ids import CHAPTERS
from kiwoomweb.broker.calls.listings import LISTINGS, listed
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.errors import BrokerDown
from kiwoomweb.broker.reading import Cell, question_problems
from kiwoomweb.broker.reading.usual import usual_question
from tests.broker.stage import said

RISER = {
    "stk_cls": "0",
    "stk_cd": "005930_AL",
    "stk_nm": "삼성전자",
    "cur_prc": "+74800",
    "pred_pre_sig": "1",
    "pred_pre": "+17200",
    "flu_rt": "+29.86",
    "sel_req": "207",
    "buy_req": "3820638",
    "now_trde_qty": "446203",
    "cntr_str": "346.54",
    "cnt": "4",
}


def test_a_row_has_what_every_page_shows_and_its_own_figures(broker, stage):
    stage["ka10027"] = {"pred_pre_flu_rt_upper": [RISER]}
    page = listed(broker, "ka10027", {"mrkt_tp": "101"})
    (row,) = page.rows
    assert (row.symbol, row.name) == ("005930", "삼성전자")
    assert (row.price, row.change, row.change_rate, row.volume) == (74800, 17200, Decimal("29.86"), 446203)
    assert [column.name for column in page.columns] == ["stk_cls", "sel_req", "buy_req", "cntr_str", "cnt"]
    assert row.figures[2] == Cell("3820638", 3820638)
    assert stage.bodies("ka10027")[0]["mrkt_tp"] == "101"


def test_a_period_ends_today_unless_a_person_says_otherwise(broker, stage):
    stage["ka10014"] = {"shrts_trnsn": []}
    broker.skew = datetime(2026, 11, 20, 3, tzinfo=UTC) - datetime.now(UTC)
    listed(broker, "ka10014", {"strt_dt": "20261101", "end_dt": " "})
    (body,) = stage.bodies("ka10014")
    assert (body["strt_dt"], body["end_dt"]) == ("20261101", "20261120")


def test_a_row_about_a_sector_has_no_price_in_won(broker, stage):
    sector = {
        "stk_cd": "013",
        "stk_nm": "전기전자",
        "cur_prc": "-2390.54",
        "pred_pre": "-4.1",
        "flu_rt": "-0.2",
    }
    stage["ka20003"] = {"all_inds_idex": [sector]}
    page = listed(broker, "ka20003")
    assert (page.rows[0].symbol, page.rows[0].price, page.rows[0].change_rate) == ("013", None, Decimal("-0.2"))
    assert page.columns[0].name == "cur_prc"
    assert page.rows[0].figures[0].value == Decimal("2390.54")
    assert not page.problems


def test_a_figure_that_cannot_be_read_leaves_the_rest_of_the_page(broker, stage):
    stage["ka10027"] = {"pred_pre_flu_rt_upper": [RISER | {"cur_prc": "?"}, RISER]}
    page = listed(broker, "ka10027")
    assert [row.price for row in page.rows] == [None, 74800]
    assert page.problems == ("pred_pre_flu_rt_upper[0].cur_prc: 숫자가 아닙니다: '?'",)


def test_one_page_is_asked_for_unless_more_are_wanted(broker, stage):
    first, second = (
        said({"pred_pre_flu_rt_upper": [RISER | {"stk_cd": code}]}, next_key=key)
        for code, key in (("000001", "k"), ("000002", ""))
    )
    stage["ka10027"] = [first, second]
    assert len(listed(broker, "ka10027", most=None).rows) == 2


def test_a_row_of_blanks_is_no_row(broker, stage):
    stage["ka10027"] = {"pred_pre_flu_rt_upper": [dict.fromkeys(RISER, "")]}
    assert listed(broker, "ka10027").rows == ()


def test_what_keeps_the_answer_away_is_raised(broker, stage):
    stage["ka10027"] = said({}, status=503)
    with pytest.raises(BrokerDown):
        listed(broker, "ka10027")


def test_a_tr_that_is_no_list_is_no_listing(broker):
    with pytest.raises(KeyError):
        listed(broker, "kt10000")


@pytest.mark.parametrize("tr_id", LISTINGS)
def test_every_listing_is_one_the_catalogue_knows(tr_id):
    listing, tr = LISTINGS[tr_id], find(tr_id)
    (table,) = tr.lists
    assert listing.list_name == table.name
    assert set(listing.columns) <= {field.name for field in table.fields}
    assert set(listing.choices) <= {field.name for field in tr.request}
    assert not question_problems(tr, usual_question(tr, datetime(2026, 11, 20, tzinfo=UTC).date()))


def test_every_chapter_of_the_market_is_there():
    chapters = {
        "종목정보",
        "시세",
        "순위정보",
        "업종",
        "테마",
        "공매도",
        "대차거래",
        "기관/외국인",
        "ETF",
        "ELW",
    }
    assert chapters <= set(CHAPTERS)
