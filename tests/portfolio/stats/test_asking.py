"""What the address asks beside the filter: what counts as even, and what is imagined."""

import re

import pytest

from kiwoomweb.ui.amounts import won_in
from tests.portfolio.stats.making import trades
from tests.portfolio.stats.test_pages import opened


@pytest.fixture
def traded(account):
    """+9,000 or so, −11,000 or so, and +900 or so, a thousand less than nothing after costs of its own."""
    trades(
        account,
        "0 09:05-09:35 005930 10@10000-11000",
        "1 09:05-09:35 000660 10@20000-19000",
        "2 09:05-09:35 035420 10@10000-10130",
    )
    return account


@pytest.mark.parametrize(
    ("said", "won"),
    [
        ("5000", 5_000),
        ("5,000원", 5_000),
        ("1만", 10_000),
        ("1.5만 원", 15_000),
        ("1.5억", 150_000_000),
        ("", None),
        ("1,00", None),
        ("0.5", None),
        ("-3", None),
        ("<b>", None),
    ],
)
def test_an_amount_is_read_as_people_type_it(said, won):
    assert won_in(said) == won


def test_a_range_of_ones_own_makes_small_results_even(viewer, traded):
    """Without it two won and one lost; ±2,000 makes the smallest even: 1 of 3, and 1 of 2 that were decided."""

    def rates(page):
        card = r'id="m-(win_rate|decisive_win_rate)".*?class="figure">(?:<[^>]*>)*([^<]*)'
        return dict(re.findall(card, page, re.DOTALL))

    assert rates(opened(viewer, traded)) == {"win_rate": "66.7 %", "decisive_win_rate": "66.7 %"}
    page = opened(viewer, traded, "?even=2,000")
    assert rates(page) == {"win_rate": "33.3 %", "decisive_win_rate": "50.0 %"}
    assert "±2,000원과 그 거래의 비용 가운데 큰 쪽" in page
    assert "rows/win_rate/?even=2000" in page
    assert "when/?even=2000" in page


def test_a_range_nobody_can_use_is_said_and_counts_as_none(viewer, traded):
    page = opened(viewer, traded, "?even=abc<b>")

    assert "본전 범위 ‘abc&lt;b&gt;’은(는) 쓸 수 없어" in page
    assert "그 거래의 비용 안" in page


def test_moving_a_slider_asks_for_the_answer_alone_and_leaves_a_clean_address(viewer, traded):
    asks = {"HX-Request": "true", "HX-Target": "answer"}
    answer = viewer.get(f"/a/{traded.code}/stats/whatif/?stop=&half=3&no_weekday=tue&even=", headers=asks)

    page = answer.content.decode()
    assert answer["HX-Replace-Url"] == f"/a/{traded.code}/stats/whatif/?half=3&no_weekday=tue"
    assert page.strip().startswith('<div class="stack answer" id="answer"')
    assert "1건을 빼고" in page
    assert "바뀌는 매매가 너무 적어 말할 수 없습니다" in page
    assert 'id="whatif"' not in page, "the sliders stay where they are"
    assert 'id="scope" hx-swap-oob="true"' in page
    assert "basis=gross" in page
    assert 'name="no_weekday" value="tue"' in page, "the box of the even range sends it along"


def test_the_whole_page_shows_what_the_address_imagines(viewer, traded):
    page = opened(viewer, traded, "whatif/?stop=2.5&no_weekday=tue")

    assert re.search(r'type="range"[^>]*max="15"[^>]*value="2.5"', page)
    assert re.search(r'name="no_weekday" value="tue" checked', page)
    assert "판정" in page
