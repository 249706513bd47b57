"""Seats: one browser each. It reads what comes, acknowledges it as our page does, and remembers the newest."""

import json
import socket
from collections.abc import Sequence
from typing import Any

import msgspec

from kiwoomweb.operation.benchmarks.relay.entering import with_pass
from kiwoomweb.operation.benchmarks.relay.tally import Tally
from kiwoomweb.operation.benchmarks.relay.wire import CLOSE, PING, PONG, TEXT, Inbox, client_frame, upgrade

__all__ = ["Seat"]

#: As static/js/lib/live.js has it.
ACK_EVERY = 8
ROOM = 262_144


class Line(msgspec.Struct, array_like=True, gc=False):
    """A print, as far as it is looked at."""

    number: int
    at: int
    price: int
    change: int
    size: int


class Update(msgspec.Struct, gc=False):
    """A price or a tape, as far as it is looked at."""

    topic: str = ""
    size: int = 0
    volume: int | None = None
    prints: list[Line] = []


class Message(msgspec.Struct, gc=False):
    seq: int = 0
    updates: list[Update] = []


_message = msgspec.json.Decoder(Message).decode
_update = msgspec.json.Decoder(Update).decode


class Seat:
    """``kind``: what is followed (quote, prints), or naive, where every message is one bare update."""

    def __init__(self, host: str, port: int, request: dict[str, Any], symbols: Sequence[str]) -> None:
        self.symbols, self.kind, self.rate = symbols, request["kind"], request.get("rate")
        self.inbox, self.seq, self.open, self.sleeping = Inbox(), 0, False, False
        self.status = 0
        self.last: dict[str, int] = {}
        self.fresh = False
        cookie = request.get("cookie", "")
        path = with_pass(host, port, request["path"], cookie)
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self._head = b""
        self.socket.send(upgrade(f"{host}:{port}", path, cookie))

    def follow(self) -> None:
        """What our page says when its socket opens."""
        kind = "prints" if self.kind == "prints" else "quote"
        said: dict[str, Any] = {"follow": [f"{kind}:{symbol}" for symbol in self.symbols]}
        if self.rate:
            said["rate"] = self.rate
        self.say(said)

    def say(self, what: dict[str, Any]) -> None:
        self.socket.send(client_frame(json.dumps(what).encode()))

    def read(self, tally: Tally) -> bool:
        """Everything that lies ready; whether the socket is still open."""
        try:
            came = self.socket.recv(ROOM)
        except BlockingIOError:
            return True
        except OSError:
            return False
        if not came:
            return False
        if not self.open:
            came = self._begin(came)
        for kind, payload in self.inbox.take(came):
            if kind == TEXT:
                self._hear(payload, tally)
            elif kind == PING:  # as every browser does by itself; who does not is taken for gone
                self.socket.send(client_frame(payload, PONG))
            elif kind == CLOSE:
                return False
        return True

    def _begin(self, came: bytes) -> bytes:
        self._head += came
        if b"\r\n\r\n" not in self._head:
            return b""
        head, rest = self._head.split(b"\r\n\r\n", 1)
        self.status = int(head.split(b" ", 2)[1])
        if self.status == 101:
            self.open = True
            self.follow()
        return rest

    def _hear(self, payload: bytes, tally: Tally) -> None:
        tally.messages += 1
        tally.bytes += len(payload)
        if self.kind == "naive":
            self._take(_update(payload), tally)
            return
        message = _message(payload)
        if message.seq:
            if message.seq != self.seq + 1:
                tally.gaps += 1
            self.seq = message.seq
            if message.seq % ACK_EVERY == 0:
                self.socket.send(client_frame(b'{"ack":%d}' % message.seq))
        for update in message.updates:
            self._take(update, tally)

    def _take(self, update: Update, tally: Tally) -> None:
        if update.prints:
            self._tape(update, tally)
        elif update.volume is not None and update.size:
            tally.heard(update.size)
            self.fresh = True
            known = self.last.get(update.topic)
            if known is not None and update.volume < known:
                tally.backwards += 1
            self.last[update.topic] = update.volume

    def _tape(self, update: Update, tally: Tally) -> None:
        """Prints overlap from frame to frame; each counts once, and a hole in their numbers is a lost one."""
        prints = update.prints
        known = self.last.get(update.topic, prints[0].number - 1)
        fresh = [line for line in prints if line.number > known]
        if fresh:
            newest = fresh[-1].number
            tally.lost += newest - known - len(fresh)
            tally.heard_all([line.size for line in fresh])
            self.last[update.topic] = newest
        self.fresh = True
