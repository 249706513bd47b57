"""Conditions on the line: asked for through the door, heard live, and asked for again after a cut."""

import asyncio
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.simulator.serve import Running
from market.models import Screener
from market.services import screening
from tests.market.test_line import connected, exchange, line_of, running_line, until  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey", "quiet_end")]


async def state(account: Account, seq: str) -> Any:
    return await database_sync_to_async(
        lambda: Screener.objects.filter(account=account, seq=seq).values_list("confirmed_at", flat=True).first()
    )()


async def confirmed(account: Account, seq: str, since: Any) -> None:
    async with asyncio.timeout(30):
        while not ((at := await state(account, seq)) and at > since):
            await asyncio.sleep(0.1)


async def test_a_condition_is_listed_started_and_asked_for_again_after_a_cut(
    connected: Account,  # noqa: F811
    exchange: Running,  # noqa: F811
) -> None:
    in_thread = database_sync_to_async
    begun = timezone.now()
    async with running_line(line_of(connected)) as line:
        await until(lambda: line.feed.state == "live")
        await asyncio.sleep(1.5)  # the door opens within a second
        assert await in_thread(screening.refresh_list, thread_sensitive=False)(connected) >= 3
        chosen = await in_thread(lambda: Screener.objects.select_related("account").first())()
        await in_thread(screening.start, thread_sensitive=False)(chosen)
        await confirmed(connected, chosen.seq, begun)

        cut = timezone.now()
        exchange.faults.add("ws_bye")
        await confirmed(connected, chosen.seq, cut)
