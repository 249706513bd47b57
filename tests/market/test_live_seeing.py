"""The live socket while somebody looks as another member: it hears what both may, and not a moment longer."""

import pytest

from kiwoomweb.access.models import Account, Grant, Membership
from kiwoomweb.access.models.grant import NO_ACCESS
from kiwoomweb.access.selectors.seeing import KEPT_AS
from market.browser import GONE
from market.guests import admit, unwelcome
from market.services.outbox import announce
from tests.market.live import Page
from tests.market.test_live_socket import in_database, joined
from tests.people import Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey", "quiet_end")]

FILL = {"order_no": "0000137", "quantity": 10, "price": 74_100, "amount": 741_000}


def looks_as(person: Person, ship: Membership) -> None:
    assert person.post(f"/t/{ship.team.code}/members/{ship.pk}/see/").status_code == 302


@pytest.fixture
def vera(viewer: Person, team) -> Membership:
    """Vera's place in the team; amounts are covered for her."""
    Membership.objects.filter(user=viewer.user, team=team).update(masked=True)
    return Membership.objects.select_related("team").get(user=viewer.user, team=team)


async def test_an_owner_who_looks_as_a_masked_viewer_hears_what_she_hears(
    owner: Person, viewer: Person, vera: Membership, account: Account
) -> None:
    await in_database(looks_as, owner, vera)
    pages = [Page(owner.browser, account.code), Page(viewer.browser, account.code)]
    for page in pages:
        assert await page.opens()
    await joined(account.code)
    await in_database(announce, account.pk, account.code, "fill", FILL)
    heard = [(await page.hears_of("events"))[0] for page in pages]
    assert heard[0] == heard[1]
    assert "741000" not in str(heard)
    for page in pages:
        await page.leaves()


async def test_where_the_other_may_not_look_no_socket_opens_and_an_open_page_is_sent_away(
    owner: Person, vera: Membership, live_account: Account
) -> None:
    page = Page(owner.browser, live_account.code)
    assert await page.opens()
    await joined(live_account.code)
    await in_database(Grant(membership=vera, account=live_account, role=NO_ACCESS).save)
    await in_database(looks_as, owner, vera)
    assert await page.is_closed_with() == GONE
    await page.leaves()
    assert not await Page(owner.browser, live_account.code).opens()


def test_an_open_page_is_asked_anew_when_the_look_begins_changes_or_ends(
    owner: Person, vera: Membership, account: Account
) -> None:
    def guest():
        return admit(owner.user, account.code, owner.browser.session, None)

    before = guest()
    assert not before.masked
    looks_as(owner, vera)
    assert unwelcome([before]) == {before}, "as oneself, opened before the look"
    during = guest()
    assert during.masked
    assert unwelcome([during]) == set()
    Membership.objects.filter(pk=vera.pk).update(masked=False)
    assert unwelcome([during]) == {during}, "she is uncovered now"
    uncovered = guest()
    owner.post("/see/stop/")
    assert KEPT_AS not in owner.browser.session
    assert unwelcome([uncovered]) == {uncovered}
    assert unwelcome([guest()]) == set()
