"""The live socket of an account: who may open it, what comes through it, and when it is taken away."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer

from kiwoomweb.access.models import Account, Membership
from market.browser import GONE
from market.conversation import NONSENSE
from market.events import FeedState
from market.frames import frame, group_of, user_group
from market.hub import hub
from market.publishing import Publisher
from market.relay import Relay
from market.services.outbox import announce
from market.valkey import latest_key, valkey
from tests.market.live import Page
from tests.market.ticks import book, tick
from tests.people import Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey", "quiet_end")]

QUOTE = "quote:005930"


def publisher(code: str, fence: int = 1, held: bool = True) -> Publisher:
    told = Publisher(code, Relay(), fence, lambda: held, feed=FeedState("live", 1))
    told.followed = {QUOTE, "book:005930", "prints:005930"}
    return told


async def joined(code: str) -> None:
    """Until this process listens to the account's frames."""
    for _ in range(100):
        if group_of(code) in hub().joined:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("never joined")


async def test_a_stranger_is_refused_before_the_handshake(stranger: Person, account: Account) -> None:
    assert not await Page(stranger.browser, account.code).opens()


async def test_a_visitor_is_refused(visitor: Person, account: Account) -> None:
    assert not await Page(visitor.browser, account.code).opens()


async def test_an_unknown_account_is_refused_like_a_strangers(viewer: Person) -> None:
    assert not await Page(viewer.browser, "nosuchcode").opens()


@pytest.mark.parametrize("origin", ["http://evil.example", "http://testserver:9999", "", "null"])
async def test_another_sites_page_is_refused(viewer: Person, account: Account, origin: str) -> None:
    assert not await Page(viewer.browser, account.code, origin=origin).opens()


async def test_a_viewer_hears_the_price_change(viewer: Person, account: Account) -> None:
    page, told = Page(viewer.browser, account.code), publisher(account.code)
    assert await page.opens()
    await page.says(follow=[QUOTE])
    await joined(account.code)
    told.relay.tick(tick(72_400), 1)
    await told.send(told.relay.take(told.followed))
    assert (await page.hears_of("updates"))[0]["price"] == 72_400
    await page.leaves()


async def test_a_page_that_comes_later_hears_the_last_price_at_once(viewer: Person, account: Account) -> None:
    told = publisher(account.code)
    told.relay.tick(tick(71_000), 1)
    told.relay.book(book(), 1)
    await told.send(told.relay.take(told.followed))
    page = Page(viewer.browser, account.code)
    assert await page.opens()
    await page.says(follow=[QUOTE, "book:005930"])
    updates = await page.hears_of("updates")
    assert {update["topic"] for update in updates} == {QUOTE, "book:005930"}
    await page.leaves()


async def test_frames_of_another_account_do_not_come_through(
    viewer: Person, account: Account, strangers_account: Account
) -> None:
    page = Page(viewer.browser, account.code)
    assert await page.opens()
    await page.says(follow=[QUOTE])
    await joined(account.code)
    for code, price in ((strangers_account.code, 1), (account.code, 2)):
        told = publisher(code)
        told.relay.tick(tick(price), 1)
        await told.send(told.relay.take(told.followed))
    assert (await page.hears_of("updates"))[0]["price"] == 2
    await page.leaves()


async def test_what_is_no_longer_followed_is_no_longer_told(viewer: Person, account: Account) -> None:
    page, told = Page(viewer.browser, account.code), publisher(account.code)
    assert await page.opens()
    await page.says(follow=[QUOTE, "book:005930"])
    await page.says(unfollow=[QUOTE])
    await page.says(ping=7)
    assert await page.hears_of("pong") == 7
    await joined(account.code)
    told.relay.tick(tick(), 1)
    told.relay.book(book(), 1)
    await told.send(told.relay.take(told.followed))
    assert {update["topic"] for update in await page.hears_of("updates")} == {"book:005930"}
    await page.leaves()


async def test_a_lost_frame_is_made_good_from_the_last_values(viewer: Person, account: Account) -> None:
    page, told = Page(viewer.browser, account.code), publisher(account.code)
    assert await page.opens()
    await page.says(follow=[QUOTE])
    await joined(account.code)
    await told.send({})
    told.relay.tick(tick(72_900), 1)
    await lost(told, told.relay.take(told.followed))
    await told.send({})
    assert (await page.hears_of("updates"))[0]["price"] == 72_900
    await page.leaves()


async def lost(told: Publisher, updates: dict[str, str]) -> None:
    """Everything happens but the delivery: the channel layer promises at most once."""
    await valkey().hset(latest_key(told.code), mapping=updates)  # type: ignore[arg-type]
    told.number += 1


async def test_a_process_that_lost_its_lease_is_not_listened_to(viewer: Person, account: Account) -> None:
    page = Page(viewer.browser, account.code)
    assert await page.opens()
    await page.says(follow=[QUOTE])
    await joined(account.code)
    layer = get_channel_layer()
    for fence, number, price in ((7, 1, 100), (6, 99, 200), (7, 2, 300)):
        update = {QUOTE: json.dumps({"topic": QUOTE, "price": price})}
        await layer.group_send(group_of(account.code), frame(account.code, fence, number, update, "{}"))
    heard = [(await page.hears_of("updates"))[0]["price"]]
    while heard[-1] != 300:
        heard.append((await page.hears_of("updates"))[0]["price"])
    assert 200 not in heard
    await page.leaves()


async def test_an_order_event_reaches_the_page_with_its_number(viewer: Person, account: Account) -> None:
    page = Page(viewer.browser, account.code)
    assert await page.opens()
    await joined(account.code)
    await in_database(announce, account.pk, account.code, "order", {"order_no": "0000137"})
    event = (await page.hears_of("events"))[0]
    assert (event["seq"], event["kind"], event["order_no"]) == (1, "order", "0000137")
    await page.leaves()


async def test_events_missed_while_away_are_replayed(viewer: Person, account: Account) -> None:
    for number in ("1", "2", "3"):
        await in_database(announce, account.pk, account.code, "order", {"order_no": number})
    page = Page(viewer.browser, account.code, since=1)
    assert await page.opens()
    assert [event["order_no"] for event in await page.hears_of("events")] == ["2", "3"]
    await page.leaves()


async def test_a_member_who_is_removed_is_sent_away_at_once(viewer: Person, account: Account) -> None:
    page = Page(viewer.browser, account.code)
    assert await page.opens()
    await joined(account.code)
    await in_database(Membership.objects.filter(user=viewer.user).delete)
    message = {"type": "access.revoked", "user_id": viewer.user.pk}
    await get_channel_layer().group_send(user_group(viewer.user.pk), message)
    assert await page.is_closed_with() == GONE
    await page.leaves()


async def test_a_removed_member_can_follow_nothing_more(viewer: Person, account: Account) -> None:
    page = Page(viewer.browser, account.code)
    assert await page.opens()
    await in_database(Membership.objects.filter(user=viewer.user).delete)
    await page.says(follow=[QUOTE])
    assert await page.is_closed_with() == GONE
    await page.leaves()


async def test_signing_out_ends_the_socket(viewer: Person, account: Account) -> None:
    page = Page(viewer.browser, account.code)
    assert await page.opens()
    await in_database(viewer.browser.logout)
    await page.says(follow=[QUOTE])
    assert await page.is_closed_with() == GONE
    await page.leaves()


async def test_the_other_members_stay(viewer: Person, trader: Person, account: Account) -> None:
    page = Page(trader.browser, account.code)
    assert await page.opens()
    await joined(account.code)
    await in_database(Membership.objects.filter(user=viewer.user).delete)
    message = {"type": "access.revoked", "user_id": viewer.user.pk}
    await get_channel_layer().group_send(user_group(viewer.user.pk), message)
    await page.says(ping=1)
    assert await page.hears_of("pong") == 1
    await page.leaves()


@pytest.mark.parametrize("text", ["hello", "[]", '{"follow": 7}', '{"ack": "x"}'])
async def test_nonsense_ends_the_conversation(viewer: Person, account: Account, text: str) -> None:
    page = Page(viewer.browser, account.code)
    assert await page.opens()
    await page.socket.send_to(text_data=text)
    assert await page.is_closed_with() == NONSENSE
    await page.leaves()


async def test_a_silent_stream_process_is_said_to_be_silent(
    viewer: Person, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("market.room.SILENT", 0.1)
    page = Page(viewer.browser, account.code)
    assert await page.opens()
    assert (await page.hears_of("feed"))["state"] == "lost"
    await page.leaves()


async def test_the_hub_sleeps_when_everybody_has_left(viewer: Person, account: Account) -> None:
    page = Page(viewer.browser, account.code)
    assert await page.opens()
    await joined(account.code)
    await page.leaves()
    await asyncio.sleep(0.05)
    assert (hub().work, hub().rooms, hub().joined) == ([], {}, set())


async def test_who_comes_in_while_the_last_one_is_leaving_hears_the_prices(
    viewer: Person, trader: Person, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last page's channel leaves its groups one by one, longer than anybody waits for it."""
    monkeypatch.setattr("market.together.PATIENCE", 0.02)
    layer, may_go = get_channel_layer(), asyncio.Event()
    leave_group = layer.group_discard

    async def slowly(group: str, channel: str) -> None:
        await may_go.wait()
        await leave_group(group, channel)

    last = Page(viewer.browser, account.code)
    assert await last.opens()
    await joined(account.code)
    monkeypatch.setattr(layer, "group_discard", slowly)
    leaving = asyncio.create_task(last.leaves())
    while hub().work:
        await asyncio.sleep(0.01)
    page, told = Page(trader.browser, account.code), publisher(account.code)
    assert await page.opens()
    await page.says(follow=[QUOTE])
    await joined(account.code)
    await leaving
    may_go.set()
    await asyncio.sleep(0.25)  # two looks of the new channel at what it should have joined
    told.relay.tick(tick(73_100), 1)
    await told.send(told.relay.take(told.followed))
    assert (await page.hears_of("updates"))[0]["price"] == 73_100
    await page.leaves()


async def in_database(verb: Callable[..., Any], *args: Any) -> Any:
    return await database_sync_to_async(verb)(*args)
