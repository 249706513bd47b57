"""S-17: whatever the spelling of an address, no request of ours reaches this machine or its network."""

import socket

import pytest

from kiwoomweb.notices.wires import guard
from kiwoomweb.notices.wires.guard import Forbidden, target, vetted
from kiwoomweb.notices.wires.http import ask

LOOPBACKS = [
    "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "0.0.0.0", "0", "2130706433", "017700000001",
    "0x7f000001", "0x7f.1", "0177.0.0.1", "0x7f.0x0.0x0.0x1", "[::1]", "[::]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    "localhost", "localhost.", "LOCALHOST", "ip6-localhost", "①②⑦.⓪.⓪.①", "127。0。0。1", "127.0.0.1.",
    "[fe80::1%25eth0]",
]  # fmt: skip
INSIDE = [
    "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "[fc00::1]",
    "[fd12::1]", "[fe80::1]", "[ff02::1]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]",
    "[64:ff9b::a9fe:a9fe]", "[2002:a00:1::1]", "[2001:db8::1]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    "3232235521", "0xa9fea9fe", "0xC0A80001",
]  # fmt: skip
SCHEMES = ["https", "http", "HTTPS", "ftp", "file", "gopher", "javascript", "data", "dict", "ldap", ""]
WRAPPED = [
    "{}",
    "hooks.example.com@{}",
    "user:password@{}",
    "{}:443",
    "{}:8443",
    "{}#@hooks.example.com",
    "{}%00",
]
PLAIN_WRONG = [
    "", "hooks.example.com", "//hooks.example.com/x", "https://", "https:///x",
    "https://hooks.example.com:99999/", "https://hooks.example.com:x/", "https://hooks example.com/",
    "https://hooks.example.com\\@127.0.0.1/", "https://hooks.example.com/\r\nHost: x",
    "https://hooks.example.com/\x00", "https://혹스.example/", "https://[::1", "https://-x.example.com/",
    "https://example/", "https://" + "a" * 3000 + ".com/",
]  # fmt: skip
HOSTS = LOOPBACKS + INSIDE
URLS = sorted(
    {
        f"{scheme}://{wrap.format(host)}/"
        for scheme in SCHEMES[:3]
        for wrap in WRAPPED
        for host in LOOPBACKS + INSIDE
    }
    | {f"{scheme}:{slashes}169.254.169.254/x" for scheme in SCHEMES for slashes in ("//", "", "/")}
    | set(PLAIN_WRONG)
)


def refused(url: str) -> bool:
    try:
        where = target(url)
        vetted(where.host, where.port)
    except (Forbidden, OSError):
        return True
    return False


@pytest.mark.security("S-17", asvs=["1.3.6"])
def test_s17_no_spelling_leads_inside(monkeypatch) -> None:
    """What is no address is asked of a resolver that only knows the machine itself."""
    real = socket.getaddrinfo

    def resolver(host, port, *args, **kwargs):
        numeric = {**kwargs, "flags": socket.AI_NUMERICHOST}
        try:
            return real(host, port, *args, **numeric)
        except OSError:
            return real("127.0.0.1", port, *args, **numeric)

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    assert len(URLS) > 300
    assert [url for url in URLS if not refused(url)] == []


@pytest.mark.parametrize(
    "answers",
    [["93.184.216.34", "127.0.0.1"], ["10.0.0.1"], ["::ffff:192.168.0.1"], ["2606:4700::1", "fe80::1"], []],
)
def test_one_address_inside_among_many_is_enough(answers: list[str], monkeypatch) -> None:
    rows = [(0, 0, 0, "", (one, 443)) for one in answers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    with pytest.raises(Forbidden):
        vetted("hooks.example.com", 443)


@pytest.mark.security("S-17", asvs=["1.3.6", "13.2.4"])
def test_the_address_that_was_checked_is_the_one_that_is_reached(monkeypatch) -> None:
    """A resolver that tells another address a moment later is not asked again."""
    answers = iter([[(0, 0, 0, "", ("93.184.216.34", 443))]])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: next(answers))
    reached = []

    def connect(address, timeout):
        reached.append(address)
        raise OSError("nobody there")

    monkeypatch.setattr("kiwoomweb.notices.wires.http.socket.create_connection", connect)
    with pytest.raises(Exception, match="nobody there"):
        ask(target("https://hooks.example.com/x"), b"{}", {})
    assert reached == [("93.184.216.34", 443)]


def test_what_is_out_in_the_world_may_be_reached(monkeypatch) -> None:
    rows = [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", ("2606:4700:4700::1111", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    assert vetted("hooks.example.com", 443) == ("93.184.216.34", 443)
    assert target("https://hooks.example.com/a?b=c").path == "/a?b=c"
    assert guard.target("https://hooks.example.com:8443").port == 8443
