"""The stream against a socket on loopback that behaves, and misbehaves, like Kiwoom's."""

import asyncio
import json
import logging
from datetime import datetime

import pytest

from kiwoomweb.broker import errors as e
from kiwoomweb.broker.domain import SEOUL, Tick
from kiwoomweb.broker.environment import Address
from kiwoomweb.broker.stream import Stream
from kiwoomweb.broker.stream_events import Connected, Declined, Lost, Unrecognised
from tests.broker.fake_socket import DEAD_TOKEN, LOGGED_IN, TAKEN, TICK, FakeSocket, Line, Tokens, quiet

TICKS = {("0B", "005930"), ("00", "")}


class Rest:
    """Sleeps no time at all, and remembers how long it should have."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)


def stream_to(broker, **more):
    return Stream(broker.address, more.pop("client", None) or Tokens(), sleep=more.pop("sleep", Rest()), **more)


async def told(stream, number):
    """The next events of a stream."""
    async with asyncio.timeout(20):
        return [await anext(stream.__aiter__()) for _ in range(number)]


async def test_the_token_is_given_raw_and_first():
    async with FakeSocket(quiet) as broker, stream_to(broker) as stream:
        assert await told(stream, 1) == [Connected()]
        assert json.loads(broker.lines[0].heard[0]) == {"trnm": "LOGIN", "token": "TOKEN-CANARY-1"}


async def test_ticks_arrive_with_the_brokers_day():
    async def scene(line: Line) -> None:
        await line.let_in()
        await line.acknowledge()
        await line.say(TICK)
        await line.hear()

    async with FakeSocket(scene) as broker, stream_to(broker) as stream:
        await stream.register(TICKS)
        _, tick = await told(stream, 2)
        assert isinstance(tick, Tick)
        assert (tick.price, tick.at) == (20800, datetime(2026, 9, 14, 14, 52, 8, tzinfo=SEOUL))
        assert stream.registrations.confirmed == TICKS


async def test_a_ping_is_echoed_word_for_word_and_a_system_message_never():
    pings = ['{"trnm":"PING"}', '{ "trnm" : "PING" }', "PING"]
    heard = []

    async def scene(line: Line) -> None:
        await line.hear()
        await line.say(pings[0])  # even before the ack of LOGIN
        await line.say(LOGGED_IN)
        await line.say({"trnm": "SYSTEM", "code": "0", "message": "서버 점검 안내"})
        for ping in pings[1:]:
            await line.say(ping)
        for _ in pings:
            await line.hear()
        heard.extend(line.heard[1:])
        await line.say(TICK)
        await line.hear()

    async with FakeSocket(scene) as broker, stream_to(broker) as stream:
        connected, tick = await told(stream, 2)
        assert connected == Connected()
        assert isinstance(tick, Tick)
        assert heard == pings


async def test_what_is_registered_later_is_asked_for_at_once():
    async def scene(line: Line) -> None:
        await line.let_in()
        for _ in range(2):
            await line.acknowledge()
        await line.say(TICK)
        await line.hear()

    async with FakeSocket(scene) as broker, stream_to(broker) as stream:
        await told(stream, 1)
        await stream.register(TICKS)
        assert stream.registrations.pending == TICKS
        await stream.unregister({("00", "")})
        await told(stream, 1)
        assert stream.registrations.confirmed == {("0B", "005930")}
        asked = [json.loads(raw)["trnm"] for raw in broker.lines[0].heard]
        assert asked == ["LOGIN", "REG", "REMOVE"]


async def test_after_a_loss_everything_wanted_is_asked_for_again():
    async def cut(line: Line) -> None:
        await line.let_in()
        await line.acknowledge()
        await line.connection.close(1000, "Bye")

    rest = Rest()
    async with FakeSocket(cut, quiet) as broker, stream_to(broker, sleep=rest) as stream:
        await stream.register(TICKS)
        first, lost, second = await told(stream, 3)
        assert (first, second) == (Connected(), Connected())
        assert isinstance(lost, Lost)
        assert (lost.retry_in, rest.slept) == (1, [1])
        assert "Bye" in lost.error.said
        asked = json.loads(await heard_next(broker.lines[1], 1))
        assert asked["refresh"] == "0"
        assert {
            (kind, item) for part in asked["data"] for kind in part["type"] for item in part["item"]
        } == TICKS


async def heard_next(line: Line, index: int) -> str:
    async with asyncio.timeout(10):
        while len(line.heard) <= index:
            await asyncio.sleep(0.01)
    return line.heard[index]


async def test_a_broker_that_is_not_there_is_tried_ever_more_slowly():
    rest = Rest()
    async with FakeSocket(quiet) as broker:
        address = broker.address
    async with Stream(address, Tokens(), sleep=rest) as stream:
        lost = await told(stream, 7)
    assert all(isinstance(event.error, e.Unreachable) for event in lost)
    assert [event.retry_in for event in lost] == [1, 2, 4, 8, 16, 32, 60]


async def test_a_redirect_is_not_followed():
    async def elsewhere(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(elsewhere, "127.0.0.1", 0)
    address = Address.on("127.0.0.1", server.sockets[0].getsockname()[1])
    async with server, Stream(address, Tokens(), sleep=Rest()) as stream:
        (lost,) = await told(stream, 1)
    assert lost.error.said == "InvalidStatus"


async def test_a_dead_token_is_replaced_once_and_at_once():
    async def refuse(line: Line) -> None:
        await line.hear()
        await line.say(DEAD_TOKEN)
        await line.connection.close()

    tokens, rest = Tokens(), Rest()
    async with FakeSocket(refuse, quiet) as broker, stream_to(broker, client=tokens, sleep=rest) as stream:
        assert await told(stream, 1) == [Connected()]
        assert (tokens.issued, rest.slept) == (2, [])
        assert json.loads(broker.lines[1].heard[0])["token"] == "TOKEN-CANARY-2"


async def test_a_broker_that_refuses_every_token_is_not_pestered():
    async def refuse(line: Line) -> None:
        await line.hear()
        await line.say(DEAD_TOKEN)
        await line.connection.close()

    tokens = Tokens()
    async with FakeSocket(refuse) as broker, stream_to(broker, client=tokens) as stream:
        lost = await told(stream, 3)
    assert all(isinstance(event.error, e.TokenExpired) for event in lost)
    assert [event.retry_in for event in lost] == [30, 60, 120]
    assert tokens.issued == 2


async def test_a_place_taken_by_another_program_is_left_to_it_for_a_while():
    """F-39: R10001 is no fight: at most one attempt in thirty seconds, then ever fewer."""

    async def kicked(line: Line) -> None:
        await line.let_in()
        await line.say(TAKEN)
        await line.connection.close(1000, "Bye")

    async with FakeSocket(kicked) as broker, stream_to(broker) as stream:
        events = await told(stream, 6)
    lost = [event for event in events if isinstance(event, Lost)]
    assert [event.retry_in for event in lost] == [30, 60, 120]
    assert all(isinstance(event.error, e.TakenOver) for event in lost)
    assert "다른 프로그램" in lost[0].reason


async def test_a_silent_line_is_a_lost_line():
    """F-40: not even a PING: noticed in time, connected anew, everything asked for again."""

    async def mute(line: Line) -> None:
        await line.let_in()
        await line.hear()

    async with FakeSocket(mute) as broker, stream_to(broker, silence=0.2) as stream:
        connected, lost = await told(stream, 2)
    assert connected == Connected()
    assert isinstance(lost.error, e.Unreachable)
    assert "silent" in lost.error.said


async def test_a_line_the_broker_gives_up_is_connected_anew_and_asks_for_everything_again():
    """F-40: R10002, our echoes did not arrive."""

    async def given_up(line: Line) -> None:
        await line.let_in()
        await line.acknowledge()
        await line.say(TAKEN | {"code": "R10002", "message": "PING 응답이 없습니다"})
        await line.connection.close(1000, "Bye")

    async with FakeSocket(given_up, quiet) as broker, stream_to(broker) as stream:
        await stream.register(TICKS)
        first, lost, second = await told(stream, 3)
        assert (first, second, type(lost.error), lost.retry_in) == (Connected(), Connected(), e.Unreachable, 1)
        assert json.loads(await heard_next(broker.lines[1], 1))["trnm"] == "REG"


async def test_pings_alone_keep_a_line_alive():
    async def scene(line: Line) -> None:
        await line.let_in()
        for _ in range(8):
            await asyncio.sleep(0.1)
            await line.say('{"trnm":"PING"}')
            await line.hear()
        await line.say(TICK)
        await line.hear()

    async with FakeSocket(scene) as broker, stream_to(broker, silence=0.5) as stream:
        _, tick = await told(stream, 2)
    assert isinstance(tick, Tick)


@pytest.mark.parametrize("early", [TICK, {"trnm": "REG", "return_code": 0, "return_msg": ""}])
async def test_nothing_of_substance_may_come_before_the_ack_of_login(early):
    async def scene(line: Line) -> None:
        await line.hear()
        await line.say(early)
        await line.hear()

    async with FakeSocket(scene) as broker, stream_to(broker) as stream:
        (lost,) = await told(stream, 1)
    assert isinstance(lost.error, e.Unreadable)


async def test_what_the_broker_declines_is_told_plainly():
    async def scene(line: Line) -> None:
        await line.let_in()
        await line.hear()
        await line.say({"trnm": "REG", "return_code": 1, "return_msg": "등록 종목수 초과"})
        await line.hear()

    async with FakeSocket(scene) as broker, stream_to(broker) as stream:
        await stream.register(TICKS)
        _, declined = await told(stream, 2)
        assert isinstance(declined, Declined)
        assert declined.items == TICKS
        assert "초과" in declined.error.said
        assert stream.registrations.wanted == set()


async def test_what_there_is_no_room_for_is_told_plainly():
    async with FakeSocket(quiet) as broker, stream_to(broker) as stream:
        left_out = await stream.register({("0B", f"{n:06}") for n in range(205)})
        assert len(left_out) == 5


async def test_one_unreadable_frame_does_not_end_the_line():
    async def scene(line: Line) -> None:
        await line.let_in()
        await line.say('{"trnm":"REAL","data":[{"type":"0B"')
        await line.say({"trnm": "CNSRLST", "return_code": 0, "data": [["0", "조건1"]]})
        await line.say(TICK)
        await line.hear()

    async with FakeSocket(scene) as broker, stream_to(broker) as stream:
        connected, broken, strange, tick = await told(stream, 4)
    assert connected == Connected()
    assert isinstance(broken, Unrecognised)
    assert isinstance(strange, Unrecognised)
    assert isinstance(tick, Tick)


async def after_it(*frames: str | bytes):
    """What becomes of frames, and whether the same connection tells of a trade after them."""

    async def scene(line: Line) -> None:
        await line.let_in()
        for frame in frames:
            await line.connection.send(frame)
        await line.say(TICK)
        await line.hear()

    async with FakeSocket(scene) as broker, stream_to(broker) as stream:
        events = await told(stream, 2 + len(frames))
        return events[1:-1], events[-1], len(broker.lines)


@pytest.mark.parametrize(
    "frame",
    [
        "hello",
        "",
        "[]",
        "null",
        "{}",
        '{"trnm":"FIREWORKS","data":[1,2]}',
        '{"trnm":"REAL","data":[{"type":"9Z","item":"005930","values":{"1":"2"}}]}',
        '{"trnm":"REAL","data":[{"type":"0D","item":"005930"}]}',
        '{"trnm":"REAL","data":[{"type":"0B","item":"005930","values":{"20":"noon"}}]}',
        '{"trnm":"REAL","data":{"type":"0B"}}',
        b"\x00\xff\xfe" * 50,
        b'{"trnm":"REAL","data":[{"type":"\xff"}]}',
        "[" * 100_000,
        "9" * 100_000,
    ],
    ids=lambda frame: repr(frame)[:30],
)
async def test_garbage_is_told_and_the_connection_goes_on(frame):
    """F-41."""
    odd, after, connections = await after_it(frame)
    assert [type(event) for event in odd] == [Unrecognised]
    assert (type(after), connections) == (Tick, 1)


async def test_a_frame_of_ten_megabytes_ends_the_connection_and_the_next_one_works():
    """F-41."""

    async def huge(line: Line) -> None:
        await line.let_in()
        await line.connection.send("x" * 10_000_000)
        await line.connection.wait_closed()

    async def fine(line: Line) -> None:
        await line.let_in()
        await line.say(TICK)
        await line.hear()

    async with FakeSocket(huge, fine) as broker, stream_to(broker) as stream:
        _, lost, again, tick = await told(stream, 4)
    assert isinstance(lost.error, e.Unreachable)
    assert (lost.retry_in, again, type(tick)) == (1, Connected(), Tick)


async def test_who_hears_nothing_may_hang_up_and_is_connected_anew():
    async with FakeSocket(quiet) as broker, stream_to(broker) as stream:
        assert await told(stream, 1) == [Connected()]
        ahead = asyncio.create_task(told(stream, 2))
        await asyncio.sleep(0)
        await stream.hang_up()
        lost, again = await ahead
        assert isinstance(lost, Lost)
        assert (again, len(broker.lines)) == (Connected(), 2)


async def test_no_log_and_no_event_shows_the_token(caplog):
    async def refuse(line: Line) -> None:
        await line.hear()
        await line.say(DEAD_TOKEN)
        await line.connection.close()

    logging.getLogger("websockets.server").setLevel(logging.INFO)  # the fake broker may know the token
    caplog.set_level(logging.DEBUG)
    async with FakeSocket(quiet) as broker, stream_to(broker) as stream:
        assert "CANARY" not in repr(await told(stream, 1))
    async with FakeSocket(refuse) as broker, stream_to(broker) as stream:
        assert "CANARY" not in repr(await told(stream, 2))
    assert "CANARY" not in caplog.text


async def test_leaving_closes_the_line():
    closed = asyncio.Event()

    async def scene(line: Line) -> None:
        await line.let_in()
        await line.connection.wait_closed()
        closed.set()

    async with FakeSocket(scene) as broker:
        async with stream_to(broker) as stream:
            await told(stream, 1)
        async with asyncio.timeout(10):
            await closed.wait()


async def test_what_came_before_the_end_is_told_and_garbage_in_between_hides_nothing():
    async def scene(line: Line) -> None:
        await line.let_in()
        await line.acknowledge()
        for message in (TICK, "nonsense", TICK, TAKEN, TICK):
            await line.say(message)
        await line.connection.wait_closed()

    async with FakeSocket(scene, quiet) as broker, stream_to(broker) as stream:
        await stream.register(TICKS)
        events = await told(stream, 5)
        assert [type(event) for event in events] == [Connected, Tick, Unrecognised, Tick, Lost]
