"""The token window: who may not open account keys gets access tokens from the order process."""

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection

from kiwoomweb.access import asked_tokens, desk_keys, gateway, powers
from kiwoomweb.access.errors import DeskAway
from kiwoomweb.access.models import Account
from kiwoomweb.access.services import keys
from kiwoomweb.access.token_window import TokenWindow
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.errors import WrongKeys
from kiwoomweb.broker.pacing import Priority
from tests.access.broker_double import refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def split(broker, monkeypatch, settings, tmp_path) -> None:
    """As if this were two processes: the hands of the window may open account keys, everybody else may not."""
    settings.DESK_SOCKET = tmp_path / "desk.sock"
    cache.clear()
    monkeypatch.setattr(asked_tokens, "_missed_at", -1e9)
    monkeypatch.setattr(gateway, "DESK_RETURNS_WITHIN", {False: 10.0, True: 0.0})
    monkeypatch.setattr(
        gateway, "may_open_account_keys", lambda: threading.current_thread().name.startswith("tokens")
    )


@pytest.fixture
def window() -> Iterator[threading.Event]:
    stop = threading.Event()
    with_hands = open_window(stop)
    yield stop
    stop.set()
    with_hands.join(5)


def open_window(stop: threading.Event) -> TokenWindow:
    made = TokenWindow(stop)
    made.start()
    return made


def asking(account: Account, priority: Priority = Priority.PERSON):
    return gateway.broker_for(account, priority)


def test_a_process_without_keys_asks_with_a_token_of_the_order_process(connected, broker, window):
    assert asking(connected).call("ka00001").fields["acctNo"] == "8100000111"
    with pytest.raises(TypeError):
        asking(connected).revoke()
    client = asking(connected)
    with ThreadPoolExecutor(8) as threads:
        tokens = {token.text for token in threads.map(lambda _n: client.token(), range(8))}
    assert (len(tokens), broker.times("au10001")) == (1, 1)


def test_a_refused_token_is_renewed_by_the_order_process_once_for_all(connected, broker, window):
    client = asking(connected)
    first = client.token()
    with ThreadPoolExecutor(4) as threads:
        fresh = {token.issued for token in threads.map(lambda _n: client.renew(first), range(4))}
    assert len(fresh) == 1 and fresh != {first.issued}
    assert broker.times("au10001") == 2


def test_what_the_broker_says_to_the_order_process_is_heard_here(connected, broker, window):
    broker.answers["au10001"] = refused("8001")
    with pytest.raises(WrongKeys) as told:
        asking(connected).token()
    assert told.value.code == "8001"
    connected.refresh_from_db()
    assert connected.trouble_kind == "WrongKeys"


def test_without_an_order_process_it_is_said_and_nothing_asked_until_it_is_back(connected, broker):
    with pytest.raises(DeskAway):
        asking(connected).call("ka00001")
    connected.refresh_from_db()
    assert (connected.trouble_kind, broker.times("au10001")) == ("DeskAway", 0)
    assert "주문 프로세스" in connected.trouble_sentence
    stop = threading.Event()
    back = open_window(stop)
    assert asking(connected).call("ka00001")
    stop.set()
    back.join(5)
    connected.refresh_from_db()
    assert connected.trouble_kind == ""
    assert asking(connected).call("ka00001"), "a token on the shelf needs no order process"


def test_who_works_unseen_waits_for_an_order_process_that_is_starting(connected, broker):
    stop, client = threading.Event(), asking(connected, Priority.ROUTINE)
    with ThreadPoolExecutor(1) as asker:
        token = asker.submit(lambda: (client.token(), connection.close()))
        started = open_window(stop)
        assert token.result(10)[0].text
    stop.set()
    started.join(5)


def test_other_keys_are_another_client_and_another_token(connected, broker, window):
    before = asking(connected)
    before.token()
    keys.keep(connected, Credentials("another-key", "another-secret"))
    after = asking(connected)
    assert after is not before and after.key_id != before.key_id
    after.token()
    assert broker.times("au10001") == 2


def test_where_the_key_file_is_another_users_this_process_asks_too(connected, broker, window, monkeypatch):
    """The order process may run as a user of its own; whoever runs a command as somebody else only asks."""
    assert powers.may_open_account_keys()
    monkeypatch.setattr(desk_keys.os, "access", lambda *_: False)
    assert not powers.may_open_account_keys()
    with pytest.raises(powers.MayNotOpen):
        keys.opened(connected)


def test_nonsense_at_the_window_is_closed_and_the_next_is_served(connected, settings, window):
    for said in (b"\n", b"[]\n", b"{}\n", b'{"account": "x", "refused": null}\n', b"\xff" * 5000 + b"\n"):
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(str(settings.DESK_SOCKET))
            line.sendall(said)
            assert line.recv(100) == b""
    assert asking(connected).token().text


def test_whoever_is_no_account_gets_none(connected, settings, window):
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(5)
        line.connect(str(settings.DESK_SOCKET))
        line.sendall(b'{"account": 999999, "refused": null}\n')
        assert b"NotConnected" in line.recv(1000)
