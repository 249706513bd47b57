"""The door: a page asks a socket it may not open, and hears the answer, the refusal, or that nobody is in."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from channels.db import database_sync_to_async

from kiwoomweb.access.errors import NotConnected
from kiwoomweb.access.models import Account, Credential
from kiwoomweb.broker.errors import BadInput, BrokerError
from market.door import LineSilent, answer_questions, ask, is_open
from market.door import is_open as stands_open
from market.together import end

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey", "quiet_end")]

QUESTION = {"trnm": "CNSRLST"}


def with_keys(account: Account) -> Account:
    Credential.objects.create(
        account=account, app_key_seal=b"", app_secret_seal=b"", key_version=1, made_at=account.made_at
    )
    return account


@contextlib.asynccontextmanager
async def door(account: Account, put: Any, *, is_open: bool = True) -> AsyncIterator[None]:
    task = asyncio.create_task(answer_questions(account.code, put, lambda: is_open))
    for _look in range(200 if is_open else 4):
        if await asyncio.to_thread(stands_open, account):
            break
        await asyncio.sleep(0.05)
    yield
    await end([task])


async def asked(account: Account, patience: float = 10) -> Any:
    return await database_sync_to_async(ask, thread_sensitive=False)(account, QUESTION, patience)


async def test_the_answer_comes_back_as_it_was_given(account: Account) -> None:
    account = await database_sync_to_async(with_keys)(account)

    async def put(question: Any) -> Any:
        return {"data": [["0", question["trnm"]]], "seq": ""}

    async with door(account, put):
        assert await asked(account) == {"data": [["0", "CNSRLST"]], "seq": ""}


async def test_a_refusal_keeps_its_kind_and_words(account: Account) -> None:
    account = await database_sync_to_async(with_keys)(account)

    async def put(question: Any) -> Any:
        raise BadInput("CNSRLST 먼저", code="1511", tr="CNSRREQ")

    async with door(account, put):
        with pytest.raises(BadInput) as no:
            await asked(account)
    assert (no.value.said, no.value.code) == ("CNSRLST 먼저", "1511")


async def test_while_nobody_holds_the_socket_the_page_hears_it_at_once(account: Account) -> None:
    account = await database_sync_to_async(with_keys)(account)
    with pytest.raises(LineSilent):
        await asked(account)


async def test_a_line_that_falls_silent_is_given_up(account: Account) -> None:
    account = await database_sync_to_async(with_keys)(account)

    async def put(question: Any) -> Any:
        await asyncio.sleep(60)

    async with door(account, put):
        with pytest.raises(BrokerError):
            await asked(account, patience=1)


async def test_an_account_without_keys_is_never_asked(account: Account) -> None:
    with pytest.raises(NotConnected):
        await asked(account)


async def test_whether_the_door_is_open_can_be_asked(account: Account) -> None:
    async def put(question: Any) -> Any:
        return {"data": []}

    look = database_sync_to_async(is_open)
    assert not await look(account)
    async with door(account, put):
        assert await look(account)
