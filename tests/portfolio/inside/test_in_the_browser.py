"""One trade in a real browser: played again by hand, by keys, by itself; the practice account is the trader."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.running import Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def playing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product with its practice account, whose year is traded already."""
    site = Site(tmp_path_factory.mktemp("replaying") / "var")
    yield site.start()
    site.stop()


@pytest.fixture(scope="module")
def signed_in(playing: Site, browser: Any) -> dict[str, Any]:
    """Cookies, the address of the account, and of a closed trade of several days."""
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
    kept = {"cookies": context.cookies(), "address": page.url}
    kept["trade"] = _closed_trade(page, page.url)
    context.close()
    return kept


def _closed_trade(page: Any, address: str) -> str:
    """The first closed trade the journal knows of: pages of trades are numbered from one."""
    for _look in range(60):
        for number in range(1, 12):
            reply = page.request.get(f"{address}trades/{number}/")
            if reply.status == 200 and "보유 중" not in reply.text() and "미확정" not in reply.text():
                return f"{address}trades/{number}/"
        page.wait_for_timeout(1000)
    raise AssertionError("the practice account has no closed trade")


@pytest.fixture
def seat(page: Any, signed_in: dict[str, Any]) -> Any:
    page.context.add_cookies(signed_in["cookies"])
    page.goto(signed_in["trade"])
    expect(page.locator("trade-chart")).to_have_attribute("data-drawn", re.compile(r"\w+"), timeout=60_000)
    return page


def test_scrubbing_tells_what_it_was_worth_then(seat: Any) -> None:
    slider = seat.get_by_role("slider", name="재생 위치")
    then = seat.locator("[data-then]")
    expect(then).to_have_text(re.compile(r"^[▲▼] [\d.,]+[만억]?$|^0$"))
    at_the_end = then.inner_text()
    slider.focus()
    seat.keyboard.press("Home")
    expect(then).to_have_text("—")
    expect(seat.locator("#moves tr.later")).to_have_count(seat.locator("#moves tr[data-move]").count())
    seat.keyboard.press("Shift+ArrowRight")
    expect(then).not_to_have_text("—")
    first = seat.locator("#moves tr[data-move]").first
    expect(first).not_to_have_class(re.compile("later"))
    seat.keyboard.press("End")
    expect(then).to_have_text(at_the_end)
    expect(seat.locator("#moves tr.later")).to_have_count(0)


def test_it_plays_by_itself_and_stops(seat: Any) -> None:
    slider = seat.get_by_role("slider", name="재생 위치")
    seat.get_by_role("button", name="재생", exact=True).click()
    pause = seat.get_by_role("button", name="멈춤")
    expect(pause).to_be_visible()
    before = slider.input_value()
    expect(slider).not_to_have_value(before)
    pause.click()
    expect(seat.get_by_role("button", name="재생", exact=True)).to_be_visible()


def test_with_reduced_motion_it_steps_from_fill_to_fill(seat: Any) -> None:
    seat.emulate_media(reduced_motion="reduce")
    seat.get_by_role("slider", name="재생 위치").focus()
    seat.keyboard.press("Home")
    seat.keyboard.press("Space")
    expect(seat.locator("#moves tr[data-move]").first).not_to_have_class(re.compile("later"))


def test_every_span_is_drawn(seat: Any) -> None:
    chart = seat.locator("trade-chart")
    for name, span in (("일", "day"), ("60분", "60m"), ("1분", "1m"), ("틱", "tick")):
        chart.get_by_role("button", name=name, exact=True).click()
        expect(chart).to_have_attribute("data-drawn", span)


def test_the_cards_beside_the_chart_measure_it(seat: Any) -> None:
    expect(seat.locator("#ran")).to_contain_text("가장 나빴을 때", timeout=60_000)


def test_a_stop_appears_when_it_is_typed_and_is_carried_by_hand(seat: Any) -> None:
    chart, field, plot = (
        seat.locator("trade-chart"),
        seat.get_by_label("손절가"),
        seat.locator("trade-chart .plot"),
    )
    average = seat.locator("#moves tbody tr td:nth-child(5)").first.inner_text().replace(",", "")
    typed = str(int(float(average) * 0.99))
    field.fill(typed)
    field.press("Tab")
    expect(chart).to_have_attribute("data-stop", typed)
    box = plot.bounding_box()
    for height in range(20, int(box["height"] * 0.7), 4):
        seat.mouse.move(box["x"] + 80, box["y"] + height)
        if "on-line" in (plot.get_attribute("class") or ""):
            break
    expect(plot).to_have_class(re.compile("on-line"))
    seat.mouse.down()
    seat.mouse.move(box["x"] + 80, box["y"] + height + 20, steps=4)
    seat.mouse.up()
    expect(chart).not_to_have_attribute("data-stop", typed)
    carried = chart.get_attribute("data-stop")
    assert float(carried) < float(typed)
    assert field.input_value().replace(",", "") == carried
    seat.reload()
    expect(field).to_have_value(carried)


def test_arrow_keys_turn_to_the_next_trade(seat: Any) -> None:
    here = seat.url
    link = seat.locator("turn-pages a").first
    key = "ArrowLeft" if link.get_attribute("rel") == "prev" else "ArrowRight"
    seat.locator("body").press(key)
    seat.wait_for_url(lambda url: url != here)
    assert "/trades/" in seat.url


def test_nothing_runs_off_a_phone(seat: Any) -> None:
    seat.set_viewport_size(PHONE)
    assert seat.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
