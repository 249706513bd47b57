"""A listener on the socket who knows nothing of our stream client."""

import json
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.simulator.wire.caller import Caller

PATIENCE_S = 40.0


class Listener:
    def __init__(self, caller: Caller, *, echo: bool = True) -> None:
        self.caller, self.echo = caller, echo
        self._opened = ExitStack()
        address = caller.broker.address.socket
        self.wire: ClientConnection = self._opened.enter_context(
            connect(address, ping_interval=None, close_timeout=1, proxy=None)
        )
        self.heard: list[dict[str, Any]] = []

    def say(self, **message: Any) -> None:
        self.wire.send(json.dumps(message))

    def next(self) -> dict[str, Any]:
        """The next frame of any kind; PING is echoed as the guide demands."""
        raw = self.wire.recv(timeout=PATIENCE_S)
        frame: dict[str, Any] = json.loads(raw)
        self.heard.append(frame)
        if frame["trnm"] == "PING" and self.echo:
            self.wire.send(raw)
        return frame

    def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if wanted(frame := self.next()):
                return frame
        raise AssertionError(f"never heard; heard {self.heard[-5:]}")

    def answer(self, trnm: str) -> dict[str, Any]:
        return self.until(lambda frame: frame["trnm"] == trnm)

    def log_in(self, token: str = "") -> dict[str, Any]:
        self.say(trnm="LOGIN", token=token or self.caller.token or self.caller.log_in())
        return self.next()

    def register(
        self, kinds: list[str], items: list[str], group: str = "1", refresh: str = "1"
    ) -> dict[str, Any]:
        self.say(trnm="REG", grp_no=group, refresh=refresh, data=[{"item": items, "type": kinds}])
        return self.answer("REG")

    def remove(self, kinds: list[str], items: list[str], group: str = "1") -> dict[str, Any]:
        self.say(trnm="REMOVE", grp_no=group, data=[{"item": items, "type": kinds}])
        return self.answer("REMOVE")

    def entry(self, kind: str, item: str | None = None) -> dict[str, Any]:
        """The next REAL entry of a type (and item)."""

        def fits(entry: dict[str, Any]) -> bool:
            return entry["type"] == kind and item in {None, entry["item"]}

        frame = self.until(lambda heard: heard["trnm"] == "REAL" and any(map(fits, heard["data"])))
        return next(filter(fits, frame["data"]))

    def entries(self, kind: str) -> list[dict[str, Any]]:
        """All REAL entries of a type heard so far."""
        frames = [frame for frame in self.heard if frame["trnm"] == "REAL"]
        return [entry for frame in frames for entry in frame["data"] if entry["type"] == kind]

    def listen(self, seconds: float) -> None:
        """Hear whatever comes for a while."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                raw = self.wire.recv(timeout=left)
            except TimeoutError:
                return
            self.heard.append(json.loads(raw))

    def closed_with(self) -> tuple[int | None, str]:
        """Hear everything until the broker hangs up; its close code and reason."""
        try:
            while True:
                self.next()
        except ConnectionClosed as end:
            return (end.rcvd.code, end.rcvd.reason) if end.rcvd else (None, "")

    def close(self) -> None:
        self._opened.close()
