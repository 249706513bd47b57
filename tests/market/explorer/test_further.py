"""Further pages and files: the browser holds a signed ticket, and can do nothing with another."""

import csv
import io
import json
import zipfile

import httpx
import pytest
from django.core import signing

from market.explorer.ticket import SALT, Ticket, redeem
from tests.market.explorer.test_asking import CHART, bars, text, ticket
from tests.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ring")]


@pytest.fixture
def two_pages(broker):
    """A list of two pages: 71,000 on the first, 70,000 on the second."""

    def answer(request):
        further = request.headers.get("cont-yn") == "Y"
        if further and request.headers["next-key"] != "behind-the-first":
            return httpx.Response(200, json={"return_code": 2, "return_msg": "[1517:next-key]"})
        rows = bars({"cur_prc": "70000", "dt": "20261118"} if further else {"cur_prc": "71000"})
        more = {} if further else {"cont-yn": "Y", "next-key": "behind-the-first"}
        return httpx.Response(200, json=rows, headers=more)

    broker.answers["ka10081"] = answer
    return broker


@pytest.fixture
def first(trader, address, two_pages):
    return text(trader.post(f"{address}ka10081/", CHART))


def test_the_next_page_comes_below_the_first(trader, address, first, two_pages):
    assert "다음 1행 이어 받기" in first
    page = text(trader.post(f"{address}ka10081/more/", {"ticket": ticket(first)}))
    assert "71,000" in page
    assert "70,000" in page
    assert "2쪽 받음" in page
    assert "이어 받기" not in page
    assert two_pages.asked[-1].headers["next-key"] == "behind-the-first"


def test_a_cursor_the_broker_no_longer_knows_is_told_and_the_first_page_stays(trader, address, first, broker):
    broker.answers["ka10081"] = {"return_code": 2, "return_msg": "입력 값 오류입니다[1517:next-key]"}
    page = text(trader.post(f"{address}ka10081/more/", {"ticket": ticket(first)}))
    assert "1517" in page
    assert "71,000" in page


@pytest.mark.parametrize("forged", ["", "nonsense", "of another salt"])
def test_a_ticket_of_one_s_own_making_asks_nothing(trader, address, first, two_pages, forged):
    if forged == "of another salt":
        forged = signing.dumps({"next_key": "mine"}, salt="another")
    before = len(two_pages.asked)
    page = trader.post(f"{address}ka10081/more/", {"ticket": forged})
    assert page.status_code == 422
    assert "다시 조회하세요" in text(page)
    assert len(two_pages.asked) == before
    assert trader.post(f"{address}ka10081/file.xlsx", {"ticket": forged}).status_code == 404


def test_a_ticket_serves_its_person_account_and_tr_alone(trader, team, address, first, live_account):
    ours = ticket(first)
    colleague = make_person("Dana", team)
    assert colleague.post(f"{address}ka10081/more/", {"ticket": ours}).status_code == 422
    assert trader.post(f"{address}ka10080/more/", {"ticket": ours}).status_code == 422
    assert trader.post(f"/a/{live_account.code}/tr/ka10081/more/", {"ticket": ours}).status_code == 422


def test_a_ticket_ends(monkeypatch):
    kept = str(Ticket(1, "abc", "ka10081", {}, (1,), "key"))
    assert redeem(kept, user=1, account="abc", tr="ka10081").replies == (1,)
    monkeypatch.setattr("market.explorer.ticket.LASTS", -1)
    assert redeem(kept, user=1, account="abc", tr="ka10081") is None


def test_a_ticket_whose_words_were_changed_is_none():
    kept = signing.dumps({"user": 1}, salt=SALT)
    assert redeem(kept[:-2] + "xx", user=1, account="abc", tr="ka10081") is None


def test_csv_holds_all_pages_as_plain_figures(trader, address, first):
    both = text(trader.post(f"{address}ka10081/more/", {"ticket": ticket(first)}))
    file = trader.post(f"{address}ka10081/file.csv", {"ticket": ticket(both), "table": "stk_dt_pole_chart_qry"})
    assert file["Content-Type"].startswith("text/csv")
    assert "ka10081" in file["Content-Disposition"]
    assert file.content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(file.content.decode("utf-8-sig")))
    prices = [row[next(n for n, name in enumerate(head) if "cur_prc" in name)] for row in rows]
    assert prices == ["71000", "70000"]


def test_what_looks_like_a_formula_stays_text(trader, address, broker):
    broker.answers["ka10099"] = {
        "list": [{"code": "005930", "name": '=HYPERLINK("http://x")', "state": "@SUM(1)"}],
        "return_code": 0,
        "return_msg": "",
    }
    page = text(trader.post(f"{address}ka10099/", {"mrkt_tp": "0"}))
    file = trader.post(f"{address}ka10099/file.csv", {"ticket": ticket(page), "table": "list"})
    line = file.content.decode("utf-8-sig")
    assert "'=HYPERLINK" in line
    assert "'@SUM(1)" in line
    book = trader.post(f"{address}ka10099/file.xlsx", {"ticket": ticket(page)}).content
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
    assert not any("<f>" in sheet for sheet in sheets)
    assert any("=HYPERLINK" in sheet for sheet in sheets)


def test_json_is_what_came_whole(trader, address, first):
    both = text(trader.post(f"{address}ka10081/more/", {"ticket": ticket(first)}))
    file = trader.post(f"{address}ka10081/file.json", {"ticket": ticket(both)})
    assert [row["cur_prc"] for row in json.loads(file.content)["stk_dt_pole_chart_qry"]] == ["71000", "70000"]


def test_there_is_no_file_of_a_list_that_is_not_there(trader, address, first):
    assert trader.post(f"{address}ka10081/file.csv", {"ticket": ticket(first), "table": "x"}).status_code == 404
