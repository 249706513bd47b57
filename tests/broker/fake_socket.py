"""A broker's socket on loopback: each connection plays the next scene; the last one plays for good."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.environment import Address
from kiwoomweb.broker.tokens import Token

LOGGED_IN = {"trnm": "LOGIN", "return_code": 0, "return_msg": "", "sor_yn": "Y"}
DEAD_TOKEN = {
    "trnm": "LOGIN",
    "return_code": 805004,
    "return_msg": "토큰 인증에 실패했습니다. 접속을 종료합니다 [CODE=8005, MESSAGE=Token이 유효하지 않습니다]",
}
TAKEN = {
    "trnm": "SYSTEM",
    "code": "R10001",
    "message": "동일한 App key로 접속이 되었습니다. 기존 세션은 종료됩니다",
}
TICK = {
    "trnm": "REAL",
    "data": [
        {
            "type": "0B",
            "name": "주식체결",
            "item": "005930",
            "values": {
                "20": "145208",
                "10": "-20800",
                "11": "-50",
                "12": "-0.24",
                "15": "+82",
                "13": "30379732",
                "16": "20850",
                "17": "+21150",
                "18": "-20450",
            },
        }
    ],
}


class Line:
    """One connection as the scenes see it."""

    def __init__(self, connection: ServerConnection) -> None:
        self.connection = connection
        self.heard: list[str] = []

    async def say(self, message: dict[str, Any] | str) -> None:
        await self.connection.send(message if isinstance(message, str) else json.dumps(message))

    async def hear(self) -> dict[str, Any]:
        raw = str(await asyncio.wait_for(self.connection.recv(), 10))
        self.heard.append(raw)
        return dict(json.loads(raw)) if raw.startswith("{") else {"raw": raw}

    async def let_in(self) -> None:
        assert (await self.hear())["trnm"] == "LOGIN"
        await self.say(LOGGED_IN)

    async def acknowledge(self) -> dict[str, Any]:
        """Hear one REG or REMOVE and say yes."""
        asked = await self.hear()
        await self.say({"trnm": asked["trnm"], "return_code": 0, "return_msg": ""})
        return asked


Scene = Callable[[Line], Awaitable[None]]


async def quiet(line: Line) -> None:
    """Let the client in, agree to everything, say nothing."""
    await line.let_in()
    while True:
        await line.acknowledge()


class FakeSocket:
    """``async with FakeSocket(first, second) as broker``: ``broker.lines`` are the connections so far."""

    def __init__(self, *scenes: Scene) -> None:
        self.scenes = list(scenes)
        self.lines: list[Line] = []
        self.errors: list[BaseException] = []
        self._server: Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await serve(self._play, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()
        if kind is None and self.errors:
            raise self.errors[0]

    @property
    def address(self) -> Address:
        assert self._server is not None
        return Address.on("127.0.0.1", self._server.sockets[0].getsockname()[1])

    async def _play(self, connection: ServerConnection) -> None:
        line = Line(connection)
        self.lines.append(line)
        scene = self.scenes.pop(0) if len(self.scenes) > 1 else self.scenes[0]
        with contextlib.suppress(ConnectionClosed, TimeoutError):
            try:
                await scene(line)
            except AssertionError as error:
                self.errors.append(error)


class Tokens:
    """Names ``TOKEN-CANARY-1``, then, as often as it is refused, the next."""

    def __init__(self) -> None:
        self.issued = 1

    def now(self) -> datetime:
        return datetime(2026, 9, 14, 15, 0, tzinfo=SEOUL)

    def token(self) -> Token:
        now = datetime.now(UTC)
        return Token(f"TOKEN-CANARY-{self.issued}", now + timedelta(hours=24), now)

    def renew(self, refused: Token) -> Token:
        self.issued += 1
        return self.token()
