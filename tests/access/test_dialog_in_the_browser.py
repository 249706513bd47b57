"""The question who is there, over the page: answered, the click that met it goes through; nothing is lost."""

import pytest
from playwright.sync_api import expect

from kiwoomweb.access.roles import Role
from tests.people import PASSWORD, make_account, make_person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.security(14, "7.5.3"),
    pytest.mark.urls("tests.access.door_urls"),
]

#: A form as pages have them, with a region for its answer.
FORM = """() => {
  const form = document.createElement("form")
  form.setAttribute("hx-post", "/danger/")
  form.setAttribute("hx-target", "#answer")
  const field = Object.assign(document.createElement("input"), { name: "amount", value: "1200000" })
  const button = Object.assign(document.createElement("button"), { textContent: "주문" })
  const answer = Object.assign(document.createElement("p"), { id: "answer" })
  form.append(field, button)
  document.getElementById("page").append(form, answer)
  htmx.process(form)
}"""


@pytest.fixture
def desk(page, live_server, transactional_db):
    from kiwoomweb.access.models import Team

    team = Team.objects.create(name="민지네")
    minji = make_person("Minji", team, Role.OWNER)
    make_account(team)
    minji.was_long_idle()
    session = minji.browser.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/settings/")
    page.evaluate(FORM)
    yield page
    page.goto("about:blank")


def test_the_click_that_met_the_question_goes_through_once_it_is_answered(desk):
    desk.get_by_role("button", name="주문").click()
    dialog = desk.get_by_role("dialog", name="본인 확인")
    dialog.get_by_label("비밀번호").fill("wrong password here")
    dialog.get_by_role("button", name="확인").click()
    expect(dialog.get_by_text("비밀번호가 맞지 않습니다")).to_be_visible()
    dialog.get_by_label("비밀번호").fill(PASSWORD)
    dialog.get_by_role("button", name="확인").click()
    expect(desk.locator("#answer")).to_have_text("opened 1200000")
    expect(dialog).to_have_count(0)


def test_who_closes_the_question_has_done_nothing(desk):
    desk.get_by_role("button", name="주문").click()
    desk.get_by_role("dialog", name="본인 확인").get_by_role("button", name="닫기").click()
    expect(desk.get_by_role("dialog", name="본인 확인")).to_have_count(0)
    expect(desk.locator("#answer")).to_have_text("")
