"""통계: who may see it, what it shows of hand-made trades, and that every card opens formula and rows."""

import re

import pytest
from django.utils.html import escape

from portfolio.analytics.definitions import DEFINITIONS, EVERY
from portfolio.presenting.stats.groups import PARTS
from portfolio.presenting.stats.words import SAID
from tests.portfolio.stats.making import trades

PAGES = ["", *(f"{part.key}/" for part in PARTS), "rows/win_rate/", "group/weekday/?group=mon"]


def opened(person, account, path: str = "") -> str:
    answer = person.get(f"/a/{account.code}/stats/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def traded(account):
    """Two won and one lost, one still open."""
    trades(
        account,
        "0 09:05-09:35 005930 10@10000-11000",
        "1 09:05-09:35 000660 10@20000-19000",
        "2 09:05-09:35 005930 10@10000-10500",
        "3 09:05 035420 5@40000",
    )
    return account


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_finds_no_such_page(stranger, traded, path):
    assert stranger.get(f"/a/{traded.code}/stats/{path}").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_visitor_signs_in_first(visitor, traded, path):
    assert visitor.get(f"/a/{traded.code}/stats/{path}").status_code == 302


@pytest.mark.parametrize("path", PAGES)
def test_a_viewer_reads_every_page(viewer, traded, path):
    opened(viewer, traded, path)


@pytest.mark.parametrize("path", [path for path in PAGES[:-2] if path != "conditions/"])
def test_without_trades_every_page_says_how_there_will_be_some(viewer, account, path):
    assert "아직 끝난 거래가 없습니다" in opened(viewer, account, path)


def test_there_is_no_such_part_and_no_such_figure(viewer, traded):
    assert viewer.get(f"/a/{traded.code}/stats/horoscope/").status_code == 404
    assert viewer.get(f"/a/{traded.code}/stats/rows/horoscope/").status_code == 404


def test_every_figure_has_plain_words():
    assert sorted(SAID) == sorted(EVERY)


@pytest.mark.parametrize("part", [part for part in PARTS if part.section], ids=lambda part: part.key)
def test_every_card_opens_its_formula_and_its_rows(viewer, traded, part):
    page = opened(viewer, traded, f"{part.key}/?now=1")
    keys = [key for key, each in DEFINITIONS.items() if each.source == part.section]
    assert keys
    for key in keys:
        card = re.search(rf'<details[^>]* id="m-{key}">.*?</details>', page, re.DOTALL)
        assert card, key
        assert escape(DEFINITIONS[key].formula) in card[0]
        assert str(SAID[key].caution)[:20] in card[0]
        address = re.search(r'href="([^"]*stats/rows/[^"]*)"', card[0])
        assert viewer.get(address[1].replace("&amp;", "&")).status_code == 200


def test_a_small_sample_is_grey_and_says_how_small(viewer, traded):
    page = opened(viewer, traded)
    assert "표본 부족 (3/20)" in page


def test_open_trades_are_counted_out_loud(viewer, traded):
    page = opened(viewer, traded)
    assert "끝난 거래 3건" in page
    assert "보유 중 1건은 통계에 넣지 않습니다" in page
