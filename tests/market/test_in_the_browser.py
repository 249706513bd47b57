"""A member's page while the market moves: the whole product is started once and seen through a real browser."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.running import Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PHONE = {"width": 390, "height": 844}
SYMBOL = "005930"


@pytest.fixture(scope="module")
def playing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product with the demo market, five times as fast as the day."""
    site = Site(tmp_path_factory.mktemp("playing") / "var", "--speed", "5")
    yield site.start()
    site.stop()


@pytest.fixture(scope="module")
def signed_in(playing: Site, browser: Any) -> dict[str, Any]:
    """The first user's cookies and the address of the practice account."""
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
    context.close()
    return kept


@pytest.fixture
def seat(page: Any, signed_in: dict[str, Any]) -> Any:
    """The page, signed in; ``seat.open("symbols/005930/")`` goes to an address of the account."""
    page.context.add_cookies(signed_in["cookies"])

    def go(path: str = "") -> Any:
        page.goto(signed_in["address"] + path)
        return page

    page.open = go
    return page


def price(seat: Any) -> Any:
    return seat.locator(".symbol-head live-price[field=price]")


def test_the_price_changes_before_ones_eyes(seat: Any) -> None:
    seat.open(f"symbols/{SYMBOL}/")
    expect(seat.locator("live-state")).to_have_attribute("data-state", "live")
    volume = seat.locator(".ladder live-price[field=volume]")
    expect(price(seat)).to_have_text(re.compile(r"^[\d,]+$"))
    tape = seat.locator(".tape-card tbody tr td:first-child").first
    expect(tape).to_have_text(re.compile(r"\d\d:\d\d:\d\d"))
    before = tape.inner_text()
    expect(tape).not_to_have_text(before)
    expect(volume).not_to_have_text("—")


def test_the_book_has_ten_levels_a_side_around_the_price(seat: Any) -> None:
    seat.open(f"symbols/{SYMBOL}/")
    asks, bids = seat.locator(".ladder .sells .at b"), seat.locator(".ladder .buys .at b")
    expect(asks.last).to_have_text(re.compile(r"^[\d,]+$"))
    prices = [int(text.replace(",", "")) for text in [*asks.all_inner_texts(), *bids.all_inner_texts()]]
    assert len(prices) == 20
    assert prices == sorted(prices, reverse=True)
    expect(seat.locator(".ladder .at.now")).to_have_count(1)


AGREE = """before => {
  const plain = (place) => document.querySelector(place)?.textContent.replaceAll(",", "")
  const last = document.querySelector(".tape-card tbody tr")?.textContent
  const shown = [
    plain(".symbol-head live-price[field=price]"),
    plain(".tape-card tbody td:nth-child(2)"),
    plain(".ladder .at.now b"),
    document.querySelector("price-chart").dataset.moved,
  ]
  return last !== before && new Set(shown).size === 1 && last
}"""


def test_a_tick_moves_price_book_tape_and_candle_at_once(seat: Any) -> None:
    seat.open(f"symbols/{SYMBOL}/?span=1m")
    expect(seat.locator("price-chart")).to_have_attribute("data-drawn", "1m")
    first = seat.wait_for_function(AGREE, arg="").json_value()
    assert seat.wait_for_function(AGREE, arg=first).json_value() != first


def test_the_nxt_tab_shows_the_sizes_of_nxt(seat: Any) -> None:
    seat.open(f"symbols/{SYMBOL}/")
    sizes = seat.locator(".ladder .size span")
    expect(seat.locator("order-book")).to_have_attribute("data-drawn", re.compile(r"\d+"))
    together = sizes.all_inner_texts()
    seat.get_by_role("link", name="NXT", exact=True).click()
    book = seat.locator(f'order-book[data-symbol="{SYMBOL}@NXT"]')
    expect(book).to_have_attribute("data-drawn", re.compile(r"\d+"))
    expect(seat).to_have_url(re.compile("venue=NXT"))
    assert sizes.all_inner_texts() != together


def test_my_waiting_order_stands_at_its_price_in_the_book(seat: Any) -> None:
    seat.open(f"symbols/{SYMBOL}/")
    level = seat.locator(".ladder .buys").nth(4)
    expect(level.locator("b")).to_have_text(re.compile(r"[\d,]+"))
    mine = {"average": None, "quantity": 0, "fills": []}
    at = int(level.locator("b").inner_text().replace(",", ""))
    orders = [{"price": at, "remaining": 150, "side": "buy"}]
    seat.route("**/marks/", lambda route: route.fulfill(json=mine | {"orders": orders}))
    seat.reload()
    expect(seat.locator(".ladder .size.own em")).to_have_text("내 150")


def test_older_bars_come_when_one_scrolls_to_the_left(seat: Any) -> None:
    asked: list[str] = []
    seat.on("request", lambda request: asked.append(request.url) if "before=" in request.url else None)
    seat.open(f"symbols/{SYMBOL}/?span=week")
    expect(seat.locator("price-chart")).to_have_attribute("data-drawn", "week")
    seat.locator("price-chart .plot").hover()
    with seat.expect_response(re.compile("before=")):
        for _ in range(12):
            seat.mouse.wheel(0, 400)


def test_candles_are_drawn_for_every_span(seat: Any) -> None:
    seat.open(f"symbols/{SYMBOL}/")
    chart = seat.locator("price-chart")
    expect(chart).to_have_attribute("data-drawn", "day")
    for name, span in (("5분", "5m"), ("틱", "tick"), ("년", "year")):
        chart.get_by_role("button", name=name, exact=True).click()
        expect(chart).to_have_attribute("data-drawn", span)
        expect(chart.locator(".note")).to_be_hidden()
    expect(chart.locator("canvas").first).to_be_visible()


def test_a_symbol_is_found_by_its_first_consonants(seat: Any) -> None:
    seat.open()
    seat.locator("#search").fill("ㅅㅅㅈㅈ")
    seat.locator("#found-above").get_by_role("link", name="삼성전자 005930").click()
    expect(seat.get_by_role("heading", name="삼성전자", exact=True)).to_be_visible()


def test_windows_of_one_colour_show_the_same_share_and_lists_hand_theirs_over(seat: Any) -> None:
    other = seat.context.new_page()
    there = seat.open(f"symbols/{SYMBOL}/").url
    other.goto(there)
    for window in (seat, other):
        window.locator("link-group summary").click()
        window.get_by_role("button", name="연동 A").click()
    seat.open("symbols/000660/")
    expect(other).to_have_url(re.compile("/symbols/000660/"))
    seat.open("symbols/")
    seat.locator(f'main a[href$="/symbols/{SYMBOL}/"]').first.click()
    expect(other).to_have_url(re.compile(f"/symbols/{SYMBOL}/"))
    assert seat.url.endswith("/symbols/")
    other.locator("link-group summary").click()
    other.get_by_role("button", name="연동 안 함").click()
    seat.open("symbols/000660/")
    expect(price(seat)).to_have_text(re.compile(r"^[\d,]+$"))
    assert f"/symbols/{SYMBOL}/" in other.url


def test_a_number_typed_anywhere_jumps_and_the_palette_commands(seat: Any) -> None:
    seat.open()
    seat.keyboard.type("0600")
    expect(seat.locator("command-palette dialog")).to_be_visible()
    seat.keyboard.press("Enter")
    seat.wait_for_url("**/symbols/")
    seat.keyboard.press("Control+k")
    seat.keyboard.type("어둡게")
    seat.locator("command-palette .commands li:not([hidden]) button").wait_for()
    seat.keyboard.press("ArrowDown")
    seat.keyboard.press("Enter")
    expect(seat.locator("html")).to_have_attribute("data-theme", "dark")
    expect(seat.locator("command-palette dialog")).to_be_hidden()


def test_nothing_runs_off_a_phone(seat: Any) -> None:
    seat.set_viewport_size(PHONE)
    for path in (f"symbols/{SYMBOL}/", "symbols/"):
        seat.open(path)
        assert seat.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_when_the_feed_dies_the_page_says_since_when_and_recovers(seat: Any, playing: Site) -> None:
    seat.open(f"symbols/{SYMBOL}/")
    state = seat.locator("live-state")
    expect(state).to_have_attribute("data-state", "live")
    shown = price(seat).inner_text()
    playing.kill("stream")
    expect(state).to_contain_text(re.compile(r"실시간 끊김 · \d\d:\d\d부터"), timeout=30_000)
    for numbers in (price(seat), *map(seat.locator, ("order-book", ".program-card live-fields", "firm-table"))):
        expect(numbers).to_have_attribute("data-silent", "")
    assert re.fullmatch(r"[\d,]+", shown)
    expect(price(seat)).to_have_text(re.compile(r"^[\d,]+$"))
    expect(state).to_have_attribute("data-state", "live", timeout=60_000)


CANDLES = """async () => {
  const { bucket, grow, means, marks, strictly } = await import("#lib/candles")
  const at = Date.UTC(2026, 10, 20, 5, 7, 30) / 1000 // 14:07:30 in Seoul
  const bars = [1, 2, 3, 4, 5, 6].map((n) => [n * 60, n, n, n, n, n])
  const fills = [
    { at: null, day: "2026-11-20", side: "buy", quantity: 10 },
    { at: null, day: "2026-11-20", side: "buy", quantity: 30 },
    { at: null, day: "2026-11-19", side: "sell", quantity: 10 },
    { at: null, day: "2020-01-01", side: "buy", quantity: 99 },
  ]
  const days = [["2026-11-19", 1, 1, 1, 1, 1], ["2026-11-20", 1, 1, 1, 1, 1]]
  return {
    day: bucket(at, "day"),
    minutes: (bucket(at, "5m") % 86400) / 60,
    same: grow(["2026-11-20", 10, 12, 9, 11, 50], "day", { at, price: 13, volume: 80, size: 30 }),
    next: grow(["2026-11-19", 10, 12, 9, 11, 50], "day", { at, price: 13, volume: 80, size: 30 }),
    late: grow(["2026-11-21", 10, 12, 9, 11, 50], "day", { at, price: 13, volume: 80, size: 30 }),
    means: means(bars, 5).map((value) => (Number.isNaN(value) ? null : value)),
    times: strictly([[7, 1], [7, 2], [8, 3]]).map((bar) => bar[0]),
    marks: marks(fills, days, "day").map(({ time, side, quantity, size }) => [time, side, quantity, size]),
  }
}"""


def test_a_tick_moves_the_last_candle_or_begins_the_next(seat: Any) -> None:
    seat.open()
    told = seat.evaluate(CANDLES)
    assert told["day"] == "2026-11-20"
    assert told["minutes"] == 14 * 60 + 5
    assert told["same"] == ["2026-11-20", 10, 13, 9, 13, 80]
    assert told["next"] == ["2026-11-20", 13, 13, 13, 13, 80]
    assert told["late"] is None
    assert told["means"] == [None, None, None, None, 3, 4]
    assert told["times"] == [7, 7.001, 8]
    assert told["marks"] == [["2026-11-19", "sell", 10, 1.25], ["2026-11-20", "buy", 40, 2]]


#: The same bars told one tick after the other, and all at once: pixels that differ, pixels of either colour.
PICTURES = """async (among) => {
  const { CandleChart, colour } = await import("#lib/chart")
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  const box = document.createElement("div")
  box.style = "position:fixed;inset:0;width:700px;height:400px"
  document.body.append(box)
  const price = (n) => 70_000 + 100 * ((n * n * 48_271) % 41)
  const bar = (n) => [60 * n, price(n), price(n) + 700, price(n) - 600, price(n + 1), 100 + ((n * 7) % 90)]
  const bars = Array.from({ length: among }, (_, n) => bar(n))
  const sight = { from: 0, to: among + 8 }
  const drawn = async (move) => {
    const chart = new CandleChart(box, "1m")
    chart.show(bars)
    chart.chart.timeScale().setVisibleLogicalRange(sight)
    await frame()
    await move(chart)
    chart.chart.timeScale().setVisibleLogicalRange(sight)
    await frame()
    const canvas = chart.chart.takeScreenshot()
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
    chart.remove()
    return data
  }
  const told = await drawn(async (chart) => {
    chart.mark([{ time: bars[60][0], side: "buy", quantity: 1, size: 1 }])
    for (let n = 0; n < 5; n += 1) {
      const last = bars.length - 1
      const [time, open, high, low, close, volume] = bars[last]
      bars[last] = [time, open, high, low, close - 200 * n, volume + 1]
      bars.push([time + 60, close, close + 300, close - 300, close + 200, 50])
      chart.move(bars, last)
      await frame()
    }
    chart.mark([])
  })
  const whole = await drawn(() => {})
  const pixel = (data, at) => `rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})`
  const count = { other: 0, all: whole.length / 4, rise: 0, fall: 0 }
  for (let at = 0; at < whole.length; at += 4) {
    const seen = pixel(whole, at)
    if (seen !== pixel(told, at)) count.other += 1
    if (seen === colour("--rise")) count.rise += 1
    if (seen === colour("--fall")) count.fall += 1
  }
  box.remove()
  return count
}"""


def test_candles_moved_by_ticks_look_like_candles_drawn_at_once(seat: Any) -> None:
    seat.open()
    few, crowd = (seat.evaluate(PICTURES, among) for among in (80, 3_000))
    assert min(few["rise"], few["fall"], crowd["rise"], crowd["fall"]) > 500
    assert few["other"] == 0
    assert crowd["other"] < crowd["all"] / 100


SERIES = """async () => {
  const { Series } = await import("#lib/series")
  const at = Date.UTC(2026, 10, 20, 5, 7, 30) / 1000 // 14:07:30 in Seoul
  const bar = Math.floor((at + 9 * 3600) / 60) * 60
  const series = new Series()
  series.load([[bar, 10, 10, 10, 10, 100]], "1m", at)
  series.prints({ prints: [[1, at - 5, 99, 0, 7], [2, at + 1, 12, 0, 5]] })
  series.prints({ prints: [[2, at + 1, 12, 0, 5], [3, at + 2, 9, 0, 5]] })
  const moved = series.bars[0].slice(1)
  series.load([[bar, 10, 10, 10, 10, 100]], "1m", at + 1)
  const again = series.bars[0].slice(1)
  const older = series.extend([[bar - 60, 1, 1, 1, 1, 1], [bar, 2, 2, 2, 2, 2]])
  return { moved, again, older, all: series.bars.length }
}"""


def test_a_print_moves_its_candle_once_however_often_it_is_told(seat: Any) -> None:
    seat.open()
    told = seat.evaluate(SERIES)
    assert told["moved"] == [10, 12, 9, 9, 110]
    assert told["again"] == [10, 10, 9, 9, 105]
    assert told["older"] == 1
    assert told["all"] == 2


#: Stands in for the system's notices, which a headless browser has no place for.
NOTED = """
globalThis.noted = []
globalThis.Notification = class {
  static permission = "granted"
  constructor(title, { tag }) { globalThis.noted.push(`${tag.split("-")[0]}: ${title}`) }
}
"""


def test_a_notice_rings_the_bell_of_an_open_page_and_is_handed_to_the_system(seat: Any, browser: Any) -> None:
    seat.add_init_script(NOTED)
    seat.open(f"symbols/{SYMBOL}/")
    expect(seat.locator("live-state")).to_have_attribute("data-state", "live")
    count = seat.locator("#bell .count")
    before = int(count.inner_text()) if count.count() else 0
    other = browser.new_context(locale="ko-KR").new_page()
    other.goto(re.sub(r"/a/.*", "/accounts/login/", seat.url))
    other.fill("[name=login]", "minji@example.com")
    other.fill("[name=password]", "a-long-enough-passphrase")
    other.locator("main form button[type=submit]").first.click()

    expect(seat.locator("#toasts .toast").filter(has_text="새로운 곳에서 로그인")).to_be_visible()
    expect(count).to_have_text(str(before + 1))
    seat.wait_for_function("globalThis.noted.some(one => one.startsWith('notices: 새로운 곳에서'))")
    other.context.close()
    seat.goto(re.sub(r"/a/.*", "/notices/", seat.url))
    expect(seat.locator(".notices li").first).to_contain_text("새로운 곳에서 로그인")
