"""What only a browser can tell: looks, keys, figures, the content policy, and that nothing runs off a phone.

The ``page`` fixture fails a test whose page threw an error, broke the content policy or left this machine.
"""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CASES = json.loads(Path(__file__).with_name("figures.json").read_text())
LOTS = json.loads((Path(__file__).parents[1] / "portfolio/analytics/money/liquidation.json").read_text())
PAGES = [
    "",
    "journal/",
    "journal/{day}/",
    "notes/{day}.review/",
    "search/notes/?q=%EB%88%8C%EB%A6%BC",
    "outlines/",
    "pnl/?period=all",
    "pnl/?by=symbol",
    "/settings/",
    "/connect/",
    "/nothing/",
]
PHONE = {"width": 390, "height": 844}


def address(path: str, account) -> str:
    return path.format(day=account.today)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_browser_writes_figures_as_the_table_says(desk, language):
    desk.open("/settings/")

    written = desk.evaluate(
        """async ([cases, language]) => {
            document.documentElement.lang = language
            const format = await import("#lib/format")
            return cases.map(({as, value}) => format[as](value))
        }""",
        [CASES, language],
    )

    assert written == [case.get(language, case["ko"]) for case in CASES]


def test_the_browser_liquidates_to_the_won_as_the_server_does(desk):
    desk.open("/settings/")

    worths = desk.evaluate(
        """async (cases) => {
            const { liquidate } = await import("#lib/worth")
            return cases.map(({terms, price}) => liquidate(terms, price))
        }""",
        LOTS,
    )

    assert worths == [case["worth"] for case in LOTS]


def barriers(desk) -> list[tuple[str, list[str]]]:
    """What axe finds in somebody's way: the rule, and the first elements that break it."""
    found = Axe().run(desk).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nobody_is_shut_out_of_any_page(desk, full_account, theme):
    desk.emulate_media(color_scheme=theme)

    found = {path: barriers(desk.open(address(path, full_account))) for path in PAGES}

    assert found == {path: [] for path in PAGES}


def test_nothing_runs_off_a_phone_and_nobody_is_shut_out_of_it(desk, full_account):
    desk.set_viewport_size(PHONE)

    for path in PAGES:
        desk.open(address(path, full_account))
        assert desk.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        assert barriers(desk) == [], path


def test_the_curve_is_drawn_and_changes_its_range_in_place(desk):
    desk.open()
    expect(desk.locator("#curve plot-figure[data-drawn] svg.main-svg").first).to_be_visible()

    desk.locator("#curve").get_by_role("link", name="전체").click()

    expect(desk.locator("#curve a[aria-current]")).to_have_text("전체")
    expect(desk.locator("#curve plot-figure[data-drawn] svg.main-svg").first).to_be_visible()
    assert desk.url.endswith("?range=all")


def test_the_pointer_reads_the_curve(desk):
    desk.open()
    expect(desk.locator("#curve plot-figure[data-drawn]")).to_be_visible()

    desk.locator("#curve .plot").hover(position={"x": 300, "y": 80})

    expect(desk.locator("#curve .hoverlayer")).to_contain_text("누적")


def test_the_chosen_theme_is_there_before_the_first_paint_and_stays(desk):
    desk.emulate_media(color_scheme="light")
    desk.open("/settings/")
    desk.get_by_role("button", name="어둡게").click()
    dark = desk.evaluate("getComputedStyle(document.documentElement).backgroundColor")

    desk.open()

    assert desk.evaluate("document.documentElement.dataset.theme") == "dark"
    assert desk.evaluate("getComputedStyle(document.documentElement).backgroundColor") == dark


def test_hidden_amounts_hide_won_and_leave_rates(desk):
    desk.open()
    value = desk.locator("#holdings tbody .amount").first
    shown = value.evaluate("element => getComputedStyle(element).color")

    desk.get_by_role("button", name="금액 숨기기").click()
    desk.reload()

    assert desk.locator("html").get_attribute("data-amounts") == "hidden"
    assert value.evaluate("element => getComputedStyle(element).color") == "rgba(0, 0, 0, 0)" != shown
    rate = desk.locator("#holdings tbody td[data-w=rate] .rise").first
    assert rate.evaluate("element => getComputedStyle(element).color") != "rgba(0, 0, 0, 0)"


def test_a_slash_goes_to_the_search_and_g_j_to_the_journal(desk):
    desk.open()
    desk.keyboard.press("/")
    assert desk.evaluate("document.activeElement.id") == "search"

    desk.keyboard.press("Escape")
    desk.locator("main h2").first.click()
    desk.keyboard.press("g")
    desk.keyboard.press("j")

    desk.wait_for_url("**/journal/")


def test_the_focus_can_be_seen(desk):
    desk.open()
    desk.keyboard.press("Tab")

    assert desk.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    expect(desk.get_by_role("link", name="본문으로 가기")).to_be_in_viewport()


def test_a_note_saves_itself_while_it_is_written(desk, full_account):
    desk.open(f"journal/{full_account.today}/")
    note = desk.locator("#note-review")
    note.fill("기다리는 것도 매매다.")

    expect(desk.locator("#review .note-state")).to_contain_text("저장됨")
    desk.reload()
    expect(note).to_have_value("기다리는 것도 매매다.")


def test_a_note_survives_a_server_that_does_not_answer(desk, full_account):
    desk.open(f"journal/{full_account.today}/")
    desk.route("**/save/", lambda route: route.abort())
    desk.locator("#note-review").fill("서버가 죽어도 남는 글")
    expect(desk.locator("#review .note-state")).to_contain_text("저장되지 않은 글이 있습니다")

    desk.unroute("**/save/")
    desk.reload()

    expect(desk.locator("#note-review")).to_have_value("서버가 죽어도 남는 글")
    expect(desk.locator("#review .note-state")).to_contain_text("저장됨")


def test_a_dead_server_is_a_sentence_in_the_corner(desk):
    desk.open("pnl/")
    desk.route("**/pnl/**", lambda route: route.abort())

    desk.get_by_role("link", name="종목별").click()

    expect(desk.locator("#toasts")).to_contain_text("서버에 닿지 못했습니다")
    expect(desk.get_by_role("link", name="일자별")).to_have_attribute("aria-current", "true")


def test_a_table_orders_in_place_and_the_address_remembers(desk):
    desk.open("pnl/?period=all")
    desk.get_by_role("link", name="매도금액").click()

    expect(desk.locator("th[aria-sort=descending]")).to_contain_text("매도금액")
    desk.reload()
    expect(desk.locator("th[aria-sort=descending]")).to_contain_text("매도금액")
    desk.go_back()
    expect(desk.locator("th[aria-sort=descending]")).to_contain_text("일자")


def test_menus_close_on_escape(desk):
    desk.open()
    menu = desk.locator("header details").first
    menu.locator("summary").click()
    expect(menu).to_have_attribute("open", "")

    desk.keyboard.press("Escape")

    expect(menu).not_to_have_attribute("open", "")


def test_a_fold_stays_open_when_its_region_refreshes(desk):
    desk.open()
    desk.get_by_text("조회별 상태").click()
    before = desk.locator("#sync").element_handle()

    desk.evaluate("""htmx.ajax("GET", document.querySelector("#sync").getAttribute("hx-get"),
                               {target: "#sync", swap: "outerHTML"})""")

    assert not before.evaluate("element => element.isConnected")
    expect(desk.locator("#sources[open]")).to_be_visible()


def test_quiet_eyes_see_nothing_move(desk):
    desk.emulate_media(reduced_motion="reduce")
    desk.open()

    moving = desk.evaluate(
        "document.getAnimations().filter(each => each.effect.getTiming().duration > 10).length"
    )

    assert moving == 0
