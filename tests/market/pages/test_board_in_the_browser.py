"""The board in a real browser: what is seen is followed, and rows keep the order they are given."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.market.pages.test_in_the_browser import PHONE, playing, seat, signed_in

__all__ = ["playing", "seat", "signed_in"]

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

#: Counts the quotes a page follows, for the test to see: <html data-followed="6">.
HEARING = """() => {
  const followed = new Set()
  const send = WebSocket.prototype.send
  WebSocket.prototype.send = function (text) {
    const { follow = [], unfollow = [] } = JSON.parse(text)
    for (const topic of follow) followed.add(topic)
    for (const topic of unfollow) followed.delete(topic)
    const quotes = [...followed].filter((topic) => topic.startsWith("quote:"))
    document.documentElement.dataset.followed = quotes.length
    send.call(this, text)
  }
}"""


def names(seat: Any) -> list[str]:
    return seat.locator("live-board tbody tr").evaluate_all("rows => rows.map(row => row.dataset.name)")


def filled(seat: Any) -> None:
    seat.open("board/")
    if seat.get_by_text("관심종목이 없습니다").count():
        seat.get_by_role("button", name="영웅문에서 가져오기").click()
    expect(seat.locator("live-board tbody tr").first).to_be_visible()


def saved(seat: Any, act: Any) -> Any:
    with seat.expect_response(re.compile(r"/(place|look)/$")) as answer:
        act()
    return answer.value


def test_rows_are_carried_by_keys_and_dragged_by_the_mouse_and_stay_there(seat: Any) -> None:
    filled(seat)
    before = names(seat)
    seat.locator("[data-handle]").first.focus()
    saved(seat, lambda: seat.keyboard.press("End"))
    expect(seat.locator("[data-said]")).to_contain_text(f"{before[0]}: {len(before)}번째로")

    grip, first = seat.locator("[data-handle]").last, seat.locator("live-board tbody tr").first
    box, top = grip.bounding_box(), first.bounding_box()
    seat.mouse.move(box["x"] + 6, box["y"] + 8)
    seat.mouse.down()
    seat.mouse.move(box["x"] + 6, top["y"] + top["height"] * 1.4, steps=12)
    seat.mouse.move(box["x"] + 6, top["y"] + 2)
    answer = saved(seat, seat.mouse.up)

    assert json.loads(answer.body())["order"]
    seat.reload()
    assert names(seat) == before, "once to the end by keys, once back to the front by the mouse"


def test_a_column_orders_the_rows_and_is_remembered(seat: Any) -> None:
    filled(seat)
    saved(seat, lambda: seat.get_by_role("button", name="거래량").press("Enter"))
    seat.locator("td[data-c=memo]").first.click()  # a press on a row is no press on a header
    seat.reload()

    expect(seat.locator("th[data-key=volume]")).to_have_attribute("aria-sort", "descending")
    volumes = [int(text.replace(",", "")) for text in seat.locator("td[data-c=volume]").all_inner_texts()]
    assert volumes == sorted(volumes, reverse=True)
    saved(seat, seat.get_by_role("button", name="거래량").click)
    saved(seat, seat.get_by_role("button", name="거래량").click)
    expect(seat.locator("th[aria-sort]")).to_have_count(0)


def test_only_rows_in_view_are_followed(seat: Any) -> None:
    seat.add_init_script(f"({HEARING})()")
    filled(seat)
    rows = len(names(seat))
    expect(seat.locator("html")).to_have_attribute("data-followed", str(rows))

    seat.set_viewport_size({"width": 1280, "height": 200})
    expect(seat.locator("html")).not_to_have_attribute("data-followed", str(rows))


def test_nothing_runs_off_a_phone(seat: Any) -> None:
    seat.set_viewport_size(PHONE)
    filled(seat)

    assert seat.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(seat.locator("session-clock [data-name]")).not_to_be_empty()
