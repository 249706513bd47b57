"""A trader's first day: an empty machine, a first user, a practice account, a year of history, a living market.

Everything runs as ``manage.py up`` starts it, and the trader sees it in a real browser.
"""

from typing import Any

from playwright.sync_api import expect

from tests.running import Site

E_MAIL, PASSWORD = "minsu@example.com", "오늘도-원칙대로-1234"
NOTE = "눌림목에서 기다렸다. 손절선을 먼저 적고 들어갔다."
#: Milliseconds to wait for what depends on a market that moves by itself.
PATIENTLY = 60_000


def test_from_an_empty_database_to_a_note_that_survives_everything(site: Site, page: Any) -> None:
    site.start()
    _become_the_first_user(site, page)
    _take_the_practice_account(page)
    _history_appears(page)
    _a_tick_changes_a_number(page)
    day = _write_a_note(page)
    site.stop()
    site.start()
    page.goto(day)
    expect(page.locator("#note-review")).to_have_value(NOTE)
    expect(page.locator("#review .note-state [data-words]")).to_contain_text("저장됨")


def _become_the_first_user(site: Site, page: Any) -> None:
    page.goto(site.way_in())
    page.locator("input[type=email]").fill(E_MAIL)
    for password in page.locator("input[type=password]").all():
        password.fill(PASSWORD)
    for text in page.locator("form input[type=text]").all():
        text.fill("김민수")
    page.get_by_role("button", name="시작하기").click()


def _take_the_practice_account(page: Any) -> None:
    page.get_by_role("link", name="나중에 하기").click(timeout=PATIENTLY)
    page.wait_for_url("**/connect/")
    page.get_by_role("button", name="연습 계좌로 시작").click(timeout=PATIENTLY)
    page.wait_for_url("**/a/*/", timeout=PATIENTLY)


def _history_appears(page: Any) -> None:
    """The overview fills by itself, while it can already be used: holdings first, then the year behind them."""
    expect(page.locator("#holdings tbody tr").first).to_be_visible(timeout=PATIENTLY)
    results = page.locator("#calendar .arrow")
    expect(results.first).to_be_visible(timeout=PATIENTLY)
    expect(page.locator("#curve .js-plotly-plot")).to_be_visible(timeout=PATIENTLY)


def _a_tick_changes_a_number(page: Any) -> None:
    """Some price of the holdings moves while the page just lies there."""
    prices = page.locator('#holdings live-price[field="price"]')
    before = prices.all_inner_texts()
    assert before
    for _ in range(120):
        page.wait_for_timeout(500)
        if prices.all_inner_texts() != before:
            return
    raise AssertionError(f"no price moved within a minute: {before}")


def _write_a_note(page: Any) -> str:
    """The address of the day whose note was written."""
    page.goto(page.url + "journal/")
    page.locator('main a[href*="/journal/20"]').first.click()
    page.locator("#note-review").fill(NOTE)
    page.locator("#note-review").blur()
    expect(page.locator("#review .note-state [data-words]")).to_contain_text("저장됨")
    return str(page.url)
