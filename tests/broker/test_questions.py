"""Condition searches over the socket: asked in order, answered in order, told apart from ticks and acks."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from kiwoomweb.broker import errors as e
from kiwoomweb.broker import stream as streams
from kiwoomweb.broker.domain import SEOUL, ScreenerEvent
from kiwoomweb.broker.stream import Stream
from kiwoomweb.broker.stream_events import Lost, Unrecognised
from tests.broker.fake_socket import FakeSocket, Line, Tokens

LIST = {"trnm": "CNSRLST", "return_code": 0, "return_msg": "", "data": [["0", "조건1"], ["4", "돌파"]]}
ROWS = {
    "trnm": "CNSRREQ",
    "seq": "4  ",
    "cont_yn": "Y",
    "next_key": "K",
    "return_code": 0,
    "data": [{"9001": "A005930"}],
}
PUSH = {
    "trnm": "REAL",
    "data": [
        {
            "type": "02",
            "name": "조건검색",
            "item": "005930",
            "values": {"841": "4", "9001": "005930", "843": "I", "20": "145928", "907": "2"},
        }
    ],
}


@contextlib.asynccontextmanager
async def heard(broker: FakeSocket) -> AsyncIterator[tuple[Stream, list]]:
    """A stream somebody reads, and what it has said so far."""
    said: list = []
    async with Stream(broker.address, Tokens(), sleep=lambda _: asyncio.sleep(0.01)) as stream:

        async def listen() -> None:
            async for event in stream:
                said.append(event)

        task = asyncio.create_task(listen())
        async with asyncio.timeout(20):
            while not said:
                await asyncio.sleep(0.01)
        yield stream, said
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def replies(*answers):
    async def scene(line: Line) -> None:
        await line.let_in()
        for answer in answers:
            await line.hear()
            for message in answer if isinstance(answer, list) else [answer]:
                await line.say(message)
        await line.hear()

    return scene


async def test_the_list_of_conditions_comes_as_rows():
    async with FakeSocket(replies(LIST)) as broker, heard(broker) as (stream, _):
        assert (await stream.ask({"trnm": "CNSRLST"}))["data"] == [["0", "조건1"], ["4", "돌파"]]


async def test_an_answer_keeps_its_condition_and_paging():
    async with FakeSocket(replies(ROWS)) as broker, heard(broker) as (stream, _):
        told = await stream.ask({"trnm": "CNSRREQ", "seq": "4", "search_type": "0"})

        assert told == {"data": [{"9001": "A005930"}], "seq": "4", "cont_yn": "Y", "next_key": "K"}


async def test_a_realtime_search_asks_for_the_list_first_and_only_once():
    one = {"trnm": "CNSRREQ", "seq": "4", "return_code": 0, "data": [{"jmcode": "A005930"}]}
    ask = {"trnm": "CNSRREQ", "seq": "4", "search_type": "1", "stex_tp": "K"}
    async with FakeSocket(replies(LIST, one, one)) as broker, heard(broker) as (stream, _):
        await stream.ask(ask)
        await stream.ask(ask)

        assert [json.loads(text)["trnm"] for text in broker.lines[0].heard[1:]] == [
            "CNSRLST",
            "CNSRREQ",
            "CNSRREQ",
        ]


async def test_symbols_that_come_and_go_are_events():
    async with FakeSocket(replies([LIST, PUSH])) as broker, heard(broker) as (stream, said):
        await stream.ask({"trnm": "CNSRLST"})
        async with asyncio.timeout(10):
            while len(said) < 2:
                await asyncio.sleep(0.01)

        at = datetime(2026, 9, 14, 14, 59, 28, tzinfo=SEOUL)
        assert said[1] == ScreenerEvent(condition="4", symbol="005930", entered=True, at=at)


async def test_a_move_that_is_neither_in_nor_out_is_reported_and_not_guessed():
    strange = json.loads(json.dumps(PUSH).replace('"I"', '"X"'))
    async with FakeSocket(replies([LIST, strange])) as broker, heard(broker) as (stream, said):
        await stream.ask({"trnm": "CNSRLST"})
        async with asyncio.timeout(10):
            while len(said) < 2:
                await asyncio.sleep(0.01)

        assert isinstance(said[1], Unrecognised)
        assert said[1].type == "02"


async def test_a_refusal_reaches_whoever_asked():
    no = {"trnm": "CNSRREQ", "return_code": 1, "return_msg": "지원하지 않는 요청입니다"}
    async with FakeSocket(replies(no)) as broker, heard(broker) as (stream, _):
        with pytest.raises(e.Refused, match="지원하지 않는"):
            await stream.ask({"trnm": "CNSRREQ", "seq": "9", "search_type": "0"})


async def test_a_connection_that_ends_answers_its_questions_with_an_error():
    async def scene(line: Line) -> None:
        await line.let_in()
        await line.hear()

    async with FakeSocket(scene) as broker, heard(broker) as (stream, said):
        with pytest.raises(e.Unreachable):
            await stream.ask({"trnm": "CNSRLST"})
        assert any(isinstance(event, Lost) for event in said)


async def test_an_answer_that_never_comes_is_an_error_and_the_next_one_is_still_matched(monkeypatch):
    async def scene(line: Line) -> None:
        await line.let_in()
        await line.hear()
        await line.hear()
        await line.say({**LIST, "data": []})
        await line.say(LIST)
        await line.hear()

    async with FakeSocket(scene) as broker, heard(broker) as (stream, _):
        monkeypatch.setattr(streams, "ANSWERED_WITHIN", 0.05)
        with pytest.raises(e.Unreachable, match="no answer"):
            await stream.ask({"trnm": "CNSRLST"})
        monkeypatch.setattr(streams, "ANSWERED_WITHIN", 10)
        assert len((await stream.ask({"trnm": "CNSRLST"}))["data"]) == 2
