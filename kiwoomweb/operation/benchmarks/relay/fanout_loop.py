"""The bound where there is no compiler: ``python -m kiwoomweb.operation.benchmarks.relay.fanout_loop PORT``.

The same as ``fanout.c``: one epoll loop, the latest of each symbol ten times a second, frames written once and
joined for each browser, no framework between them and the sockets.
"""

import json
import re
import select
import socket
import sys
import time

from kiwoomweb.operation.benchmarks.relay.wire import Inbox, accepted, client_frame, server_frame, upgrade

__all__ = ["main"]

EVERY = 0.1
_ITEM = re.compile(rb'"item":"(\w{6})').search
_VALUES = re.compile(rb'"(10|11|12|13|14|15|16|17|18|228)":"\+?([^"]*)"').findall


class Fanout:
    """``follows`` is by file number of the browser's socket."""

    def __init__(self, port: int) -> None:
        self.feed = socket.create_connection(("127.0.0.1", port))
        self.door = socket.create_server(("127.0.0.1", 0), backlog=1_024)
        self.poll = select.epoll()
        for one in (self.feed, self.door):
            self.poll.register(one.fileno(), select.EPOLLIN)
        self.inbox = Inbox()
        self.browsers: dict[int, socket.socket] = {}
        self.follows: dict[int, set[bytes]] = {}
        self.seqs: dict[int, int] = {}
        self.latest: dict[bytes, bytes] = {}

    def begin(self) -> None:
        self.feed.sendall(upgrade("x", "/loop"))
        while not self.feed.recv(1_000).endswith(b"\r\n\r\n"):
            pass
        self.feed.sendall(client_frame(b'{"trnm":"REG","data":[{"item":["*"],"type":["0B"]}]}'))
        sys.stdout.write(json.dumps({"port": self.door.getsockname()[1]}) + "\n")
        sys.stdout.flush()

    def run(self) -> None:
        due = time.monotonic() + EVERY
        while True:
            for number, _events in self.poll.poll(max(0.0, due - time.monotonic())):
                if number == self.feed.fileno():
                    if not self._hear_feed():
                        return
                elif number == self.door.fileno():
                    self._meet()
                else:
                    self._hear(number)
            if time.monotonic() >= due:
                due = time.monotonic() + EVERY
                self._flush()

    def _hear_feed(self) -> bool:
        came = self.feed.recv(1 << 20)
        for _kind, text in self.inbox.take(came):
            if found := _ITEM(text):
                self.latest[found[1]] = text
        return bool(came)

    def _meet(self) -> None:
        browser, _ = self.door.accept()
        browser.setblocking(False)
        browser.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.browsers[browser.fileno()] = browser
        self.poll.register(browser.fileno(), select.EPOLLIN)

    def _hear(self, number: int) -> None:
        browser = self.browsers[number]
        try:
            came = browser.recv(65_536)
        except OSError:
            came = b""
        if not came:
            self.poll.unregister(number)
            self.browsers.pop(number).close()
            self.follows.pop(number, None)
        elif came.startswith(b"GET"):
            browser.send(accepted(came))
        elif codes := re.findall(rb"quote:(\w{6})", came):
            self.follows[number] = set(codes)
            self.seqs[number] = 0

    def _flush(self) -> None:
        now = int(time.time() * 1_000)
        texts = {code: _text(code, raw, now) for code, raw in self.latest.items()}
        self.latest.clear()
        for number, follows in self.follows.items():
            if mine := [texts[code] for code in follows & texts.keys()]:
                self.seqs[number] += 1
                text = b'{"seq":%d,"ts":%d,"updates":[%s]}' % (self.seqs[number], now, b",".join(mine))
                try:
                    self.browsers[number].send(server_frame(text))
                except BlockingIOError:
                    continue


def _text(code: bytes, raw: bytes, now: int) -> bytes:
    told = dict(_VALUES(raw))
    figures = {key: told[key].lstrip(b"-") for key in (b"10", b"15", b"16", b"17", b"18")}
    return (
        b'{"topic":"quote:%s","price":%s,"change":%s,"rate":"%s","at":%d,"heard":%d,"size":%s,"side":"buy",'
        b'"volume":%s,"turnover":%s000000,"open":%s,"high":%s,"low":%s,"strength":"%s"}'
        % (
            code, figures[b"10"], told[b"11"], told[b"12"], now // 1_000, now, figures[b"15"],
            told[b"13"], told[b"14"], figures[b"16"], figures[b"17"], figures[b"18"], told[b"228"],
        )
    )  # fmt: skip


def main(port: str) -> None:
    """Serve until told to stop."""
    fanout = Fanout(int(port))
    fanout.begin()
    fanout.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
