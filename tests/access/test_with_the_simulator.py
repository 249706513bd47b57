"""The whole way over real HTTP: from the click on /connect/ to an answer of the simulated broker."""

import json
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account, BrokerReply
from kiwoomweb.access.sentences import sentence
from kiwoomweb.access.services.keeping import heard
from kiwoomweb.broker import client
from kiwoomweb.broker.calls.account import deposit
from kiwoomweb.broker.environment import Address, Environment
from kiwoomweb.broker.errors import BrokerDown, WrongEnvironment, WrongKeys
from kiwoomweb.simulator.serve import OPENING, Running, running
from kiwoomweb.simulator.tokens import KeyPair
from tests.access.conftest import forget_everything

DEMO = KeyPair("canary-demo-key", "canary-demo-secret", "real")
MOCK = KeyPair("a-mock-key", "a-mock-secret", "mock")


@pytest.fixture(scope="module")
def serving() -> Iterator[Running]:
    with running(trader=False, keys=[DEMO, MOCK]) as simulator:
        yield simulator


@pytest.fixture
def connections(monkeypatch) -> Iterator[None]:
    """Clients live as long as their process; the connections of this test end with it."""
    opened, real = [], client._connection

    def connection(address: Address) -> httpx.Client:
        opened.append(real(address))
        return opened[-1]

    monkeypatch.setattr(client, "_connection", connection)
    yield
    for each in opened:
        each.close()


@pytest.fixture
def simulator(serving: Running, settings, tmp_path, connections) -> Iterator[Running]:
    """A simulator on this machine, and the demo keys the start command would have left."""
    settings.SIMULATOR_PORT = int(serving.address.rest.rpartition(":")[2])
    settings.DEMO, settings.DEMO_KEYS_FILE = True, tmp_path / "demo.json"
    offer(settings, DEMO)
    forget_everything()
    yield serving
    serving.faults.clear()
    forget_everything()


def offer(settings, pair: KeyPair) -> None:
    settings.DEMO_KEYS_FILE.write_text(json.dumps({"app_key": pair.app_key, "app_secret": pair.app_secret}))


@pytest.fixture
def connected(owner, simulator) -> Account:
    assert owner.post("/connect/demo/").status_code == 302
    return Account.objects.get()


def test_one_click_connects_the_account_the_keys_belong_to(connected, simulator):
    assert connected.number == simulator.account
    assert connected.environment == "simulator"


def test_now_is_when_the_simulator_says(connected):
    assert abs(gateway.broker_now(connected) - OPENING) < timedelta(minutes=2)


def test_an_answer_is_kept_word_for_word_before_it_is_read(connected):
    with heard() as replies:
        told = deposit(gateway.broker_for(connected))
    kept = BrokerReply.objects.get(pk=replies[-1])
    assert kept.tr == "kt00001"
    assert int(json.loads(kept.raw)["entr"]) == told.cash


@pytest.mark.parametrize(
    ("pair", "error"),
    [
        (KeyPair(DEMO.app_key, "guessed"), WrongKeys),
        (KeyPair("unknown", "guessed"), WrongKeys),
        (MOCK, WrongEnvironment),
    ],
    ids=["wrong secret", "unknown key", "mock key on the real host"],
)
def test_keys_the_simulator_does_not_accept_connect_nothing(owner, simulator, settings, pair, error):
    offer(settings, pair)
    page = owner.post("/connect/demo/")
    assert page.status_code == 422
    assert sentence(error(), Environment.SIMULATOR) in page.content.decode()
    assert not Account.objects.exists()


def test_an_expired_token_is_renewed_without_anybody_noticing(connected, simulator):
    deposit(gateway.broker_for(connected))
    simulator.faults.add("expire_tokens")
    assert deposit(gateway.broker_for(connected)).cash >= 0
    connected.refresh_from_db()
    assert connected.trouble_kind == ""


def test_an_outage_is_told_on_the_account_and_forgotten_when_it_is_over(connected, simulator):
    simulator.faults.add("status", count=None, status=503)
    with pytest.raises(BrokerDown):
        deposit(gateway.broker_for(connected))
    connected.refresh_from_db()
    assert (connected.trouble_kind, connected.trouble_since is not None) == ("BrokerDown", True)

    simulator.faults.clear()
    client = gateway.broker_for(connected)
    gateway._tokens(client.environment).set_back(client.key_id, None)  # as after the wait for the next try
    deposit(client)
    connected.refresh_from_db()
    assert (connected.trouble_kind, connected.trouble_since) == ("", None)


def test_the_settings_page_tells_the_trouble_and_offers_the_keys(owner, connected):
    Account.objects.update(trouble_kind="BrokerDown", trouble_sentence=BrokerDown.notice)
    page = owner.get("/settings/").content.decode()
    assert BrokerDown.notice in page
    assert f"/a/{connected.code}/keys/" in page
    assert connected.number not in page
