"""The wire: a proxy before the broker that does one bad thing to one order, where the drill says so.

Questions pass untouched. An order's request is read whole first, so that "at byte n" means what it says.
"""

import socket
import struct
import threading
import time
from dataclasses import dataclass

__all__ = ["FAULTS", "Fault", "Wire"]

#: Name -> whether the broker gets the order.
FAULTS = {
    "cut_request": False,
    "cut_before": False,
    "cut_response": True,
    "status": True,
    "status_before": False,
    "garbage": True,
    "no_number": True,
    "slow": True,
    "redirect": False,
    "too_many": False,
}
HTML = b"<html><body>Service Unavailable</body></html>"
RESET = struct.pack("ii", 1, 0)
#: Seconds in which a dead process's last bytes have certainly arrived.
SETTLED = 0.3


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to the next order; ``where`` is a part of its bytes, 0..1."""

    kind: str
    where: float = 0.5


class Wire:
    """Listens on a loopback port. ``next_fault`` is used up by the next order."""

    def __init__(self, upstream: int) -> None:
        self._upstream = upstream
        self.next_fault: Fault | None = None
        self.orders = 0
        self._met: set[tuple[str, int]] = set()
        self._open: set[tuple[str, int]] = set()
        #: Lines that were there at the last look: whose owner lives, or stands still.
        self._standing: set[tuple[str, int]] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                line, caller = self._listener.accept()
            except OSError:
                return
            self._open.add(caller)
            self._met.add(caller)
            threading.Thread(target=self._serve, args=(line, caller), daemon=True).start()

    def settle(self) -> None:
        """Until what a killed process has put into its sockets is counted as what it is: sent before its end.

        Callers are met in their order, so that whoever rang before this call has been met when it is. A process
        that only stands still keeps its line: it is not waited for beyond ``SETTLED``.
        """
        deadline = time.monotonic() + SETTLED
        with socket.create_connection(("127.0.0.1", self.port)) as mark:
            own = mark.getsockname()
            while own not in self._met and time.monotonic() < deadline:
                time.sleep(0.001)
        while self._open - self._standing and time.monotonic() < deadline:
            time.sleep(0.001)
        self._met.clear()
        self._standing = set(self._open)

    def _serve(self, line: socket.socket, caller: tuple[str, int]) -> None:
        try:
            with line:
                while request := _message(line):
                    if not self._carry(line, request):
                        return
        except OSError:
            return
        finally:
            self._open.discard(caller)

    def _carry(self, line: socket.socket, request: bytes) -> bool:
        """Hand a request on and its answer back; whether the line goes on."""
        head = request.lower()
        is_order = b"api-id: kt1000" in head
        fault = self.next_fault if is_order else None
        if is_order:
            self.orders += 1
            self.next_fault = None
        if fault is None:
            line.sendall(self._asked(request))
            return True
        return self._spoil(line, request, fault)

    def _asked(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self._upstream)) as broker:
            broker.sendall(request)
            return _message(broker)

    def _spoil(self, line: socket.socket, request: bytes, fault: Fault) -> bool:
        answer = self._asked(request) if FAULTS[fault.kind] else b""
        if fault.kind in {"cut_before", "cut_request"}:
            return _reset(line)
        if fault.kind == "cut_response":
            line.sendall(answer[: int(len(answer) * fault.where)])
            return _reset(line)
        if fault.kind == "slow":
            line.sendall(answer)
            return True
        line.sendall(_instead(fault.kind, answer, fault.where))
        return True


def _instead(kind: str, answer: bytes, where: float) -> bytes:
    body = answer.partition(b"\r\n\r\n")[2]
    if kind == "garbage":
        at = int(len(body) * where)
        return _response(b"200 OK", body[:at] + b'"\x00}' + body[at + 1 :])
    if kind == "no_number":
        return _response(b"200 OK", b'{"return_code":0,"return_msg":"\xec\xa0\x95\xec\x83\x81"}')
    if kind == "redirect":
        return _response(b"302 Found", b"", b"location: http://127.0.0.1:9/\r\n")
    if kind == "too_many":
        said = '{"return_code":5,"return_msg":"[1700:허용된 요청 개수를 초과하였습니다]"}'
        return _response(b"429 Too Many Requests", said.encode())
    return _response(b"503 Service Unavailable", HTML)


def _response(status: bytes, body: bytes, more: bytes = b"") -> bytes:
    head = b"HTTP/1.1 " + status + b"\r\ncontent-type: application/json\r\n" + more
    return head + b"content-length: %d\r\n\r\n" % len(body) + body


def _reset(line: socket.socket) -> bool:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    return False


def _message(line: socket.socket) -> bytes:
    """One HTTP message with its length said; nothing when the other side has gone, or gone half way."""
    said = b""
    while b"\r\n\r\n" not in said:
        piece = line.recv(65_536)
        if not piece:
            return b""
        said += piece
    head, _, body = said.partition(b"\r\n\r\n")
    told = [row for row in head.lower().split(b"\r\n") if row.startswith(b"content-length:")]
    length = int(told[0].partition(b":")[2]) if told else 0
    while len(body) < length:
        piece = line.recv(65_536)
        if not piece:
            return b""
        body += piece
    return head + b"\r\n\r\n" + body
