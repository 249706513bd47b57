"""Pages that misbehave: each is answered, bounded or sent away, and nobody else notices."""

from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.contrib.sessions.models import Session
from django.utils import timezone

from kiwoomweb.access.models import Account, Membership
from market import hub as hub_module
from market.browser import GONE
from market.conversation import NONSENSE, TOO_MUCH
from market.frames import FASTEST, SLOWEST
from market.hub import MOST_TOPICS, hub
from market.models import AccountEvent
from market.selectors.events import last_events
from tests.market.live import Page
from tests.people import Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey", "quiet_end")]

MANY = [f"quote:{number:06}" for number in range(10_000)]


async def at_the_page(viewer: Person, account: Account, **rest: Any) -> Page:
    page = Page(viewer.browser, account.code, **rest)
    assert await page.opens()
    return page


async def answers(page: Page) -> None:
    """The page is still there: what it said before has been read."""
    await page.says(ping=1)
    assert await page.hears_of("pong") == 1


def topics_here() -> set[str]:
    (browser,) = hub().browsers
    return browser.topics


async def test_ten_thousand_symbols_in_one_message_are_no_sensible_question(
    viewer: Person, account: Account
) -> None:
    page = await at_the_page(viewer, account)
    await page.says(follow=MANY)
    assert await page.is_closed_with() == NONSENSE
    await page.leaves()


async def test_ten_thousand_symbols_little_by_little_become_three_hundred(
    viewer: Person, account: Account
) -> None:
    page = await at_the_page(viewer, account)
    for start in range(0, len(MANY), 500):
        await page.says(follow=MANY[start : start + 500])
    await answers(page)
    assert len(topics_here()) == MOST_TOPICS
    await page.leaves()


@pytest.mark.parametrize(
    "topic", ["live.other", "user.1", "quote:../x", "quote:005930\n", "QUOTE:005930", "", "x" * 5_000]
)
async def test_a_topic_that_is_none_is_not_followed(viewer: Person, account: Account, topic: str) -> None:
    page = await at_the_page(viewer, account)
    await page.says(follow=[topic, "quote:005930"])
    await answers(page)
    assert topics_here() == {"quote:005930"}
    await page.leaves()


async def test_a_member_hears_nothing_of_another_teams_account(
    viewer: Person, strangers_account: Account
) -> None:
    assert not await Page(viewer.browser, strangers_account.code).opens()
    assert hub().browsers == set()


async def test_binary_is_no_conversation(viewer: Person, account: Account) -> None:
    page = await at_the_page(viewer, account)
    await page.socket.send_to(bytes_data=b"\x00\xff" * 20)
    assert await page.is_closed_with() == NONSENSE
    await page.leaves()


async def test_who_talks_without_end_is_sent_away(viewer: Person, account: Account) -> None:
    page = await at_the_page(viewer, account)
    for number in range(400):
        await page.says(unfollow=[str(number)])
    assert await page.is_closed_with() == TOO_MUCH
    await page.leaves()


async def test_acknowledging_is_not_talking(viewer: Person, account: Account) -> None:
    page = await at_the_page(viewer, account)
    for number in range(400):
        await page.says(ack=number)
    await answers(page)
    await page.leaves()


@pytest.mark.parametrize(("asked", "given"), [(4, 4), (0.5, 0.5), (0, SLOWEST), (-3, SLOWEST), (1e9, FASTEST)])
async def test_a_page_chooses_its_rate_within_bounds(
    viewer: Person, account: Account, asked: float, given: float
) -> None:
    page = await at_the_page(viewer, account)
    await page.says(rate=asked)
    await answers(page)
    assert [browser.rate for browser in hub().browsers] == [given]
    await page.leaves()


async def test_a_person_has_room_for_many_pages_and_no_more(
    viewer: Person, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "MOST_PAGES", 1)
    page, another = await at_the_page(viewer, account), Page(viewer.browser, account.code)
    assert await another.opens()
    assert await another.is_closed_with() == TOO_MUCH
    await answers(page)
    await page.leaves()


async def test_a_removed_member_goes_though_no_message_came(viewer: Person, account: Account) -> None:
    page = await at_the_page(viewer, account)
    await database_sync_to_async(Membership.objects.filter(user=viewer.user).delete)()
    assert await page.is_closed_with() == GONE
    await page.leaves()


async def test_a_page_goes_with_its_session(viewer: Person, account: Account) -> None:
    page = await at_the_page(viewer, account)
    await database_sync_to_async(Session.objects.update)(expire_date=timezone.now())
    assert await page.is_closed_with() == GONE
    await page.leaves()


async def test_an_event_whose_message_was_lost_is_told_all_the_same(
    viewer: Person, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "EVENTS_EVERY", 1)
    page = await at_the_page(viewer, account)
    make = database_sync_to_async(AccountEvent.objects.create)
    for seq in (1, 2):
        await make(account=account, seq=seq, kind="order", body={"order_no": str(seq)})
    assert await database_sync_to_async(last_events)([account.pk]) == {account.pk: 2}
    heard: list[str] = []
    while len(heard) < 2:
        heard += [event["order_no"] for event in await page.hears_of("events")]
    assert heard == ["1", "2"]
    await page.leaves()


async def test_a_page_may_choose_its_rate_by_its_address(viewer: Person, account: Account) -> None:
    page = Page(viewer.browser, account.code, query="rate=2.5")
    assert await page.opens()
    await answers(page)
    assert [browser.rate for browser in hub().browsers] == [2.5]
    await page.leaves()
