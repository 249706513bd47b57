"""Serving: the simulator on a loopback port, in the foreground for the command and in a thread for tests.

>>> with running(trader=False) as broker:
...     httpx.post(f"{broker.address.rest}/oauth2/token", json=broker.token_request())
"""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import uvicorn

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.environment import Address
from kiwoomweb.simulator.app import Simulator
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.faults import Faults
from kiwoomweb.simulator.profile import PROFILES, Profile
from kiwoomweb.simulator.protocols import HttpProtocol, SocketProtocol
from kiwoomweb.simulator.tokens import KeyPair

__all__ = ["OPENING", "PortTaken", "Running", "listening_on", "running", "serve"]

LOOPBACK = "127.0.0.1"
#: A Friday in the regular session: where tests begin unless they say otherwise.
OPENING = datetime(2026, 11, 20, 10, 30, tzinfo=SEOUL)
START_S = 30.0

T = TypeVar("T")


class PortTaken(Exception):
    """Somebody else listens on the port."""


def listening_on(port: int) -> socket.socket:
    """A bound loopback socket (0: any free port). Raises ``PortTaken``."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError as taken:
        listener.close()
        raise PortTaken(f"{LOOPBACK}:{port}: {taken.strerror}") from None
    return listener


class Server(uvicorn.Server):
    """Says goodbye to sockets as the broker does, and treats a signal as an orderly end."""

    def __init__(self, simulator: Simulator, ready: Callable[[], object]) -> None:
        super().__init__(
            uvicorn.Config(
                simulator,
                http=HttpProtocol,
                ws=SocketProtocol,
                loop="asyncio",
                lifespan="on",
                log_config=None,
                access_log=False,
                ws_ping_interval=None,  # the broker answers RFC pings and never sends one (PROTOCOL 8.1)
                ws_per_message_deflate=False,
                ws_max_size=65_536,
                date_header=False,  # the Date header tells virtual time and is the gate's to write
                server_header=False,
                timeout_graceful_shutdown=2,
            )
        )
        self._simulator, self._ready = simulator, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._simulator.hub.bye()
        await asyncio.sleep(0.05)  # let the writers say it
        await super().shutdown(sockets)
        self._captured_signals.clear()


def serve(simulator: Simulator, listener: socket.socket, ready: Callable[[], object]) -> None:
    """Serve until SIGTERM or SIGINT. ``ready`` is called once requests are answered."""
    Server(simulator, ready).run([listener])


@dataclass(slots=True)
class Running:
    """A simulator that serves in a thread of this process.

    ``simulator`` belongs to that thread: reach its exchange through ``call``.
    """

    simulator: Simulator
    address: Address
    keys: KeyPair
    _loop: asyncio.AbstractEventLoop = field(repr=False)

    @property
    def faults(self) -> Faults:
        return self.simulator.faults

    @property
    def account(self) -> str:
        return self.simulator.account

    def call(self, ask: Callable[[Exchange], T]) -> T:
        """Ask the exchange in the thread that owns it."""

        async def asked() -> T:
            return ask(self.simulator.exchange)

        return asyncio.run_coroutine_threadsafe(asked(), self._loop).result(timeout=START_S)

    @property
    def clock(self) -> "RunningClock":
        return RunningClock(self)

    def token_request(self) -> dict[str, str]:
        """The body of au10001 for the demo keys."""
        pair = self.keys
        return {"grant_type": "client_credentials", "appkey": pair.app_key, "secretkey": pair.app_secret}


@dataclass(frozen=True, slots=True)
class RunningClock:
    """The virtual clock of a running simulator."""

    _running: Running

    def now(self) -> datetime:
        return self._running.call(lambda exchange: exchange.now())

    def pause(self) -> None:
        self._running.call(lambda exchange: exchange.pause())

    def resume(self, speed: float = 1.0) -> None:
        self._running.call(lambda exchange: exchange.resume(speed))

    def jump(self, to: datetime) -> None:
        self._running.call(lambda exchange: exchange.jump(to))


@contextmanager
def running(
    profile: str | Profile = "real",
    *,
    exchange: Exchange | None = None,
    opening: datetime = OPENING,
    seed: int = 1,
    history: Path | None = None,
    trader: bool = True,
    state: Path | None = None,
    keys: Sequence[KeyPair] = (),
    **knobs: Any,
) -> Iterator[Running]:
    """Serve on a free loopback port until the block ends.

    The clock stands still at ``opening`` until a test moves it. ``knobs`` replace fields of the profile
    (``ws_ping_s=0.1``). The first of ``keys`` is the demo pair; without any a fixed pair is used.
    """
    manners = replace(PROFILES[profile] if isinstance(profile, str) else profile, **knobs)
    exchange = exchange or Exchange.opened(
        state,
        seed=seed,
        history=history,
        profile=manners.name,
        trader=trader,
        now=opening,
        fees=manners.fees,
        krx_premarket=manners.krx_premarket,
    )
    pairs = list(keys) or [KeyPair("demo-app-key", "demo-app-secret", manners.name)]
    simulator = Simulator(exchange, manners, pairs, state)
    listener = listening_on(0)
    address = Address.on(LOOPBACK, listener.getsockname()[1])
    simulator.control.serving_on(listener.getsockname()[1])
    with _in_a_thread(simulator, listener) as loop:
        yield Running(simulator, address, pairs[0], loop)


@contextmanager
def _in_a_thread(simulator: Simulator, listener: socket.socket) -> Iterator[asyncio.AbstractEventLoop]:
    up, loops = threading.Event(), []

    def ready() -> None:
        loops.append(asyncio.get_running_loop())
        up.set()

    server = Server(simulator, ready)
    thread = threading.Thread(target=server.run, args=([listener],), name="simulator", daemon=True)
    thread.start()
    try:
        if not up.wait(START_S):
            raise TimeoutError("the simulator did not start")
        yield loops[0]
    finally:
        server.should_exit = True
        thread.join(START_S)
        listener.close()
