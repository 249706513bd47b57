"""Two colleagues and a stranger before real browsers: ticks reach the two, also after the web process died."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browsing import PATIENCE
from tests.running import ROOT, Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

SYMBOL = "005930"
#: A member of the practice account's team, and somebody of another; told as their sessions.
PEOPLE = """
import json
from django.test import Client
from kiwoomweb.access.models import Account, Membership, Team, User
from kiwoomweb.access.roles import Role

account = Account.objects.get()
told = {"code": account.code}
teams = {"colleague": account.team, "stranger": Team.objects.create(name="others")}
for name, team in teams.items():
    user = User.objects.create_user(f"{name}@example.com", None)
    Membership.objects.create(team=team, user=user, role=Role.VIEWER)
    browser = Client()
    browser.force_login(user)
    told[name] = browser.cookies["sessionid"].value
print(json.dumps(told))
"""
#: What becomes of a socket that is opened by hand.
KNOCK = """async (code) => {
 const answer = await fetch(`/a/${code}/live/pass/`)
 const pass = answer.ok ? (await answer.json()).pass : ""
 return await new Promise((done) => {
  const socket = new WebSocket(`ws://${location.host}/ws/live/${code}/?pass=${pass}`)
  socket.onmessage = ({ data }) => done(data)
  socket.onclose = () => done("refused")
 })
}"""
STATE = 'async () => (await import("#lib/live")).feed().state'
FRESH = f"""async () => {{
  const {{ age, feed }} = await import("#lib/live")
  const old = age("quote:{SYMBOL}")
  return feed().state === "live" && old !== null && old < 1500
}}"""


@pytest.fixture(scope="module")
def playing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("teams") / "var", "--speed", "5")
    yield site.start()
    site.stop()


@pytest.fixture(scope="module")
def people(playing: Site, browser: Any) -> dict[str, str]:
    """The practice account's code, and a session each of its first user, a colleague and a stranger."""
    context = browser.new_context(locale="ko-KR")
    page = context.new_page()
    page.goto(playing.way_in())
    page.fill("[name=email]", "minji@example.com")
    for name in ("password", "again"):
        page.fill(f"[name={name}]", "a-long-enough-passphrase")
    page.locator("main form button[type=submit]").click()
    page.get_by_role("link", name="나중에 하기").click(timeout=PATIENCE * 3)
    page.get_by_role("button", name="연습 계좌로 시작").click(timeout=PATIENCE * 3)
    page.wait_for_url(re.compile(r"/a/\w+/"), timeout=PATIENCE * 3)
    first = next(each["value"] for each in context.cookies() if each["name"] == "sessionid")
    context.close()
    environment = {**os.environ, "KIWOOMWEB_VAR": str(playing.var), "KIWOOMWEB_ENV": ""}
    environment["DJANGO_SETTINGS_MODULE"] = "kiwoomweb.settings"
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", PEOPLE]
    told = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return {**json.loads(told.stdout.strip().splitlines()[-1]), "first": first}


@pytest.fixture
def seats(playing: Site, people: dict[str, str], browser: Any) -> Iterator[dict[str, Any]]:
    """A page each, signed in."""
    pages = {}
    for name in ("first", "colleague", "stranger"):
        context = browser.new_context(locale="ko-KR")
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "sessionid", "value": people[name], "url": playing.address}])
        pages[name] = context.new_page()
    yield pages
    for page in pages.values():
        page.context.close()


def test_ticks_reach_the_team_alone_and_again_after_the_web_process_was_killed(
    playing: Site, people: dict[str, str], seats: dict[str, Any]
) -> None:
    address = f"{playing.address}/a/{people['code']}/symbols/{SYMBOL}/"
    team = [seats["first"], seats["colleague"]]
    for page in team:
        page.goto(address)
        expect(page.locator("live-state")).to_have_attribute("data-state", "live")
        page.wait_for_function(FRESH)
    stranger = seats["stranger"]
    assert stranger.goto(address).status == 404
    stranger.goto(playing.address)
    assert stranger.evaluate(KNOCK, people["code"]) == "refused"

    playing.kill("web")
    for page in team:
        page.wait_for_function(f"async () => (await ({STATE})()) === 'lost'")
    playing.wait_until(playing.is_healthy, 120, "the web process did not come back")
    for page in team:
        page.wait_for_function(FRESH, timeout=PATIENCE * 3)
    assert stranger.evaluate(KNOCK, people["code"]) == "refused"
