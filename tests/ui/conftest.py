"""A desk: a signed-in person's page in a real browser, on a live server with a believable account."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.people import make_account, make_person
from tests.portfolio.views import believable


@pytest.fixture
def full_account(transactional_db: None) -> Any:
    """Minji's practice account with a year in it."""
    from kiwoomweb.access.models import Team
    from kiwoomweb.access.roles import Role
    from portfolio.selectors.days import today_of

    team = Team.objects.create(name="민지네")
    account = make_account(team)
    account.owner = make_person("Minji", team, Role.OWNER)
    account.connected_at = believable.now()
    account.save()
    account.today = today_of(account)
    believable.whole_account(account, account.today, account.owner.user)
    return account


@pytest.fixture
def desk(page: Any, live_server: Any, full_account: Any) -> Iterator[Any]:
    """The page, signed in; ``desk.open("pnl/")`` goes to an address of the account."""
    site = live_server.url.replace("localhost", "127.0.0.1")
    session = full_account.owner.browser.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])

    def go(path: str = "") -> Any:
        address = path if path.startswith("/") else f"/a/{full_account.code}/{path}"
        page.goto(site + address)
        return page

    page.open = go
    yield page
    page.goto("about:blank")  # no request may be on its way when the database is emptied
