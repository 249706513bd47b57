"""Ordering in a real browser on the practice broker: placed, filled in part, changed, cancelled; each once.

O-03: a double click, a page that is loaded anew while the order is on its way, and two tabs at once must each
be one order. The whole product is started once, as a person starts it.
"""

import json
import os
import re
import signal
import sqlite3
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from kiwoomweb.operation.control_door import ask_door
from tests.running import Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

SYMBOL = "005930"
#: A third of the account in one share is more than most would, and what one order here takes.
LIMITS = {"max_order": "20000000", "max_day": "200000000", "loss_won": "5000000", "share_bp": "60"}
#: A share with little in its book: some forty at each price. We take seven prices, and want more than ten have.
THIN, MANY = "000080", 651
#: Milliseconds for what depends on the order process and a market that moves by itself.
PATIENTLY = 60_000


@pytest.fixture(scope="module")
def trading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product with the demo market."""
    site = Site(tmp_path_factory.mktemp("ordering") / "var")
    yield site.start()
    site.stop()


@pytest.fixture(scope="module")
def signed_in(trading: Site, browser: Any) -> dict[str, Any]:
    """The first user, who has connected the practice account and switched trading on."""
    context = browser.new_context(locale="ko-KR")
    page = context.new_page()
    page.goto(trading.way_in())
    page.fill("[name=email]", "minji@example.com")
    for name in ("password", "again"):
        page.fill(f"[name={name}]", "a-long-enough-passphrase")
    page.locator("main form button[type=submit]").click()
    page.get_by_role("link", name="나중에 하기").click(timeout=PATIENTLY)
    page.get_by_role("button", name="연습 계좌로 시작").click(timeout=PATIENTLY)
    page.wait_for_url(re.compile(r"/a/\w+/"), timeout=PATIENTLY)
    address = page.url
    # While the past is being read the broker is busy, and a price may be too old to order by.
    expect(page.locator("#holdings tbody tr").first).to_be_visible(timeout=PATIENTLY)
    switch_on(page, address)
    kept = {"cookies": context.cookies(), "address": address}
    context.close()
    return kept


@pytest.fixture
def seat(page: Any, signed_in: dict[str, Any]) -> Any:
    """The page, signed in, on the ticket of the symbol."""
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.context.add_cookies(signed_in["cookies"])
    page.address = signed_in["address"]
    open_ticket(page)
    return page


def switch_on(page: Any, address: str) -> None:
    """Limits first, then the switch: an account only reads before its owner has said so."""
    page.goto(f"{address}limits/")
    for name, amount in LIMITS.items():
        page.fill(f"#limit-{name}", amount)
    page.get_by_role("button", name="저장").first.click()
    page.get_by_role("button", name="거래 켜기").click()
    expect(page.get_by_role("button", name="거래 끄기")).to_be_visible()


def open_ticket(page: Any, symbol: str = SYMBOL) -> None:
    page.goto(f"{page.address}orders/new/?symbol={symbol}")
    expect(page.locator(".ticket .lane-closed")).to_have_count(0, timeout=PATIENTLY)  # the socket has to settle
    expect(page.locator("live-state")).to_have_attribute("data-state", "live")
    expect(page.locator(".ladder .buys .at b").last).to_have_text(re.compile(r"^[\d,]+$"))


def far_bid(page: Any) -> Any:
    """The lowest bid the book shows: an order there waits."""
    return page.locator(".ladder .buys").last


def fill_in(page: Any, quantity: int) -> None:
    """A purchase at the lowest bid, by clicking its price."""
    far_bid(page).locator(".at").click()
    page.fill("#order-quantity", str(quantity))


def ask(page: Any, button: str = ".ticket-form [data-send]") -> Any:
    """Press the ticket's button; the dialog that asks to confirm, once it may be answered."""
    send = page.locator("#order-dialog dialog [data-send]")
    not_yet = page.locator("#order-dialog .refusal", has_text=re.compile("5초보다|1초에 한 건"))
    for _ in range(8):  # a broker that has just been busy, a hand too quick: as the dialog says, once more
        page.locator(button).click()
        expect(send.or_(not_yet).first).to_be_visible(timeout=PATIENTLY)
        if not not_yet.count():
            break
        page.locator("#order-dialog [data-close]").last.click()
        page.wait_for_timeout(500)
    expect(send).to_be_enabled()
    return send


def orders_of(site: Site, quantity: int) -> list[tuple[str, str]]:
    """(state, order number) of every intent of so many shares."""
    with sqlite3.connect(f"file:{site.var / 'kiwoomweb.sqlite3'}?mode=ro", uri=True) as database:
        asked = "select state, order_no from orders_intent where quantity = ? and kind = 'place' order by id"
        return database.execute(asked, [quantity]).fetchall()


def one_order(site: Site, quantity: int) -> None:
    """Exactly one order of so many shares reaches the broker."""
    deadline = time.monotonic() + 30
    while not any(number for _state, number in orders_of(site, quantity)) and time.monotonic() < deadline:
        time.sleep(0.2)
    found = orders_of(site, quantity)
    assert len([number for _state, number in found if number]) == 1, found


def row(page: Any, quantity: int) -> Any:
    return page.locator(".waiting-card li[data-no]", has_text=f"/{quantity}")


def test_an_order_is_placed_changed_by_key_and_cancelled(seat: Any, trading: Site) -> None:
    fill_in(seat, 11)
    expect(seat.locator("[data-sentence]")).to_contain_text("11주")
    ask(seat).click()
    expect(seat.locator("#order-dialog [aria-current=step]")).to_contain_text("접수", timeout=PATIENTLY)
    seat.locator("#order-dialog [data-close]").last.click()
    waiting = row(seat, 11)
    expect(waiting).to_have_count(1, timeout=PATIENTLY)
    expect(waiting.locator("[data-modify]")).to_be_enabled(timeout=PATIENTLY)  # until then it is on its way
    waiting.focus()
    seat.keyboard.press("m")
    price = seat.locator(".waiting-card .modify-form [name=price]")
    expect(price).to_have_value(re.compile(r"\d"))
    lower = int(price.input_value().replace(",", "")) - 100
    price.fill(str(lower))
    seat.locator(".waiting-card .modify-form button.main").click()
    send = seat.locator("#order-dialog dialog [data-send]")
    expect(send).to_be_enabled()
    send.click()
    expect(seat.locator("#order-dialog [aria-current=step]")).to_contain_text("접수", timeout=PATIENTLY)
    seat.locator("#order-dialog [data-close]").last.click()
    changed = row(seat, 11).filter(has_text=f"{lower:,}")  # the old one goes a moment later
    expect(changed).to_have_count(1, timeout=PATIENTLY)
    expect(row(seat, 11)).to_have_count(1, timeout=PATIENTLY)
    expect(row(seat, 11).locator("[data-cancel]")).to_be_enabled(timeout=PATIENTLY)
    row(seat, 11).focus()
    seat.keyboard.press("Delete")
    expect(send).to_be_enabled()
    send.click()
    expect(row(seat, 11)).to_have_count(0, timeout=PATIENTLY)


@pytest.fixture
def slowly(trading: Site) -> Iterator[None]:
    """A market that moves at a tenth of its pace: what a hand takes hold of stays where it is."""
    state = trading.var / "simulator"
    ask_door(state, "clock", {"speed": 0.1})
    yield
    ask_door(state, "clock", {"speed": 1})


def shares_of(site: Site, price: int) -> tuple[int, int, str]:
    """Shares filled before the change to this price, shares left for it, and what became of it."""
    with sqlite3.connect(f"file:{site.var / 'kiwoomweb.sqlite3'}?mode=ro", uri=True) as database:
        pairs = "orders_intent a join orders_intent b on b.target_no = a.order_no and b.kind = 'modify'"
        asked = f"select a.filled, b.remaining, b.state from {pairs} where b.price = ?"
        (found,) = database.execute(asked, [price]).fetchall()
    return found


@pytest.mark.usefixtures("slowly")
def test_an_order_for_more_than_is_offered_fills_in_part_its_rest_is_changed_and_taken_back(
    seat: Any, trading: Site
) -> None:
    open_ticket(seat, THIN)
    seat.locator(".ladder .sells").nth(3).locator(".at").click()
    seat.fill("#order-quantity", str(MANY))
    ask(seat).click()
    step = seat.locator("#order-dialog [aria-current=step]")
    expect(step).to_contain_text(re.compile(rf"체결\s*[1-9]\d* / {MANY}"), timeout=PATIENTLY)
    seat.locator("#order-dialog [data-close]").last.click()
    waiting = row(seat, MANY)
    expect(waiting).to_contain_text(re.compile(rf"체결 [1-9]\d*/{MANY}"), timeout=PATIENTLY)
    expect(waiting.locator("[data-modify]")).to_be_enabled(timeout=PATIENTLY)
    waiting.focus()
    seat.keyboard.press("m")
    price = seat.locator(".waiting-card .modify-form [name=price]")
    expect(price).to_have_value(re.compile(r"\d"))
    lower = int(price.input_value().replace(",", "")) - 500
    price.fill(str(lower))
    insist(seat, ask(seat, ".waiting-card .modify-form button.main"))  # far below: what is left waits
    expect(step).to_contain_text("접수", timeout=PATIENTLY)
    moved = seat.locator(f".waiting-card li[data-price='{lower}']")
    expect(moved).to_have_count(1, timeout=PATIENTLY)
    # The broker's receipt comes before its word of what is left: the row may be there a moment earlier.
    trading.wait_until(lambda: shares_of(trading, lower)[2] == "working", 30, "what is left was not told")
    filled, rest, _state = shares_of(trading, lower)
    assert (filled > 0, filled + rest) == (True, MANY)
    expect(moved).to_contain_text(f"체결 0/{rest}")
    seat.locator("#order-dialog [data-close]").last.click()
    expect(moved.locator("[data-cancel]")).to_be_enabled(timeout=PATIENTLY)
    moved.focus()
    seat.keyboard.press("Delete")
    answer(seat, "취소 보내기")
    expect(moved).to_have_count(0, timeout=PATIENTLY)
    assert shares_of(trading, lower)[::2] == (filled, "cancelled")  # what was filled stays filled


def insist(page: Any, send: Any) -> None:
    """Send the change; where more has filled since it was shown, the dialog says so and is answered again."""
    for _ in range(10):
        with page.expect_response("**/orders/decide/") as told:
            send.click()
        if told.value.status != 409:
            break
        expect(page.locator("#order-dialog .refusal")).to_contain_text("보신 뒤에 남은 수량이")
        expect(send).to_be_enabled()


def answer(page: Any, word: str) -> None:
    """The dialog asks, and is answered."""
    send = page.locator("#order-dialog dialog [data-send]")
    expect(send).to_have_text(re.compile(word))
    expect(send).to_be_enabled()
    send.click()


def carry(page: Any, to: Any, aside: int = 0) -> None:
    """My order in the 호가창 is taken hold of and let go over the row ``to``, or so far beside it."""
    here, there = page.locator(".ladder .size.own").first.bounding_box(), to.bounding_box()
    page.mouse.move(here["x"] + here["width"] / 2, here["y"] + here["height"] / 2)
    page.mouse.down()
    left = there["x"] + there["width"] / 2 + (there["width"] if aside else 0) + aside
    page.mouse.move(left, there["y"] + there["height"] / 2, steps=8)
    page.mouse.up()


def carried(page: Any, to: Any) -> str:
    """The same until it is asked about, as a hand would: an order may be shown before it can be changed."""
    for _ in range(10):
        price: str = to.locator(".at b").inner_text()
        carry(page, to)
        page.wait_for_timeout(2_000)
        if page.locator("#order-dialog dialog").count():
            break
    return price


@pytest.mark.usefixtures("slowly")
def test_an_order_is_dragged_to_another_price_and_out_of_the_book(seat: Any, trading: Site) -> None:
    seat.goto(f"{seat.address}symbols/{SYMBOL}/")
    expect(seat.locator(".ladder .buys .at b").last).to_have_text(re.compile(r"^[\d,]+$"))
    expect(seat.locator(".ticket-form")).to_be_visible()
    seat.locator(".ladder .buys").nth(6).locator(
        ".at"
    ).click()  # a row that is still in the book a moment later
    seat.fill("#order-quantity", "29")
    ask(seat).click()
    one_order(trading, 29)
    seat.locator("#order-dialog [data-close]").last.click()
    expect(seat.locator(".ladder .size.own")).to_have_count(1, timeout=PATIENTLY)
    higher = seat.locator(".ladder .buys").nth(3)
    price = carried(seat, higher)
    expect(seat.locator("#order-dialog dialog")).to_contain_text(f"{price}원으로 정정")
    answer(seat, "정정 보내기")
    expect(higher.locator(".size.own")).to_have_count(1, timeout=PATIENTLY)
    expect(seat.locator("#order-dialog [aria-current=step]")).to_contain_text("접수", timeout=PATIENTLY)
    seat.locator("#order-dialog [data-close]").last.click()
    carry(seat, higher, aside=60)
    answer(seat, "취소 보내기")
    expect(seat.locator(".ladder .size.own")).to_have_count(0, timeout=PATIENTLY)


def test_a_double_click_is_one_order(seat: Any, trading: Site) -> None:
    fill_in(seat, 13)
    ask(seat).dblclick()
    one_order(trading, 13)


def test_a_page_loaded_anew_while_the_order_is_on_its_way_has_sent_one(seat: Any, trading: Site) -> None:
    fill_in(seat, 17)
    send = ask(seat)
    with seat.expect_request("**/orders/decide/"):
        send.click(no_wait_after=True)
    seat.reload()
    one_order(trading, 17)


def test_the_same_dialog_answered_twice_is_one_order(seat: Any, trading: Site) -> None:
    """The answer is lost on its way; the person presses again, as the dialog tells them to."""
    fill_in(seat, 19)
    send = ask(seat)
    seat.route("**/orders/decide/", lambda route: (route.fetch(), route.abort()))
    send.click()
    expect(seat.locator("#order-dialog [data-says]")).to_contain_text("다시 누르면")
    seat.unroute("**/orders/decide/")
    send.click()
    expect(seat.locator("#order-dialog [aria-current=step]")).to_be_visible(timeout=PATIENTLY)
    one_order(trading, 19)
    assert len(orders_of(trading, 19)) == 1


def test_two_tabs_with_the_same_order_ask_whether_it_is_meant_twice(seat: Any, trading: Site) -> None:
    other = seat.context.new_page()
    other.address = seat.address
    open_ticket(other)
    price = far_bid(seat).locator(".at b").inner_text()
    for page in (seat, other):
        page.fill("#order-price", price)
        page.fill("#order-quantity", "23")
    first, second = ask(seat), ask(other)
    first.click()
    expect(seat.locator("#order-dialog [aria-current=step]")).to_be_visible(timeout=PATIENTLY)
    second.click()
    expect(other.locator("#order-dialog .refusal")).to_be_visible(timeout=PATIENTLY)
    one_order(trading, 23)


def exits_of(site: Site) -> list[tuple[str, str, str]]:
    """(state of the exit, state of its order, its number at the broker)."""
    with sqlite3.connect(f"file:{site.var / 'kiwoomweb.sqlite3'}?mode=ro", uri=True) as database:
        asked = "select e.state, i.state, i.order_no from orders_exit e left join orders_intent i"
        return database.execute(f"{asked} on i.id = e.intent_id").fetchall()


def test_an_exit_sells_with_every_browser_closed(
    trading: Site, signed_in: dict[str, Any], browser: Any
) -> None:
    """A trailing stop of one step of the price: the first one down sells one share. Nobody is looking."""
    context = browser.new_context(locale="ko-KR")
    context.add_cookies(signed_in["cookies"])
    page = context.new_page()
    page.goto(signed_in["address"])
    held = page.locator("#holdings tbody a[href*='/symbols/']").first.get_attribute("href")
    symbol = held.split("/symbols/")[1].partition("/")[0]
    page.goto(f"{signed_in['address']}orders/new/?symbol={symbol}")
    form = page.locator(".exit-form")
    price = int(page.locator(".symbol-head .price").inner_text().replace(",", ""))
    bands = json.loads(page.locator("order-ticket").get_attribute("data-bands"))
    step = next(step for below, step in bands if below is None or price < below)
    form.locator("[name=trail]").fill("0.01%")
    form.get_by_role("button", name="걸기").click()
    expect(form.locator(".refusal")).to_contain_text("한 호가")
    form.locator("[name=trail]").fill(str(step))
    form.locator("[name=quantity]").fill("1")
    form.get_by_role("button", name="걸기").click()
    expect(page.locator(".exits-card li")).to_contain_text(f"고점에서 {step:,} 내리면")
    context.close()
    deadline = time.monotonic() + 120
    while not any(number for *_states, number in exits_of(trading)) and time.monotonic() < deadline:
        time.sleep(0.5)
    (state, order, number), *more = exits_of(trading)
    assert (state, bool(number), more) == ("fired", True, []), (state, order)


def taken_back(site: Site, *quantities: int) -> list[str]:
    """The states of the orders of so many shares."""
    with sqlite3.connect(f"file:{site.var / 'kiwoomweb.sqlite3'}?mode=ro", uri=True) as database:
        asked = "select state from orders_intent where kind = 'place' and quantity = ? order by id"
        return [state for one in quantities for (state,) in database.execute(asked, [one])]


def cancellations(site: Site) -> list[str]:
    """Order numbers in the order the kill switch asked for them."""
    with sqlite3.connect(f"file:{site.var / 'kiwoomweb.sqlite3'}?mode=ro", uri=True) as database:
        asked = "select i.target_no from orders_command c join orders_intent i on i.id = c.intent_id"
        rows = database.execute(f"{asked} where i.origin = 'halt' order by c.claimed_at").fetchall()
        return [number for (number,) in rows]


def test_with_the_web_and_valkey_dead_a_command_takes_back_what_waits_the_largest_first(
    seat: Any, trading: Site
) -> None:
    """3.9; the last of all: trading stays stopped for ten minutes. Nobody starts the dead anew meanwhile."""
    numbers = {}
    for quantity in (3, 7):
        fill_in(seat, quantity)
        ask(seat).click()
        one_order(trading, quantity)
        seat.locator("#order-dialog [data-close]").last.click()
        (numbers[quantity],) = (number for _state, number in orders_of(trading, quantity))
    pids = trading.pids()
    trading.process.send_signal(signal.SIGSTOP)
    try:
        for name in ("web", "valkey"):
            os.kill(pids[name], signal.SIGKILL)
        said = trading.run("halt", "--reason", "모두 꺼진 채로")
        assert "정지했습니다" in said
        trading.wait_until(lambda: set(taken_back(trading, 3, 7)) == {"cancelled"}, 60, "not taken back")
        assert [one for one in cancellations(trading) if one in numbers.values()] == [numbers[7], numbers[3]]
    finally:
        trading.process.send_signal(signal.SIGCONT)
    trading.wait_until(trading.is_healthy, 60, "not whole again")
    seat.reload()
    expect(seat.get_by_text("모두 꺼진 채로").first).to_be_visible(timeout=PATIENTLY)
