"""Sockets: opened by our own pages alone, each with a ticket of its own."""

from typing import Any

import pytest
import time_machine

from kiwoomweb.access.hardening.origins import is_ours
from kiwoomweb.access.hardening.passes import SECONDS, issue
from kiwoomweb.access.models import Account
from tests.market.live import Page
from tests.people import Person

#: What a page elsewhere, or one that pretends, may send as its origin, and the host it asks for.
FOREIGN = [
    ("", "desk.example:8000"),
    ("null", "desk.example:8000"),
    ("file://", "desk.example:8000"),
    ("about:blank", "desk.example:8000"),
    ("http://", "desk.example:8000"),
    ("desk.example:8000", "desk.example:8000"),
    ("//desk.example:8000", "desk.example:8000"),
    ("http://desk.example", "desk.example:8000"),
    ("http://desk.example:80", "desk.example"),
    ("http://desk.example:8001", "desk.example:8000"),
    ("http://desk.example:08000", "desk.example:8000"),
    ("http://desk.example:8000/", "desk.example:8000"),
    ("http://desk.example:8000/a", "desk.example:8000"),
    ("http://desk.example:8000?a", "desk.example:8000"),
    ("http://desk.example:8000#a", "desk.example:8000"),
    ("https://desk.example:8000", "desk.example:8000"),
    ("ws://desk.example:8000", "desk.example:8000"),
    ("ftp://desk.example:8000", "desk.example:8000"),
    ("HTTP://desk.example:8000", "desk.example:8000"),
    ("http://DESK.example:8000", "desk.example:8000"),
    ("http://desk.example.:8000", "desk.example:8000"),
    ("http://sub.desk.example:8000", "desk.example:8000"),
    ("http://example:8000", "desk.example:8000"),
    ("http://desk.example.evil.example:8000", "desk.example:8000"),
    ("http://evildesk.example:8000", "desk.example:8000"),
    ("http://desk.example:8000.evil.example", "desk.example:8000"),
    ("http://desk.example:8000@evil.example", "desk.example:8000"),
    ("http://evil.example@desk.example:8000", "desk.example:8000"),
    ("http://user:pw@desk.example:8000", "desk.example:8000"),
    ("http://xn--dsk-ema.example:8000", "desk.example:8000"),
    ("http://dësk.example:8000", "desk.example:8000"),
    ("http://desk。example:8000", "desk.example:8000"),
    ("http://desk.example:8000 http://evil.example", "desk.example:8000"),
    ("http://evil.example, http://desk.example:8000", "desk.example:8000"),
    ("http://desk.example:8000\x00", "desk.example:8000"),
    ("http://desk.example:8000\r\nx", "desk.example:8000"),
    ("http://[::1]:8000", "desk.example:8000"),
    ("http://127.0.0.1:8000", "desk.example:8000"),
    ("http://localhost:8000", "127.0.0.1:8000"),
    # The same name on both sides, but no name of ours: a page that has bent its own name to our address.
    ("http://evil.example:8000", "evil.example:8000"),
    ("http://desk.example:8000", ""),
]


@pytest.mark.security("S-40", asvs=["4.4.2"])
@pytest.mark.parametrize("debug", [True, False])
def test_forty_origins_that_are_not_ours_are_refused(debug: bool, settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.DEBUG = ["desk.example", "127.0.0.1", "localhost"], debug
    assert len(FOREIGN) >= 40
    assert [pair for pair in FOREIGN if is_ours(*pair)] == []
    assert is_ours("http://desk.example:8000", "desk.example:8000")
    settings.HTTPS = True
    assert not is_ours("http://desk.example", "desk.example")
    assert is_ours("https://desk.example", "desk.example")


@pytest.mark.security("S-40", asvs=["4.4.2"])
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "origin", ["", "null", "http://evil.example", "https://testserver", "http://testserver:1"]
)
async def test_a_page_of_another_site_gets_no_handshake(origin: str, viewer: Person, account: Account) -> None:
    assert not await Page(viewer.browser, account.code, origin=origin).opens()


@pytest.mark.security("S-41", asvs=["4.4.3", "4.4.4"])
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("valkey")
async def test_a_ticket_serves_once_in_time_for_its_session_and_its_path(
    viewer: Person, owner: Person, account: Account
) -> None:
    path, key = f"/ws/live/{account.code}/", viewer.browser.cookies["sessionid"].value

    async def opens(ticket: str, person: Person = viewer) -> bool:
        page = Page(person.browser, account.code, ticket=ticket)
        if opened := await page.opens():
            await page.leaves()
        return opened

    good = issue(key, path)
    assert await opens(good)
    assert not await opens(good), "used twice"
    assert not await opens(issue(key, path), owner), "another person's"
    assert not await opens(issue(key, "/ws/live/other/"))
    assert not await opens(issue("", path))
    assert not await opens("")
    assert not await opens(issue(key, path)[:-1] + "x")
    old = issue(key, path)
    with time_machine.travel(_in(SECONDS + 1), tick=False):
        assert not await opens(old), "too late"


@pytest.mark.security("S-41", asvs=["4.4.3"])
@pytest.mark.django_db
def test_a_ticket_is_given_to_members_only(
    viewer: Person, stranger: Person, visitor: Person, account: Account
) -> None:
    path = f"/a/{account.code}/live/pass/"
    assert set(viewer.get(path).json()) == {"pass"}
    assert "no-store" in viewer.get(path)["Cache-Control"]
    assert stranger.get(path).status_code == 404
    assert visitor.get(path).status_code == 302


def _in(seconds: int) -> Any:
    from datetime import UTC, datetime, timedelta

    return datetime.now(UTC) + timedelta(seconds=seconds)
