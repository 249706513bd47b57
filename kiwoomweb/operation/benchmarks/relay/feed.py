"""The broker of the benchmark: ``python -m kiwoomweb.operation.benchmarks.relay.feed KEYS``, told by its input.

REST goes to a practice exchange in this process; sockets are served here, since no exchange of ours writes
fifty thousand trades a second. Each says by its path who it is (``/api/dostk/websocket`` is the product's).

    {"do": "run", "door": "websocket", "rate": 5000}    so many trades a second from now on
    {"do": "stop"}                                       no more
    {"do": "look"}                                       nothing; all answer what each door has been told so far
"""

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from kiwoomweb.operation.benchmarks.relay.trades import Tape
from kiwoomweb.operation.benchmarks.relay.wire import Inbox, accepted, server_frame
from kiwoomweb.simulator.serve import running
from kiwoomweb.simulator.tokens import KeyPair

__all__ = ["main"]

#: A session has room for two hundred items; two are the indices every page shows.
SYMBOLS = 198
BEAT, PING_EVERY = 0.002, 10.0
#: Bytes a reader may be behind; beyond it what is due is not made, and the reader is plainly too slow.
BEHIND = 8 * 1024 * 1024


def main(keys: str) -> None:
    """Serve until the input ends."""
    told = json.loads(Path(keys).read_text())
    with running("real", keys=[KeyPair(told["app_key"], told["app_secret"], "real")], trader=False) as exchange:
        symbols = exchange.call(lambda market: [one.code for one in market.instruments()][:SYMBOLS])
        asyncio.run(Feed(symbols, int(exchange.address.rest.rpartition(":")[2])).serve())


class Door:
    """One logged-in socket: what it has asked to hear, and how fast."""

    def __init__(self, tape: Tape, writer: asyncio.StreamWriter) -> None:
        self.tape, self.writer = tape, writer
        self.items: set[str] = set()
        self.rate, self.owed = 0.0, 0.0
        # Of the trades made, those nobody follows are not sent.
        self.made, self.sent, self.skipped = 0, 0, 0

    def beat(self, passed: float) -> None:
        """Write what has become due."""
        self.owed += self.rate * passed
        due, self.owed = int(self.owed), self.owed % 1
        if not due:
            return
        if self.writer.transport.get_write_buffer_size() > BEHIND:
            self.skipped += due
            return
        frames = self.tape.frames(due, self.items)
        self.made += due
        self.sent += len(frames)
        self.writer.write(b"".join(frames))

    def hear(self, text: bytes) -> None:
        """Answer as the broker does; the product may not tell the difference."""
        said = json.loads(text)
        kind = said["trnm"]
        if kind == "PING":
            return
        if kind in {"REG", "REMOVE"}:
            items = {item.partition("_")[0] for part in said["data"] for item in part["item"]}
            items = set(self.tape.counts) if "*" in items else items
            self.items = self.items | items if kind == "REG" else self.items - items
        more = {"sor_yn": "Y"} if kind == "LOGIN" else {}
        self.say({"trnm": kind, "return_code": 0, "return_msg": "", **more})

    def say(self, what: dict[str, Any]) -> None:
        self.writer.write(server_frame(json.dumps(what).encode()))


class Feed:
    """All doors, one beat."""

    def __init__(self, symbols: Sequence[str], rest: int) -> None:
        self.symbols, self.rest = symbols, rest
        self.doors: dict[str, Door] = {}
        #: Who connects again hears the same day go on.
        self.tapes: dict[str, Tape] = {}

    async def serve(self) -> None:
        server = await asyncio.start_server(self._meet, "127.0.0.1", 0, limit=1 << 20)
        tell({"port": server.sockets[0].getsockname()[1], "symbols": list(self.symbols)})
        beating = asyncio.create_task(self._beat())
        lines = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(lines), sys.stdin
        )
        while line := await lines.readline():
            self._do(json.loads(line))
        beating.cancel()
        server.close()

    def _do(self, asked: dict[str, Any]) -> None:
        if asked["do"] == "run":
            self.doors[asked["door"]].rate = asked["rate"]
        elif asked["do"] == "stop":
            for door in self.doors.values():
                door.rate = door.owed = 0.0
        tell(
            {
                name: {
                    "made": door.made,
                    "sent": door.sent,
                    "skipped": door.skipped,
                    "items": len(door.items),
                    "counts": door.tape.counts,
                }
                for name, door in self.doors.items()
            }
        )

    async def _beat(self) -> None:
        last = pinged = time.monotonic()
        while True:
            await asyncio.sleep(BEAT)
            now = time.monotonic()
            for door in list(self.doors.values()):
                door.beat(now - last)
                if now - pinged >= PING_EVERY:
                    door.say({"trnm": "PING"})
            last = now
            pinged = now if now - pinged >= PING_EVERY else pinged

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            if b"upgrade: websocket" in head.lower():
                await self._socket(head, reader, writer)
            else:
                await self._pass_on(head, reader, writer)
        writer.close()

    async def _socket(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        name = head.split(b" ", 2)[1].decode().rpartition("/")[2]
        writer.write(accepted(head))
        tape = self.tapes.setdefault(name, Tape(self.symbols))
        self.doors[name] = door = Door(tape, writer)
        inbox = Inbox()
        while came := await reader.read(65_536):
            for kind, text in inbox.take(came):
                if kind == 1:
                    door.hear(text)
                elif kind == 8:
                    return

    async def _pass_on(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Requests are the practice exchange's business."""
        there, onward = await asyncio.open_connection("127.0.0.1", self.rest)
        onward.write(head)
        await asyncio.gather(_pour(reader, onward), _pour(there, writer))


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while came := await source.read(65_536):
        target.write(came)
        await target.drain()
    target.close()


def tell(what: dict[str, Any]) -> None:
    """One line to whoever started us."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
