"""Canaries: secrets nobody else has, a day with them at the loudest logging, and all places words end up in."""

import base64
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as live
from django.core import mail
from django.db import connection

from kiwoomweb.access import gateway
from kiwoomweb.access.factors.keeping import keep_totp
from kiwoomweb.access.models import Account
from kiwoomweb.access.services.resealing import new_keys, reseal
from kiwoomweb.broker.calls.account import deposit
from kiwoomweb.simulator.serve import Running, running
from kiwoomweb.simulator.tokens import KeyPair
from tests import queue
from tests.access.conftest import forget_everything, impatient, ring_file
from tests.access.test_with_the_simulator import connections, offer
from tests.people import Person
from tests.queue import run_later

__all__ = ["connections", "ring_file"]

PAIR = KeyPair("Ck1appkey9Zq7canaryAppKey", "Ck2secret9Zq7canarySecretKey", "real")
PASSWORD = "Ck3password-9Zq7-canary"
SEED = "JBSWY3DPEHPK3PXPCK4CANARY2345674"
#: Pages somebody opens in a day, and files they take away.
DAY = (
    "", "journal/", "pnl/", "stats/", "trades/", "keys/", "budget/", "sync/", "trust/", "tr/", "tr/kt00001/",
    "archive/", "limits/", "orders/", "reports/", "no-such-page/",
)  # fmt: skip
#: A form comes back to whoever filled it in with what they typed, but for the secret half.
TYPED_BACK = {"real keys, no network", "too long a name"}
FILES = ("files/trades.csv", "files/trades.xlsx", "orders/history.csv", "orders/history.xlsx")


@pytest.fixture
def serving(settings: Any, tmp_path: Path, connections: None, monkeypatch: Any) -> Iterator[Running]:
    monkeypatch.setattr("kiwoomweb.broker.patience.Patience", impatient)
    with running(trader=False, keys=[PAIR]) as simulator:
        settings.SIMULATOR_PORT = int(simulator.address.rest.rpartition(":")[2])
        settings.DEMO, settings.DEMO_KEYS_FILE = True, tmp_path / "keys" / "demo.json"
        settings.DEMO_KEYS_FILE.parent.mkdir(exist_ok=True)
        offer(settings, PAIR)
        forget_everything()
        yield simulator
        forget_everything()


@pytest.fixture
def log() -> Iterator[list[str]]:
    """Every line of every logger, at DEBUG, with tracebacks, but for the one kept quiet for ever."""
    assert live.LOGGING["loggers"]["django.template"] == {"level": "WARNING"}
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    root, keep = logging.getLogger(), Keep()
    levels = {name: logging.getLogger(name).level for name in ("", *logging.root.manager.loggerDict)}
    for name in levels.keys() - {"django.template"}:
        logging.getLogger(name).setLevel(logging.DEBUG)
    root.addHandler(keep)
    yield lines
    root.removeHandler(keep)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.security("S-30", asvs=["16.2.5", "14.2.1", "14.2.3", "13.3.1", "16.5.1"])
@pytest.mark.security("S-31", asvs=["11.3.2", "11.3.3"])
@pytest.mark.security("S-34", asvs=["14.2.4"])
@pytest.mark.django_db(transaction=True)
def test_no_secret_is_found_anywhere_after_a_day_with_it(  # noqa: PLR0917  each is a sink
    owner: Person, serving: Running, log: list[str], valkey: str, capfd: Any, settings: Any, tmp_path: Path
) -> None:
    settings.VAR, settings.AUDIT_KEYS_FILE = tmp_path, tmp_path / "keys" / "audit.keys"
    settings.DESK_KEYS_FILE = tmp_path / "keys" / "desk.keys"
    sinks = _a_day(owner)
    secrets = {
        "app key": PAIR.app_key, "app secret": PAIR.app_secret, "password": PASSWORD, "totp seed": SEED,
        "token": _token(), "signing key": live.SECRET_KEY, **_keys_of(tmp_path / "keys"),
    }  # fmt: skip
    sinks |= {
        "log": "\n".join(log), "database": _database(), "valkey": _valkey(valkey), "archives": _files(live.VAR),
        "tasks": json.dumps(queue.asked, default=str), "terminal": "".join(capfd.readouterr()),
        "letters": "\n".join(str(letter.message()) for letter in mail.outbox), "process": _process(),
    }  # fmt: skip
    must = ("log", "database", "valkey", "tasks", "archives", "process", "files/trades.xlsx")
    assert [name for name in must if not sinks[name]] == [], "a sink that holds nothing proves nothing"
    hits = [
        f"{name} in {sink}"
        for name, secret in secrets.items()
        for form in _forms(secret)
        for sink, words in sinks.items()
        if form in words and not (name == "app key" and sink in TYPED_BACK)
    ]
    assert sorted(set(hits)) == []
    assert len(secrets) >= 9 and all(len(secret) > 15 for secret in secrets.values())


def test_the_search_finds_what_it_looks_for() -> None:
    forms = _forms("a-secret/1 that is long")
    assert len(forms) > 6
    for before in range(3):
        hidden = base64.b64encode(b"x" * before + b"a-secret/1 that is long" + b"y").decode()
        assert any(form in hidden for form in forms)


def _a_day(owner: Person) -> dict[str, str]:
    """Sign in, connect, look at everything, take files away, fail, rotate keys; what each answer said."""
    owner.user.set_password(PASSWORD)
    owner.user.save()
    visitor = Person()
    visitor.browser.raise_request_exception = owner.browser.raise_request_exception = False
    typed = {"login": owner.user.email, "password": PASSWORD}
    said = {"wrong sign-in": visitor.post("/accounts/login/", {**typed, "password": f"{PASSWORD}x"})}
    said["sign-in"] = visitor.post("/accounts/login/", typed)
    owner.browser.force_login(owner.user)
    owner._has_given_the_password()
    team = owner.user.memberships.get().team_id
    keys = {"team": team, "environment": "live", "app_key": PAIR.app_key, "app_secret": PAIR.app_secret}
    said["real keys, no network"] = owner.post("/connect/", {**keys, "name": "canary"})
    said["too long a name"] = owner.post("/connect/", {**keys, "name": "n" * 99})
    said["connect"] = owner.post("/connect/demo/")
    account = Account.objects.get()
    deposit(gateway.broker_for(account))
    for path in (*DAY, *FILES):
        said[path] = owner.get(f"/a/{account.code}/{path}")
    said["keys again"] = owner.post(f"/a/{account.code}/keys/", {**keys, "environment": "simulator"})
    said["make archive"] = owner.post(f"/a/{account.code}/archive/")
    keep_totp(owner.user, SEED, 0)
    said["security"] = owner.get("/security/")
    new_keys()
    reseal()
    deposit(gateway.broker_for(account))
    run_later()
    return {name: _words(answer) for name, answer in said.items()}


def _words(answer: Any) -> str:
    body = answer.getvalue() if answer.streaming else answer.content
    return f"{answer.headers}{body.decode('utf-8', 'replace')}"


def _token() -> str:
    """The token the broker gave, as only the gateway can open it."""
    token: Any = gateway.broker_for(Account.objects.get()).token()
    return str(token.value if hasattr(token, "value") else token)


def _keys_of(folder: Path) -> dict[str, str]:
    """The keys of every ring."""
    lines = [(path.name, line) for path in folder.glob("*.keys") for line in path.read_text().splitlines()]
    return {
        f"{name} {n}": line.partition(":")[2].strip() for n, (name, line) in enumerate(lines) if ":" in line
    }


def _files(folder: Path) -> str:
    """Whatever the product wrote beside its keys, opened where it is an archive."""
    import zipfile

    words = []
    for path in (path for path in Path(folder).rglob("*") if path.is_file() and path.parent.name != "keys"):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                words += [archive.read(name).decode("latin1") for name in archive.namelist()]
        elif not path.name.startswith("test.sqlite3"):
            words.append(path.read_bytes().decode("latin1"))
    return "\n".join(words)


def _process() -> str:
    """What others on this machine may see of a process: its command line and environment."""
    return f"{Path('/proc/self/cmdline').read_text()} {os.environ}"


def _database() -> str:
    """Every cell of every table; what is no text, as hexadecimal digits and as it is."""
    words = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            words += [_cell(cell) for row in cursor.fetchall() for cell in row if cell is not None]
    return "\n".join(words)


def _cell(cell: Any) -> str:
    if isinstance(cell, bytes | memoryview):
        return f"{bytes(cell).hex()} {bytes(cell).decode('latin1')}"
    return str(cell)


def _valkey(url: str) -> str:
    import redis

    with redis.Redis.from_url(url) as client:
        words = []
        for key in client.scan_iter():
            dumped = client.dump(key) or b""
            words.append(f"{key!r} {dumped.decode('latin1')} {dumped.hex()}")
        return "\n".join(words)


def _forms(secret: str) -> set[str]:
    """The secret as it is, in base64 at each of its three beginnings, in hexadecimal, in an address, in JSON,
    backwards."""
    raw = secret.encode()
    shifted = {base64.b64encode(b"\0" * at + raw).decode().rstrip("=")[4 if at else 0 : -2] for at in range(3)}
    return {
        secret, raw.hex(), raw.hex().upper(), quote(secret, safe=""), json.dumps(secret)[1:-1], secret[::-1],
        *shifted,
    }  # fmt: skip
