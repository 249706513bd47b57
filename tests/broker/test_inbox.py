"""Messages lie ready whole and in order, however the network cuts them; what is no message ends the line."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
import uvloop
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from kiwoomweb.broker.inbox import Inbox
from kiwoomweb.operation.benchmarks.relay.wire import accepted, client_frame, server_frame

Run = Callable[[Coroutine[Any, Any, Any]], Any]
TEXTS = [b"a", b"b" * 125, b"c" * 126, b"d" * 70_000, b"", b"e" * 65_535, b"f"]
WHOLE = b"".join(server_frame(text) for text in TEXTS)
PING, CLOSE = server_frame(b"?", 9), server_frame((1000).to_bytes(2, "big"), 8)
#: The stream process runs on uvloop, what else listens on asyncio's own.
loops = pytest.mark.parametrize("run", [uvloop.run, asyncio.run], ids=["uvloop", "asyncio"])
#: "hello" in two frames, a ping in between.
PARTS = b"\x01\x03hel" + PING + b"\x80\x02lo"


async def heard(said: bytes, cut: int) -> tuple[list[bytes], int]:
    """What lies ready of this, sent in pieces of so many bytes right behind the handshake; the close code."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        told = accepted(await reader.readuntil(b"\r\n\r\n")) + said
        for at in range(0, len(told), cut):
            writer.write(told[at : at + cut])
            await asyncio.sleep(0)
        await writer.drain()
        await reader.read(1_000)  # a word of farewell
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    got: list[bytes] = []
    options = {"create_connection": Inbox, "proxy": None, "compression": None, "max_size": 1 << 20}
    async with server, connect(f"ws://127.0.0.1:{port}/", close_timeout=1, **options) as inbox:
        try:
            while True:
                await inbox.wait()
                got += inbox.take(2)
        except ConnectionClosed as closed:
            return got, (closed.rcvd or closed.sent).code


@loops
@pytest.mark.parametrize("cut", [1_000_000, 4_099, 997])
def test_messages_come_whole_and_in_order(run: Run, cut: int) -> None:
    assert run(heard(WHOLE + PING + WHOLE + CLOSE, cut)) == (TEXTS * 2, 1000)


@pytest.mark.parametrize("cut", [1_000_000, 3])
async def test_a_message_in_parts_is_put_together(cut: int) -> None:
    told = server_frame(b"before") + PARTS + server_frame(b"after") + CLOSE
    assert await heard(told, cut) == ([b"before", b"hello", b"after"], 1000)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [(client_frame(b"masked"), 1002), (b"\x81\x7f" + (1 << 40).to_bytes(8, "big"), 1009),
     (b"\xf1\x01x", 1002), (b"\x83\x01x", 1002), (server_frame(b"x" * (2 << 20)), None)],
    ids=["masked", "endless", "extension", "unknown kind", "two megabytes"],
)  # fmt: skip
async def test_what_no_server_says_ends_the_line_behind_what_was_said(wrong: bytes, code: int | None) -> None:
    got, closed = await heard(server_frame(b"before") + wrong + CLOSE, 65_536)
    assert got[0] == b"before"
    assert closed == code or code is None


@loops
def test_after_a_crowd_of_messages_the_socket_is_read_on(run: Run) -> None:
    """Every piece is a crowd, so that each is followed by a breath."""
    crowd = b"".join(server_frame(b"%d" % n) for n in range(50))
    got, code = run(heard(crowd * 20 + CLOSE, len(crowd)))
    assert (len(got), code) == (1_000, 1000)


@loops
def test_what_lies_at_the_socket_is_taken_in_for_who_is_about_to_look(
    monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """The breath would hold for a minute; the second crowd comes in the middle of it."""
    monkeypatch.setattr("kiwoomweb.broker.inbox.BREATH", 60.0)
    monkeypatch.setattr("kiwoomweb.broker.inbox.MAY_LIE", 1e12)
    run(two_crowds())


async def two_crowds() -> None:
    """The second is heard when it is asked for."""
    crowd = b"".join(server_frame(b"%d" % n) for n in range(50))
    second, over = asyncio.Event(), asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(accepted(await reader.readuntil(b"\r\n\r\n")) + server_frame(b"hello"))
        await writer.drain()
        for _crowd in range(2):
            await second.wait()
            second.clear()
            writer.write(crowd)
        await reader.read(1_000)  # a word of farewell
        writer.close()
        await writer.wait_closed()
        over.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    options = {"create_connection": Inbox, "proxy": None, "compression": None}
    async with server, connect(f"ws://127.0.0.1:{port}/", close_timeout=1, **options) as inbox:
        await inbox.wait()
        assert inbox.take() == [b"hello"]
        for _crowd in range(2):
            second.set()
            while not inbox.ready:  # the first is read as it comes, the second only when asked for
                await asyncio.sleep(0.01)
                await inbox.read_up()
            assert inbox.take(100) == [b"%d" % n for n in range(50)]
        await inbox.read_up()  # or the farewell would not be heard for a minute
        await inbox.close()
        await over.wait()
