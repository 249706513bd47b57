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
    _a_friend_joins_and_sees_no_amounts(page, _invites_a_friend(page))
    site.stop()
    site.start()
    page.goto(day)
    expect(page.locator("#note-review")).to_have_value(NOTE)
    expect(page.locator("#review .note-state [data-words]")).to_contain_text("저장됨")


def _invites_a_friend(page: Any) -> str:
    """A link for one who may look, with the amounts covered."""
    page.goto(page.url.partition("/a/")[0] + "/teams/")
    page.get_by_role("link", name="구성원과 권한").click()
    page.locator("[name=email]").fill("friend@example.com")
    page.get_by_label("금액 가리기").check()
    page.get_by_role("button", name="초대하기").click()
    page.locator("#link, #prove-password").wait_for(timeout=PATIENTLY)
    if page.locator("#prove-password").count():
        page.locator("#prove-password").fill(PASSWORD)
        page.get_by_role("button", name="확인").click()
    return str(page.locator("#link").input_value(timeout=PATIENTLY))


def _a_friend_joins_and_sees_no_amounts(page: Any, link: str) -> None:
    """In a browser of their own; the link serves once, and the price is for everybody."""
    context = page.context.browser.new_context(locale="ko-KR", timezone_id="Asia/Seoul")
    friend = context.new_page()
    friend.goto(link)
    expect(friend.get_by_text("금액 가림")).to_be_visible()
    friend.get_by_label("이름").fill("지우")
    for password in friend.locator("input[type=password]").all():
        password.fill("친구도-원칙대로-5678")
    friend.get_by_role("button", name="들어가기").click()
    expect(friend.get_by_text("들어왔습니다")).to_be_visible(timeout=PATIENTLY)
    friend.goto(link.partition("/join/")[0] + "/")
    expect(friend.locator("#holdings tbody tr").first).to_be_visible(timeout=PATIENTLY)
    expect(friend.locator("#holdings tbody tr").first).to_contain_text("•••")
    expect(friend.locator(".kpi").first).to_contain_text("•••")
    assert friend.goto(link).status == 404
    context.close()


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
