"""One send over real sockets: what a peer may do to it, and how long it may take at most (F-02 to F-10)."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from kiwoomweb.broker.order_answers import SendFailed, Step, quietly
from kiwoomweb.broker.ordering_outcome import Outcome, classify
from kiwoomweb.broker.protocol import Request
from kiwoomweb.broker.sending import post_once

TAKEN = json.dumps({"ord_no": "0121751", "return_code": 0, "return_msg": "매수주문이 완료되었습니다."}).encode()
WHOLE = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (
    len(TAKEN),
    TAKEN,
)
ORDER = Request(
    "kt10000", "/api/dostk/ordr", {"api-id": "kt10000", "authorization": "Bearer T"}, {"stk_cd": "1"}
)

Peer = Callable[[socket.socket], object]


class Served:
    """How often somebody connected, and what they said in full."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.heard: list[bytes] = []


@contextmanager
def peer(does: Peer) -> Iterator[Served]:
    """A server of one behaviour; every connection is counted."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        served = Served(listener.getsockname()[1])

        def serve() -> None:
            while True:
                try:
                    line, _ = listener.accept()
                except OSError:
                    return
                with line:
                    served.heard.append(b"")
                    with suppress(OSError):
                        does(line)

        thread = threading.Thread(target=serve)
        thread.start()
        yield served
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(10)


def request_of(line: socket.socket) -> bytes:
    got = b""
    while not got.endswith(b"}"):
        piece = line.recv(65_536)
        if not piece:
            break
        got += piece
    return got


def reset(line: socket.socket) -> None:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def saying(answer: bytes) -> Peer:
    def does(line: socket.socket) -> None:
        request_of(line)
        line.sendall(answer)

    return does


def outcome(base: str, reached=quietly, within: float = 5.0) -> Outcome:
    try:
        return classify(post_once(base, ORDER, reached, within))
    except SendFailed as failure:
        return classify(failure)


def test_an_order_is_one_connection_and_one_request():
    steps: list[Step] = []
    with peer(saying(WHOLE)) as served:
        assert outcome(served.base, steps.append) is Outcome.ACCEPTED
        assert outcome(served.base) is Outcome.ACCEPTED
    assert len(served.heard) == 2, "no connection is used twice"
    assert steps == list(Step)


@pytest.mark.parametrize(("rude", "step"), [(True, 1), (False, 5)], ids=["a reset", "a farewell"])
def test_f08_an_answer_cut_after_any_byte_is_a_doubt_and_sent_once(rude, step):
    """Only the whole of it is believed."""
    sizes = range(0, len(WHOLE), step)
    cuts = iter(sizes)

    def does(line: socket.socket) -> None:
        request_of(line)
        line.sendall(WHOLE[: next(cuts)])
        if rude:
            reset(line)

    with peer(does) as served:
        assert {outcome(served.base) for _ in sizes} == {Outcome.UNKNOWN}
    assert (len(served.heard), next(cuts, None)) == (len(sizes), None)


def test_f08_a_request_cut_after_any_byte_is_a_doubt_and_sent_once():
    """The peer goes away after n bytes of our request. Something has left; nobody knows what it did."""
    whole: list[bytes] = []
    with peer(lambda line: whole.append(request_of(line))) as served:
        outcome(served.base)
    sizes = iter(range(1, len(whole[0]) + 1))

    def does(line: socket.socket) -> None:
        left = next(sizes)
        while left and (piece := line.recv(left)):
            left -= len(piece)
        reset(line)

    with peer(does) as served:
        assert {outcome(served.base) for _ in whole[0]} == {Outcome.UNKNOWN}
    assert (len(served.heard), next(sizes, None)) == (len(whole[0]), None)


@pytest.mark.security("S-17", asvs=["15.3.2"])
@pytest.mark.parametrize("status", [302, 307, 308, 408, 500, 502, 503, 504])
def test_f02_no_redirect_is_followed_and_nothing_is_asked_again(status):
    with peer(lambda line: None) as elsewhere:
        head = f"HTTP/1.1 {status} X\r\nlocation: {elsewhere.base}/\r\ncontent-length: 0\r\n\r\n".encode()
        with peer(saying(head)) as served:
            assert outcome(served.base) is Outcome.UNKNOWN
    assert (len(served.heard), len(elsewhere.heard)) == (1, 0)


def test_f03_nobody_there_and_no_such_name_are_proved_unsent(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    assert outcome(f"http://127.0.0.1:{port}") is Outcome.NOT_SENT

    def nameless(*_asked, **_details) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", nameless)
    assert outcome("http://broker.invalid") is Outcome.NOT_SENT


def test_a_peer_that_speaks_no_tls_is_proved_unsent():
    """F-03: no byte of the order leaves before the certificate was seen."""

    def does(line: socket.socket) -> None:
        line.recv(1000)
        line.sendall(WHOLE)

    with peer(does) as served:
        assert outcome(served.base.replace("http:", "https:")) is Outcome.NOT_SENT


@pytest.mark.security("S-49", asvs=["12.3.2"])
def test_f03_a_certificate_nobody_vouches_for_is_proved_unsent(tmp_path):
    heard: list[bytes] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))

    def does(line: socket.socket) -> None:
        with suppress(ssl.SSLError), context.wrap_socket(line, server_side=True) as safe:
            heard.append(safe.recv(100))

    with peer(does) as served:
        assert outcome(served.base.replace("http:", "https:")) is Outcome.NOT_SENT
    assert b"".join(heard) == b""


def self_signed(folder) -> str:
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    signed = builder.not_valid_before(now).not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    file = folder / "server.pem"
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM) + key.private_bytes(serialization.Encoding.PEM, *plain)
    )
    return str(file)


@pytest.mark.parametrize("drip", [False, True], ids=["silent", "dripping"])
def test_f06_f07_a_peer_without_end_holds_nobody_longer_than_the_whole_time(drip):
    """And leaves nothing open: the peer hears that we have gone."""
    over = threading.Event()

    def does(line: socket.socket) -> None:
        request_of(line)
        for byte in WHOLE * 50:
            if drip:
                line.sendall(bytes([byte]))
            if over.wait(0.02):
                return

    with peer(does) as served:
        began = time.monotonic()
        assert outcome(served.base, within=0.3) is Outcome.UNKNOWN
        took = time.monotonic() - began
        over.set()
    assert took < 5  # fifty answers at this pace would take minutes
    assert len(served.heard) == 1


def test_f10_a_flood_is_no_answer():
    def does(line: socket.socket) -> None:
        request_of(line)
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            line.sendall(b" " * 1_000_000)

    with peer(does) as served:
        assert outcome(served.base) is Outcome.UNKNOWN


class Late(Exception):
    pass


@pytest.mark.parametrize("last", [Step.CONNECT, Step.CONNECTED])
def test_an_order_withdrawn_before_the_first_byte_is_unsent_and_nothing_was_heard(last):
    """The zombie rule: whoever wakes too late after connecting must not write."""
    heard: list[bytes] = []

    def reached(step: Step) -> None:
        if step is last:
            raise Late

    with peer(lambda line: heard.append(line.recv(100))) as served:
        with pytest.raises(SendFailed) as told:
            post_once(served.base, ORDER, reached)
        assert (told.value.is_unsent, told.value.step, told.value.cause) == (True, last, "Late")
    assert b"".join(heard) == b""


@pytest.mark.parametrize("at", [Step.HALF, Step.WRITTEN, Step.ANSWERED])
def test_trouble_of_our_own_after_the_first_byte_is_a_doubt(at):
    def reached(step: Step) -> None:
        if step is at:
            raise Late

    with peer(saying(WHOLE)) as served:
        assert outcome(served.base, reached) is Outcome.UNKNOWN


def test_a_name_that_took_all_the_time_to_find_is_not_written_to(monkeypatch):
    heard: list[bytes] = []

    def reached(step: Step) -> None:
        if step is Step.CONNECT:
            time.sleep(0.15)  # as long as a slow name server

    with peer(lambda line: heard.append(line.recv(100))) as served:
        assert outcome(served.base, reached, within=0.1) is Outcome.NOT_SENT
    assert b"".join(heard) == b""


def test_no_secret_is_in_what_a_failed_send_says():
    with pytest.raises(SendFailed) as told:
        post_once("http://127.0.0.1:1", ORDER)
    assert told.value.__context__ is None
    assert "Bearer" not in repr(told.value.__dict__) + str(told.value)
