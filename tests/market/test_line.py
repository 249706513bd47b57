"""The whole way on the simulator: a print at the exchange becomes a number on a member's page."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.utils import timezone

from kiwoomweb.access import sealing
from kiwoomweb.access.models import Account
from kiwoomweb.access.services import keys
from kiwoomweb.broker.backoff import REFUSED
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.domain import OrderEvent
from kiwoomweb.notices.models import Notice
from kiwoomweb.simulator.serve import Running, running
from kiwoomweb.streams import account_handlers, market_handlers
from market.line.line import Line
from market.models import StreamLease
from market.services.leasing import TERM, claim
from market.together import end
from tests.market.live import Page
from tests.people import Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey", "quiet_end")]

QUOTE, BOOK = "quote:005930", "book:005930"


@pytest.fixture(scope="module")
def exchange() -> Iterator[Running]:
    with running(trader=False) as simulator:
        simulator.clock.resume()
        yield simulator


@pytest.fixture
def connected(account: Account, exchange: Running, settings: Any, tmp_path: Path) -> Account:
    """The practice account with the simulator's demo keys."""
    settings.SEALING_KEYS_FILE = tmp_path / "sealing.keys"
    settings.SIMULATOR_PORT = int(exchange.address.rest.rpartition(":")[2])
    sealing.make_ring()
    keys.keep(account, Credentials(exchange.keys.app_key, exchange.keys.app_secret))
    account.refresh_from_db()
    return account


def line_of(account: Account, holder: str = "one", **changed: Any) -> Line:
    handlers = {**account_handlers(), **changed.pop("deliver", {})}
    return Line(account, holder, market_handlers(), handlers, changed.pop("essential", lambda _: []))


@contextlib.asynccontextmanager
async def running_line(line: Line) -> AsyncIterator[Line]:
    task = asyncio.create_task(line.run())
    try:
        yield line
    finally:
        await end([task])


async def until(holds: Any, seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.05)


async def test_a_price_at_the_exchange_reaches_the_page(viewer: Person, connected: Account) -> None:
    page = Page(viewer.browser, connected.code)
    async with running_line(line_of(connected)):
        assert await page.opens()
        await page.says(follow=[QUOTE, BOOK, "index:001"])
        heard: set[str] = set()
        async with asyncio.timeout(30):
            while not {QUOTE, BOOK} <= heard:
                heard |= {update["topic"] for update in await page.hears_of("updates")}
        await page.leaves()


async def test_the_feed_says_that_it_is_live(viewer: Person, connected: Account) -> None:
    page = Page(viewer.browser, connected.code)
    async with running_line(line_of(connected)):
        assert await page.opens()
        await feed_that_is(page, "live")
        await page.leaves()


async def test_own_holdings_are_registered_though_nobody_looks(connected: Account, exchange: Running) -> None:
    line = line_of(connected, essential=lambda _: ["000660"])
    async with running_line(line):
        await until(lambda: "quote:000660" in line.relay.latest)


async def test_a_cut_socket_says_since_when_and_comes_back(
    viewer: Person, connected: Account, exchange: Running
) -> None:
    line, page = line_of(connected), Page(viewer.browser, connected.code)
    async with running_line(line):
        await until(lambda: line.feed.state == "live")
        assert await page.opens()
        exchange.faults.add("ws_bye")
        lost = await feed_that_is(page, "lost")
        assert lost["since"] > 0
        assert lost["reason"]
        await feed_that_is(page, "live")
        await page.leaves()


async def test_who_is_kicked_out_by_another_program_says_so_and_does_not_fight(
    viewer: Person, connected: Account, exchange: Running
) -> None:
    line, page = line_of(connected), Page(viewer.browser, connected.code)
    async with running_line(line):
        await until(lambda: line.feed.state == "live")
        assert await page.opens()
        exchange.faults.add("ws_kick")
        lost = await feed_that_is(page, "lost")
        assert "다른 프로그램" in lost["reason"]
        assert line.stream._backoff._next[REFUSED] == REFUSED.first * 2
        await page.leaves()


async def test_garbage_of_the_broker_is_counted_and_the_prices_go_on(
    viewer: Person, connected: Account, exchange: Running
) -> None:
    line, page = line_of(connected), Page(viewer.browser, connected.code)
    async with running_line(line):
        await until(lambda: line.feed.state == "live")
        assert await page.opens()
        await page.says(follow=[QUOTE])
        exchange.faults.add("ws_garbage")
        await until(lambda: line.odd.total == 5)
        await page.hears_of("updates")
        assert (line.connected, line.odd.counts) == (True, {"frame": 2, "FIREWORK": 1, "9Z": 1, "0B": 1})
        await page.leaves()


async def test_a_socket_that_only_pings_while_the_market_trades_is_hung_up_on_and_told_of(
    connected: Account, owner: Person, exchange: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("market.line.line.LOOK_EVERY", 0.2)
    monkeypatch.setattr("market.line.line.clock_of", lambda _: (0, True))
    line = line_of(connected)
    async with running_line(line):
        await until(lambda: line.feed.state == "live")
        connections: list[str] = []
        monkeypatch.setattr(line.relay, "begin_again", lambda: connections.append("again"))
        exchange.faults.add("ws_mute", lasting=60)
        line.silence.patience = 1.0
        try:
            await until(lambda: connections, 40)
        finally:
            exchange.faults.clear()
    told = [row async for row in Notice.objects.filter(kind="silent_feed").select_related("user")]
    assert [(row.account_id, row.user) for row in told] == [(connected.pk, owner.user)]


async def feed_that_is(page: Page, state: str) -> Any:
    async with asyncio.timeout(30):
        while (feed := await page.hears_of("feed"))["state"] != state:
            pass
    return feed


async def test_a_second_process_waits_for_the_lease(connected: Account) -> None:
    async with running_line(line_of(connected, "one")) as first:
        await until(lambda: first.connected)
        async with running_line(line_of(connected, "two")) as second:
            await asyncio.sleep(0.5)
            assert second.stream is None
    lease = await database_sync_to_async(StreamLease.objects.get)(account=connected)
    assert lease.holder == ""


async def test_a_lost_lease_closes_the_socket(connected: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("market.line.term.RENEW_EVERY", 0.1)
    async with running_line(line_of(connected, "one")) as line:
        await until(lambda: line.connected)
        later = timezone.now() + TERM + timedelta(seconds=1)
        assert await database_sync_to_async(claim)(connected.pk, "thief", later) == 2
        await until(lambda: not line.connected)


async def test_order_events_keep_their_order(connected: Account) -> None:
    seen: list[str] = []

    def slow(_account_id: int, event: OrderEvent) -> None:
        seen.append(event.order_no)

    line = line_of(connected, deliver={OrderEvent: slow})
    async with running_line(line):
        for number in range(5):
            line.deliveries.queue.put_nowait(order(f"{number}"))
        await until(lambda: len(seen) == 5)
    assert seen == ["0", "1", "2", "3", "4"]


def order(number: str) -> OrderEvent:
    """An accepted order with only what the live path looks at."""
    values = dict.fromkeys(OrderEvent.__dataclass_fields__)
    return OrderEvent(
        **{**values, "order_no": number, "symbol": "005930", "name": "삼성전자", "status": "접수"}
    )
