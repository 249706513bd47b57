"""TLS: the versions and suites of today alone, no page without it, no way to slip a second request into one.

The web process itself speaks it here, with a certificate made for the test; behind a proxy of one's own the
proxy's settings count, and ours are what it is told (``X-Forwarded-Proto``).
"""

import ipaddress
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live
from django.test import Client

from kiwoomweb.operation.telling import Trouble
from kiwoomweb.operation.tls import check
from tests.people import Person
from tests.running import free_port

HOST = "127.0.0.1"
#: There is neither a queue nor a prepared database behind it, and it says so.
SERVED = b"HTTP/1.1 503"


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of RSA, with which a lax server would also offer suites without forward secrecy."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))])
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1)
    )
    signed = made.add_extension(names, critical=False).sign(key, hashes.SHA256())
    encoding = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(signed.public_bytes(encoding))
    plain = (encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(*plain))
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture(scope="module")
def port(tmp_path_factory: Any) -> Iterator[int]:
    """The web process over TLS, without a database: what is asked here needs none."""
    folder: Path = tmp_path_factory.mktemp("tls")
    pem, key = certificate(folder)
    (folder / "prepared").touch()
    number = free_port()
    ours = {"DATABASE_URL", "REDIS_URL", "DEBUG", "OIDC_URL", "KIWOOMWEB_HTTPS"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    said = {"DJANGO_SETTINGS_MODULE": "kiwoomweb.settings", "KIWOOMWEB_VAR": str(folder), "KIWOOMWEB_ENV": "",
            "KIWOOMWEB_TLS_CERTIFICATE": str(pem), "KIWOOMWEB_TLS_KEY": str(key)}  # fmt: skip
    command = [sys.executable, "-m", "kiwoomweb.operation.web", HOST, str(number), str(folder / "prepared")]
    log = (folder / "log").open("wb")
    server = subprocess.Popen(command, cwd=live.BASE_DIR, env=kept | said, stdout=log, stderr=log)
    try:
        _wait(server, number, folder / "log")
        yield number
    finally:
        server.kill()
        server.wait()
        log.close()


def _wait(server: Any, number: int, log: Path) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            socket.create_connection((HOST, number), timeout=5).close()
        except OSError:
            assert server.poll() is None and time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        else:
            return


def client(**said: Any) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    for name, value in said.items():
        setattr(context, name, value)
    return context


def shaken(port: int, context: ssl.SSLContext) -> tuple[str | None, str]:
    """(version, suite) of a handshake; what the server says where it comes to none."""
    with socket.create_connection((HOST, port), timeout=10) as line:
        try:
            with context.wrap_socket(line) as safe:
                return safe.version(), (safe.cipher() or ("",))[0]
        except ssl.SSLError as no:
            return None, str(no.reason)


def told(port: int, raw: bytes, silence: float = 20, patience: float = 20) -> bytes:
    """All that comes back until the server hangs up; or falls silent so long, before or after its answer."""
    with socket.create_connection((HOST, port), timeout=20) as line, client().wrap_socket(line) as safe:
        answer = b""
        with suppress(ssl.SSLError, ConnectionError):  # it may hang up while it is still being talked to
            safe.sendall(raw)
        safe.settimeout(patience)
        with suppress(ssl.SSLError, ConnectionError, TimeoutError):
            while part := safe.recv(65_536):
                answer += part
                safe.settimeout(silence)
        return answer


@pytest.mark.security("S-48", asvs=["12.1.1"])
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_only_tls_1_2_and_1_3_are_spoken(port: int) -> None:
    Version = ssl.TLSVersion
    found = {}
    for version in (Version.TLSv1, Version.TLSv1_1, Version.TLSv1_2, Version.TLSv1_3):
        context = client()
        context.set_ciphers("ALL:@SECLEVEL=0")  # this side would speak them all
        context.minimum_version = context.maximum_version = version
        found[version.name] = shaken(port, context)
    assert [name for name, (spoken, _why) in found.items() if spoken] == ["TLSv1_2", "TLSv1_3"]
    assert "PROTOCOL_VERSION" in found["TLSv1_1"][1] and "PROTOCOL_VERSION" in found["TLSv1"][1], found


@pytest.mark.security("S-48", asvs=["12.1.2"])
def test_every_suite_keeps_what_was_said_secret_for_ever(port: int) -> None:
    context = client(maximum_version=ssl.TLSVersion.TLSv1_2)
    context.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    offered = [each["name"] for each in context.get_ciphers() if each["protocol"] != "TLSv1.3"]
    taken = []
    for name in offered:
        one = client(maximum_version=ssl.TLSVersion.TLSv1_2)
        one.set_ciphers(f"{name}:@SECLEVEL=0")
        if shaken(port, one)[0]:
            taken.append(name)
    assert len(offered) > 20
    assert taken and all(name.startswith("ECDHE-") for name in taken)
    assert [name for name in taken if "GCM" not in name and "CHACHA20" not in name] == []


@pytest.mark.security("S-46", asvs=["4.4.1", "12.2.1"])
@pytest.mark.security("S-48", asvs=["12.1.1", "4.1.2"])
def test_the_port_answers_nothing_in_the_clear(port: int) -> None:
    with socket.create_connection((HOST, port), timeout=10) as line:
        line.sendall(b"GET /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        line.settimeout(1)
        try:
            answer = line.recv(4096)
        except (TimeoutError, ConnectionError):
            answer = b""
    assert b"HTTP/" not in answer
    page = told(port, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    assert page.startswith(SERVED)
    assert b"Strict-Transport-Security: max-age=31536000; includeSubDomains" in page


SOCKET = (
    b"GET /ws/live/x/ HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: %s://127.0.0.1:%d\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    b"Sec-WebSocket-Extensions: permessage-deflate\r\n%s\r\n"
)


@pytest.mark.security("S-46", asvs=["4.4.1"])
def test_a_socket_is_refused_to_visitors_and_to_pages_that_came_in_the_clear(port: int) -> None:
    for scheme, more in ((b"https", b""), (b"http", b""), (b"http", b"X-Forwarded-Proto: https\r\n")):
        answer = told(port, SOCKET % (port, scheme, port, more))
        assert answer.startswith(b"HTTP/1.1 403"), (scheme, answer[:200])
        assert b"Sec-WebSocket-Accept" not in answer


@pytest.mark.security("S-48", asvs=["13.4.4", "4.2.1"])
def test_trace_is_not_answered_and_nobody_speaks_another_http(port: int) -> None:
    answer = told(port, b"TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nX-Mine: canary\r\n\r\n")
    assert not answer.startswith(b"HTTP/1.1 2") and b"canary" not in answer
    context = client()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection((HOST, port), timeout=10) as line, context.wrap_socket(line) as safe:
        assert safe.selected_alpn_protocol() in {None, "http/1.1"}


INNER = b"GET /smuggled-inside HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
START = b"POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"
#: Headers that two servers could understand differently, and the body they would part differently.
SMUGGLED = {
    "length and chunks": (b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n" + INNER),
    "chunks and length": (b"Transfer-Encoding: chunked\r\nContent-Length: %d\r\n", b"0\r\n\r\n" + INNER),
    "two lengths": (b"Content-Length: 0\r\nContent-Length: %d\r\n", INNER),
    "a list of lengths": (b"Content-Length: 0, %d\r\n", INNER),
    "a signed length": (b"Content-Length: +%d\r\n", INNER),
    "an odd length": (b"Content-Length: 0x%x\r\n", INNER),
    "a negative length": (b"Content-Length: -1\r\nX: %d\r\n", INNER),
    "spaced before the colon": (b"Content-Length: %d\r\nTransfer-Encoding : chunked\r\n", b"0\r\n\r\n" + INNER),
    "an unknown coding": (b"Content-Length: %d\r\nTransfer-Encoding: xchunked\r\n", b"0\r\n\r\n" + INNER),
    "two codings": (b"Transfer-Encoding: chunked, identity\r\nX: %d\r\n", b"0\r\n\r\n" + INNER),
    "chunks of odd size": (b"Transfer-Encoding: chunked\r\nX: %d\r\n", b"-1\r\n" + INNER),
    "chunks of hex": (b"Transfer-Encoding: chunked\r\nX: %d\r\n", b"0x0\r\n\r\n" + INNER),
}


@pytest.mark.security("S-48", asvs=["4.2.1"])
@pytest.mark.parametrize("how", SMUGGLED)
def test_no_request_hides_inside_another(how: str, port: int) -> None:
    headers, body = SMUGGLED[how]
    answer = told(port, START + headers % len(body) + b"\r\n" + body, silence=1.5)
    assert answer.count(b"HTTP/1.1 ") <= 1, answer[:600]
    assert not answer.startswith((b"HTTP/1.1 2", SERVED))


@pytest.mark.security("S-80", asvs=["4.2.5"])
def test_what_is_far_too_long_is_refused_and_the_next_one_is_served(port: int) -> None:
    ask = b"GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nConnection: close\r\n%s\r\n"
    for path, more in (
        (b"/healthz?q=" + b"a" * 200_000, b""),
        (b"/" + b"a/" * 40_000, b""),
        (b"/healthz", b"X-Long: " + b"a" * 200_000 + b"\r\n"),
        (b"/healthz", b"Cookie: " + b"a=b; " * 40_000 + b"\r\n"),
        (b"/healthz", b"X: y\r\n" * 20_000),
    ):
        answer = told(port, ask % (path, more), patience=0.7)  # mostly it hangs up without a word
        assert not answer.startswith((b"HTTP/1.1 2", b"HTTP/1.1 5")), answer[:200]
        assert told(port, ask % (b"/healthz", b"")).startswith(SERVED)


@pytest.mark.security("S-48", asvs=["4.1.2", "12.2.1"])
def test_behind_a_proxy_a_page_is_led_to_https_and_everything_else_refused(
    owner: Person, settings: Any
) -> None:
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    fresh = Client()
    fresh.force_login(owner.user)
    page = fresh.get("/settings/", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["Location"]) == (301, "https://testserver/settings/")
    plain = [
        fresh.post("/settings/", {"language": "ko"}, headers={"accept": "text/html"}),
        fresh.get("/settings/", headers={"accept": "application/json"}),
        fresh.get("/settings/", headers={"accept": "text/html", "sec-fetch-dest": "empty"}),
        fresh.get("/static/js/trusted.js"),
    ]
    assert [answer.status_code for answer in plain] == [403] * 4
    assert "https" in plain[0].content.decode()
    assert fresh.get("/settings/", headers={"x-forwarded-proto": "https"}).status_code == 200
    assert Client().get("/healthz").status_code in {200, 503}


@pytest.mark.security("S-46", asvs=["4.4.1"])
@pytest.mark.parametrize(
    ("scheme", "said", "opens"),
    [("ws", b"", False), ("ws", b"http", False), ("ws", b"https", True), ("wss", b"", False)],
)
async def test_behind_a_proxy_a_socket_opens_where_the_proxy_says_tls(
    scheme: str, said: bytes, opens: bool, settings: Any
) -> None:
    from kiwoomweb.access.hardening.plain import over_tls_alone

    settings.HTTPS, settings.SECURE_PROXY_SSL_HEADER = True, ("HTTP_X_FORWARDED_PROTO", "https")
    came, answered = [], []

    async def inside(*_: Any) -> None:
        came.append(1)

    async def send(message: Any) -> None:
        answered.append(message["type"])

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    scope = {"type": "websocket", "scheme": scheme, "headers": [(b"x-forwarded-proto", said)] if said else []}
    await over_tls_alone(inside)(scope, receive, send)
    assert bool(came) is opens
    assert bool(answered) is not opens


def test_a_certificate_that_is_none_is_told_before_anything_starts(tmp_path: Path) -> None:
    pem, key = certificate(tmp_path)
    check(str(pem), str(key))
    (tmp_path / "other").mkdir()
    _pem, other = certificate(tmp_path / "other")
    for files in ((str(pem), str(other)), (str(key), str(key)), ("/no/such", str(key)), (str(pem), "/no/such")):
        with pytest.raises(Trouble, match="certificate"):
            check(*files)
