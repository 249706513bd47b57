"""The rig: the practice broker and the wire before it, in a process of their own, asked over a socket pair.

The drill forks for every trial; threads do not survive a fork, so none may live in the process that forks.
"""

import json
import os
import socket
import traceback
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from time import time_ns
from typing import Any

from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.tokens import MemoryTokenStore, Token
from kiwoomweb.operation.drills.orders.wire import Fault, Wire

__all__ = ["SHARE", "TICK", "Rig", "start"]

SHARE = "005930"
#: A multiple of every 호가단위 below the price from which they are coarser.
TICK, COARSE = 100, 200_000
MANY = 1_000_000


@dataclass
class Rig:
    """The broker as the drill sees it."""

    pid: int
    _line: socket.socket
    port: int = 0
    account: str = ""
    app_key: str = ""
    app_secret: str = ""
    #: The shelf of tokens: in the product all processes share one, here whoever is forked finds what was on it.
    tokens: MemoryTokenStore = field(default_factory=MemoryTokenStore)

    @property
    def keys(self) -> Credentials:
        return Credentials(self.app_key, self.app_secret)

    @property
    def token(self) -> Token | None:
        """What is on the shelf."""
        return self.tokens.get(f"{Environment.SIMULATOR}:{self.keys.fingerprint}")

    def keep(self, text: str, expires: str, issued: str) -> None:
        """Put on the shelf what a child has said of its token."""
        token = Token(text, datetime.fromisoformat(expires), datetime.fromisoformat(issued))
        self.tokens.put(f"{Environment.SIMULATOR}:{self.keys.fingerprint}", token)

    def ask(self, what: str, **said: Any) -> Any:
        """One question to the broker's process. Answers to those who were ended meanwhile are passed over."""
        name = f"{os.getpid()}-{time_ns()}"
        self._line.sendall(json.dumps({"what": what, "name": name, **said}).encode() + b"\n")
        heard = b""
        while True:
            heard += self._line.recv(1 << 20)
            for line in heard.split(b"\n")[:-1]:
                if line.startswith(name.encode()):
                    return json.loads(line.partition(b" ")[2])

    def now(self) -> datetime:
        return datetime.fromisoformat(self.ask("now"))

    def stop(self) -> None:
        self._line.close()
        os.waitpid(self.pid, 0)


def start(seed: int) -> Rig:
    """Fork the broker's process. Call it before anything that must not be inherited is open."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        ours.close()
        try:
            _serve(theirs, seed)
        except BaseException:  # whoever asks next finds the line cut: say why before
            traceback.print_exc()
        finally:
            os._exit(0)
    theirs.close()
    rig = Rig(pid, ours)
    said = rig.ask("where")
    rig.port, rig.account = said["port"], said["account"]
    rig.app_key, rig.app_secret = said["keys"]
    return rig


def _serve(line: socket.socket, seed: int) -> None:
    import logging

    from kiwoomweb.simulator.serve import running

    logging.disable(logging.CRITICAL)
    quotas: dict[str, Any] = dict.fromkeys(("quota", "total_quota", "order_quota", "token_quota"), MANY)
    with running(seed=seed, trader=False, **quotas) as broker:
        wire = Wire(int(broker.address.rest.rpartition(":")[2]))
        desk = _Counter(broker, wire)
        while asked := _line_of(line):
            said = _question(asked)
            if said:
                name = said.pop("name")
                answer = json.dumps(getattr(desk, said.pop("what"))(**said), default=str)
                line.sendall(f"{name} {answer}\n".encode())


class _Counter:
    """What the drill may ask of the broker."""

    def __init__(self, broker: Any, wire: Wire) -> None:
        self.broker, self.wire = broker, wire

    def where(self) -> dict[str, Any]:
        pair = self.broker.keys
        return {"port": self.wire.port, "account": self.broker.account, "keys": [pair.app_key, pair.app_secret]}

    def now(self) -> str:
        return str(self.broker.clock.now().isoformat())

    def settle(self) -> None:
        """What a killed process had sent has come to the wire."""
        self.wire.settle()

    def spoil(self, kind: str, where: float) -> int:
        """The next order meets this; blank for none."""
        self.wire.next_fault = Fault(kind, where) if kind else None
        return self.wire.orders

    def sent(self) -> int:
        """Orders that came to the wire, ever."""
        return self.wire.orders

    def bounds(self) -> tuple[int, int]:
        """A price at which nothing fills today, and one at which everything does.

        Both and all a TICK apart are prices of the share whatever it costs: over a year of trading days its
        limits lie now on one scale of 호가단위, now on another.
        """
        market, at = self.broker.simulator.exchange.market, self.broker.clock.now()
        low, high = self.broker.call(lambda _: market.grid(SHARE).limits(market.base(SHARE, at.date())))
        return -(-low // TICK) * TICK, min(high, COARSE - 1) // TICK * TICK

    def latest(self) -> str:
        """The highest order number of the day; blank before the first."""
        orders = self.broker.call(lambda exchange: exchange.orders_on(exchange.now().date()))
        return max((str(one.number) for one in orders), default="")

    def by_hand(self, quantity: int, price: int, side: str = "buy") -> str:
        """Somebody places the very same order with a mouse."""
        from kiwoomweb.broker.domain import Side

        hand = {"channel": "영웅문S#"}
        placed = self.broker.call(lambda exchange: exchange.place(Side(side), SHARE, quantity, price, **hand))
        return str(placed.number)

    def pass_time(self, seconds: int) -> str:
        later = self.broker.clock.now() + timedelta(seconds=seconds)
        self.broker.clock.jump(later)
        return self.now()

    def next_day(self) -> str:
        """Half past ten on the next trading day: a book without orders.

        What was bought is sold before, or the account's money would not last for a year of trials.
        """
        held = self.broker.call(lambda exchange: sum(lot.sellable for lot in exchange.positions()))
        if held:
            self.by_hand(held, self.bounds()[0], side="sell")
        today = self.broker.clock.now()
        day = self.broker.call(lambda exchange: exchange.trading_day_after(today.date(), 1))
        self.broker.clock.jump(datetime.combine(day, time(10, 30), tzinfo=today.tzinfo))
        return self.now()

    def book(self, after: str) -> list[dict[str, Any]]:
        """The day's orders with numbers above ``after``, in the broker's own words."""
        orders = self.broker.call(lambda exchange: exchange.orders_on(exchange.now().date()))
        return [
            {
                "number": one.number,
                "original": one.original,
                "action": one.action.value,
                "quantity": one.quantity,
                "price": one.price,
                "filled": one.filled,
                "remaining": one.remaining,
                "state": one.state.value,
                "channel": one.channel,
            }
            for one in orders
            if one.number > after
        ]


def _question(asked: bytes) -> dict[str, Any]:
    """What was asked; nothing where somebody was ended in the middle of asking."""
    try:
        return dict(json.loads(asked[asked.rfind(b'{"what"') :]))
    except ValueError:
        return {}


def _line_of(line: socket.socket) -> bytes:
    said = b""
    while not said.endswith(b"\n"):
        piece = line.recv(1 << 20)
        if not piece:
            return b""
        said += piece
    return said
