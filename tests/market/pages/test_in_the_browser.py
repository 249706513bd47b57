"""The market in a real browser: from the overview to a ranking to a share; a condition heard live."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.running import Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PHONE = {"width": 390, "height": 844}
PAGES = ("market/", "market/rank/ka10027/", "market/sectors/", "market/flows/ka10059/", "market/conditions/")


@pytest.fixture(scope="module")
def playing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product with the demo market, five times as fast as the day."""
    site = Site(tmp_path_factory.mktemp("market") / "var", "--speed", "5")
    yield site.start()
    site.stop()


@pytest.fixture(scope="module")
def signed_in(playing: Site, browser: Any) -> dict[str, Any]:
    context = browser.new_context(locale="ko-KR")
    page = context.new_page()
    page.goto(playing.way_in())
    page.fill("[name=email]", "minji@example.com")
    for name in ("password", "again"):
        page.fill(f"[name={name}]", "a-long-enough-passphrase")
    page.locator("main form button[type=submit]").click()
    page.get_by_role("link", name="나중에 하기").click(timeout=60_000)
    page.get_by_role("button", name="연습 계좌로 시작").click(timeout=60_000)
    page.wait_for_url(re.compile(r"/a/\w+/"), timeout=60_000)
    kept = {"cookies": context.cookies(), "address": page.url.partition("?")[0]}
    context.close()
    return kept


@pytest.fixture
def seat(page: Any, signed_in: dict[str, Any]) -> Any:
    page.context.add_cookies(signed_in["cookies"])
    page.open = lambda path="": page.goto(signed_in["address"] + path)
    return page


def test_from_the_overview_to_a_ranking_to_a_share(seat: Any) -> None:
    seat.open("market/")
    risers = seat.get_by_role("region", name="상승률 상위")
    expect(risers.locator("tbody tr")).to_have_count(8)
    expect(seat.get_by_role("region", name="코스피", exact=True)).to_contain_text("▲")
    expect(seat.locator(".heatmap li").first).to_be_visible()

    risers.get_by_role("link", name="더 보기").click()
    expect(seat.get_by_role("heading", name="등락률 상위")).to_be_visible()
    seat.get_by_label("시장구분").select_option("101")
    expect(seat).to_have_url(re.compile(r"mrkt_tp=101"))
    expect(seat.locator("#ask-mrkt_tp")).to_have_value("101")

    first = seat.locator("#listing tbody tr").first
    name = first.locator("b").first.inner_text()
    first.get_by_role("link").click()
    expect(seat.get_by_role("heading", name=name, exact=True)).to_be_visible()


def test_a_column_sorts_turns_and_comes_back_also_when_the_list_is_drawn_anew(seat: Any) -> None:
    seat.open("market/rank/ka10032/")
    names = seat.locator("#listing tbody th b")
    came = names.all_inner_texts()
    rate = seat.locator("#listing thead th", has_text="등락률")
    rate.get_by_role("button").click()
    expect(rate).to_have_attribute("aria-sort", "descending")
    falls = rates(seat)
    assert falls == sorted(falls, reverse=True)

    seat.get_by_label("시장구분").select_option("001")
    expect(seat).to_have_url(re.compile(r"mrkt_tp=001"))
    expect(rate).to_have_attribute("aria-sort", "descending")
    assert rates(seat) == sorted(rates(seat), reverse=True)

    rate.get_by_role("button").click()
    expect(rate).to_have_attribute("aria-sort", "ascending")
    rate.get_by_role("button").click()
    expect(rate).not_to_have_attribute("aria-sort", re.compile("."))
    turnover = seat.locator("#listing thead th", has_text="거래대금")
    place = turnover.evaluate("header => header.cellIndex")
    exact = seat.locator(f"#listing tbody tr > :nth-child({place + 1}) span").evaluate_all(
        "all => all.map((each) => Number(each.title.replaceAll(',', '')))"
    )
    assert exact == sorted(exact, reverse=True), "the broker's own order is back"
    assert came


def rates(seat: Any) -> list[float]:
    """등락률 of every row as it stands."""
    place = seat.locator("#listing thead th", has_text="등락률").evaluate("header => header.cellIndex")
    texts = seat.locator(f"#listing tbody tr > :nth-child({place + 1})").all_inner_texts()
    return [float(text.replace("−", "-").rstrip("%")) for text in texts]


def test_a_condition_is_searched_and_heard_live(seat: Any) -> None:
    seat.open("market/conditions/")
    expect(seat.locator("live-state")).to_have_attribute("data-state", "live", timeout=60_000)
    row = seat.locator("#screeners li", has_text="체결강도 110")
    row.get_by_role("button", name="검색").click()
    expect(seat.locator("#found h2")).to_contain_text("체결강도 110")

    row.get_by_role("button", name="실시간 시작").click()
    expect(row).to_contain_text("실시간 등록됨")
    row.get_by_role("button", name="실시간 멈추기").click()
    expect(row).to_contain_text("멈춤")


def test_nothing_runs_off_a_phone(seat: Any) -> None:
    seat.set_viewport_size(PHONE)
    for path in PAGES:
        seat.open(path)
        expect(seat.locator("main")).to_be_visible()
        assert seat.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


def test_a_row_is_marked_by_what_the_team_has_traded(seat: Any, signed_in: dict[str, Any]) -> None:
    """The practice person trades on and the list is read anew: what is compared must be of one moment."""
    for _ in range(8):
        seat.open("market/rank/ka10032/")
        expect(seat.locator("#listing .badge.own").first).to_be_visible()
        rows = seat.evaluate(MARKED)
        told = seat.request.get(signed_in["address"] + "own/").json()
        ours = {*told["held"], *told["traded"]}
        if {symbol for symbol, marked in rows if marked} == {symbol for symbol, _ in rows} & ours:
            return
    raise AssertionError(f"marked otherwise than traded: {rows}, {sorted(ours)}")


#: Each row of the list: its symbol, and whether it is marked.
MARKED = """() => [...document.querySelectorAll("#listing tbody tr")]
  .map(row => [row.dataset.symbol, !!row.querySelector(".badge.own")])"""
