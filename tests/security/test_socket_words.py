"""What a page says on its socket: bounded at every bound, and nothing it says breaks anything."""

import asyncio
import json
import os
import random
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from kiwoomweb.operation import web
from kiwoomweb.operation.sockets import small_text
from market import conversation, speech
from market.browser import Browser
from market.conversation import LONGEST, NONSENSE, TOO_MUCH, heed, overhear
from market.guests import Guest
from market.hub import MOST_TOPICS, Hub
from market.topics import is_topic

GUEST = Guest(1, 1, "code", "session", 0, 0)
#: Messages of the fuzz in a run; ``FUZZ=500000`` for the whole of it.
MANY = int(os.environ.get("FUZZ", "12000"))


class Wire:
    """Remembers what was said and how it ended."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.closed: int | None = None

    def say(self, text: str) -> None:
        self.said.append(text)

    def is_full(self) -> bool:
        return False

    def close(self, code: int) -> None:
        self.closed = self.closed or code

    def hear(self, listener: Any) -> None:
        return


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Hub:
    """The real one, with neither a queue nor a database behind it."""

    async def nothing(*_: Any) -> None:
        return

    async def at_once(*_: Any) -> set[Guest]:
        return set()

    monkeypatch.setattr(conversation, "database_sync_to_async", lambda _work: at_once)
    monkeypatch.setattr("market.hub.want", nothing)
    monkeypatch.setattr("market.hub.ask_for", nothing)
    monkeypatch.setattr(Hub, "_refill", nothing)
    return Hub()


def a_page() -> Browser:
    return Browser(GUEST, Wire(), event_seq=0)


async def says(hub: Hub, page: Browser, text: str) -> int | None:
    """The code it was closed with; ``None`` for a page that stays."""
    if not overhear(page, text.encode("utf-8", "surrogatepass")):
        await heed(hub, page, text)
    return page.wire.closed


@pytest.mark.security("S-43", asvs=["2.4.1", "15.2.2"])
async def test_a_message_may_be_so_long_and_not_a_letter_longer(hub: Hub) -> None:
    def of(length: int) -> str:
        return json.dumps({"x": ""})[:-2] + "a" * (length - len('{"x": ""}')) + '"}'

    assert len(of(LONGEST)) == LONGEST
    assert await says(hub, a_page(), of(LONGEST)) is None
    assert await says(hub, a_page(), of(LONGEST + 1)) == NONSENSE


@pytest.mark.security("S-43", asvs=["2.4.1", "15.2.2"])
async def test_so_many_messages_at_once_so_many_a_second_and_not_one_more(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, reads = a_page(), a_page()
    now = [reads.speech.at]
    monkeypatch.setattr(speech, "monotonic", lambda: now[0])
    for _turn in range(int(speech.AT_ONCE)):
        assert await says(hub, page, '{"unfollow":["quote:005930"]}') is None
    now[0] += 1
    for _turn in range(int(speech.A_SECOND)):
        assert await says(hub, page, '{"unfollow":["quote:005930"]}') is None
    assert await says(hub, page, '{"ping":1}') == TOO_MUCH
    for number in range(int(10 * speech.AT_ONCE) - 1):
        assert await says(hub, reads, f'{{"ack":{number}}}') is None
    codes = [await says(hub, reads, '{"ack":1}') for _turn in range(3)]
    assert codes[-1] == TOO_MUCH, "reading is cheap, not free"


@pytest.mark.security("S-43", asvs=["2.4.1"])
async def test_a_page_follows_so_many_topics_and_no_more(hub: Hub) -> None:
    page = a_page()
    for start in range(0, MOST_TOPICS, 100):
        await says(hub, page, json.dumps({"follow": [f"quote:{n:06}" for n in range(start, start + 100)]}))
    assert len(page.topics) == MOST_TOPICS
    await says(hub, page, '{"follow":["quote:999999"]}')
    assert len(page.topics) == MOST_TOPICS


@pytest.mark.security("S-43", asvs=["2.4.1", "15.2.2"])
def test_the_server_takes_no_longer_frame_waits_for_no_handshake_and_packs_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Daphne as the web process starts it: what a visitor who sends bytes meets before the product does."""
    from daphne import cli, ws_protocol

    made: list[Any] = []

    class Server:
        def __init__(self, **said: Any) -> None:
            made.append(SimpleNamespace(**said))

        abort_start = False

        def run(self) -> None:
            return

    for name in ("close_memory", "_choose_loop", "_load_pages", "_speak_tls"):
        monkeypatch.setattr(web, name, lambda: None, raising=False)
    monkeypatch.setattr("kiwoomweb.operation.closed_memory.close_memory", lambda: False)
    monkeypatch.setattr(web, "_wait_for", lambda _path: None)
    monkeypatch.setattr("kiwoomweb.operation.sockets.LiveServer", Server)
    before = cli.CommandLineInterface.server_class
    try:
        web.main("127.0.0.1", "0", "prepared")
    finally:
        cli.CommandLineInterface.server_class = before
    (server,) = made
    assert server.websocket_max_message_size == server.websocket_max_frame_size == 65_536
    assert server.websocket_handshake_timeout <= 10 and server.websocket_connect_timeout <= 20
    assert server.ping_interval <= 60 and server.ping_timeout <= 60, "a socket that is dead is let go"
    factory = ws_protocol.WebSocketFactory(SimpleNamespace(), server="x")
    assert factory.perMessageCompressionAccept([]) is None, "nothing is unpacked"


def odd_messages(seed: int) -> Iterator[str]:
    """Sensible ones bent in every way: other types, other sizes, broken, nested, doubled."""
    dice = random.Random(seed)
    names = ("follow", "unfollow", "ack", "ping", "rate", "", "__proto__", "constructor", "x")
    texts = ("quote:005930", "prints:005930", "index:001", "session", "live.other", "user.1", "", "\u0000",
             "\ud800", "quote:../x", "quote:" + "9" * 300, "ＱＵＯＴＥ:1", "quote:1\n", "\u202e")  # fmt: skip
    numbers = ("0", "-1", "1", "1.5", "1e309", "-1e309", "9" * 30, "9" * 5000, "0.1e-400", "-0", "1E5", "NaN",
               "Infinity", "01", "+1", "1_000", "0x10", "true", "null")  # fmt: skip

    def value(depth: int) -> str:
        kind = dice.randrange(6)
        if kind == 0:
            return dice.choice(numbers)
        if kind == 1 or depth > 3:
            return json.dumps(dice.choice(texts))
        if kind == 2:
            return "[" + ",".join(value(depth + 1) for _ in range(dice.randrange(5))) + "]"
        if kind == 3:
            return (
                "{" + ",".join(f"{json.dumps(dice.choice(names))}:{value(depth + 1)}" for _ in range(3)) + "}"
            )
        if kind == 4:
            return "[" * dice.choice((3, 900, 7000)) + dice.choice(("", "]" * 900))
        return json.dumps([dice.choice(texts) for _ in range(dice.randrange(40))])

    sensible = {"follow": '["quote:005930"]', "unfollow": '["index:001"]', "ack": "0", "ping": "7", "rate": "4"}

    def part() -> str:
        name = dice.choice(names)
        said = sensible.get(name, "null") if dice.random() < 0.6 else value(0)
        return f"{json.dumps(name)}:{said}"

    while True:
        parts = [part() for _ in range(dice.randrange(1, 4))]
        text = "{" + ",".join(parts) + "}"
        for _bend in range(dice.choice((0, 0, 1, 3))):
            place = dice.randrange(len(text))
            text = (
                text[:place]
                + dice.choice(('"', "{", "}", "\\", "\\u", "", "\x00", "é", ","))
                + text[place + 1 :]
            )
        yield text


@pytest.mark.security("S-44", asvs=["2.2.1", "1.5.3"])
async def test_nothing_a_page_says_breaks_anything(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each message is understood or the page closed; it never follows what is no topic, nor holds too much."""
    monkeypatch.setattr(speech.Speech, "may", lambda self, cost=1.0: True)
    understood = closed = 0
    page = a_page()
    for _turn, text in zip(range(MANY), odd_messages(44), strict=False):
        code = await says(hub, page, text)
        assert code in {None, NONSENSE}, text[:200]
        assert len(page.topics) <= MOST_TOPICS and all(map(is_topic, page.topics))
        assert page.acked <= page.sent and 0 < page.rate < 1000
        if code:
            closed, page = closed + 1, a_page()
        else:
            understood += 1
    assert min(understood, closed) > MANY / 20, (understood, closed)


@pytest.mark.security("S-44", asvs=["2.2.1"])
def test_no_bytes_break_the_short_way_of_reading_frames() -> None:
    dice = random.Random(4)
    for _turn in range(MANY):
        size = dice.choice((0, 1, 5, 6, 7, 20, 130, 131, 132))
        small_text(bytes((0x81, 0x80 | dice.randrange(128))) + dice.randbytes(size))
        small_text(dice.randbytes(size + 2))


async def test_the_fuzz_would_notice_a_message_that_breaks(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Hub, "pace", breaks)
    with pytest.raises(ZeroDivisionError):
        await says(hub, a_page(), '{"rate":1}')
    await asyncio.sleep(0)
