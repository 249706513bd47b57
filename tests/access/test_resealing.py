"""Resealing: all rows under a new key, though it is interrupted, raced and read all the while."""

import base64
import threading
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection

from kiwoomweb.access import desk_keys, sealed_box, sealing
from kiwoomweb.access.errors import KeysUnreadable
from kiwoomweb.access.factors import keeping
from kiwoomweb.access.key_ring import add_key
from kiwoomweb.access.models import Account, Credential
from kiwoomweb.access.services import keys
from kiwoomweb.access.services.resealing import Outcome, hand_over, new_keys, reseal
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.operation.drills.keys.sessions import Sessions, pair
from tests.access.conftest import APP_KEY, APP_SECRET
from tests.access.identity import App
from tests.people import make_account


@pytest.fixture
def twelve(team) -> list[Account]:
    accounts = [make_account(team, f"계좌 {n}", f"81000{n:05}") for n in range(12)]
    for account in accounts:
        keys.keep(account, Credentials(f"key-{account.pk}", f"secret-{account.pk}"))
    return accounts


def all_open(accounts: list[Account]) -> bool:
    return all(keys.opened(a) == Credentials(f"key-{a.pk}", f"secret-{a.pk}") for a in accounts)


def versions() -> set[int]:
    return set(Credential.objects.values_list("key_version", flat=True))


def run(*options: str) -> str:
    said = StringIO()
    call_command("reseal", *options, stdout=said)
    return said.getvalue()


def test_a_new_key_seals_every_row_and_all_of_them_open(twelve):
    said = run("--new-key")
    assert "12개" in said
    assert versions() == {2}
    assert all_open(twelve)


def test_doing_it_again_changes_nothing(twelve):
    run("--new-key")
    before = list(Credential.objects.order_by("pk").values_list("app_key_seal", flat=True))
    assert "0개" in run()
    assert list(Credential.objects.order_by("pk").values_list("app_key_seal", flat=True)) == before


@pytest.mark.django_db(transaction=True)
def test_stopped_half_way_it_leaves_both_keys_readable_and_goes_on(twelve, monkeypatch):
    new_keys()
    real, count = sealed_box.seal_to, iter(range(100))

    def seal_until_the_power_goes(*args, **rest):
        if next(count) == 13:  # in the fourth batch of two rows
            raise KeyboardInterrupt
        return real(*args, **rest)

    monkeypatch.setattr(sealed_box, "seal_to", seal_until_the_power_goes)
    with pytest.raises(KeyboardInterrupt):
        reseal(batch=2)
    monkeypatch.undo()

    assert versions() == {1, 2}
    assert all_open(twelve)
    assert reseal(batch=2).done == 6
    assert versions() == {2}
    assert all_open(twelve)


@pytest.mark.django_db(transaction=True)
def test_readers_notice_nothing_while_it_runs(twelve):
    done, wrong = threading.Event(), []

    def read() -> None:
        try:
            while not done.is_set():
                if not all_open(twelve):
                    wrong.append("a wrong secret")
        except Exception as trouble:
            wrong.append(repr(trouble))
        finally:
            connection.close()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(5):
        new_keys()
        reseal(batch=3)
    done.set()
    for reader in readers:
        reader.join(20)
    assert wrong == []
    assert versions() == {6}


@pytest.mark.security("S-32", asvs=["13.3.4"])
@pytest.mark.django_db(transaction=True)
def test_fifty_sessions_go_on_while_the_master_key_changes_and_the_change_breaks_off(team, monkeypatch):
    accounts = [make_account(team, f"계좌 {n}", f"82000{n:05}") for n in range(10)]
    for account in accounts:
        keys.keep(account, pair(account.pk, 0))
    crowd = Sessions(accounts, 50)
    crowd.start()
    try:
        for n in range(4):
            new_keys()
            if n % 2:
                reseal_until_the_power_goes(monkeypatch)
            else:
                reseal(batch=2)
    finally:
        crowd.stop()
    reseal()
    assert crowd.wrong == []
    assert crowd.reads > 50
    assert versions() == {5}


def reseal_until_the_power_goes(monkeypatch) -> None:
    count, real = iter(range(100)), keys.sealed

    def sealed(*pair):
        if next(count) == 3:
            raise KeyboardInterrupt
        return real(*pair)

    with monkeypatch.context() as crash, pytest.raises(KeyboardInterrupt):
        crash.setattr("kiwoomweb.access.services.resealing.sealed", sealed)
        reseal(batch=2)


def sealed_by_the_ring(account: Account) -> None:
    """The row as every version before the order process had it."""
    halves = zip(keys.FIELDS, (f"key-{account.pk}", f"secret-{account.pk}"), strict=True)
    blobs = {name: sealing.seal(half, keys.place_of(account, name)) for name, half in halves}
    Credential.objects.filter(account=account).update(**blobs, key_version=1, key_name="")


def test_rows_the_ring_has_sealed_open_and_are_handed_to_the_desk_once(twelve):
    for account in twelve[:5]:
        sealed_by_the_ring(account)
    assert all_open(twelve)
    with pytest.raises(KeysUnreadable):
        keys.named(twelve[0])
    outcome = Outcome(1)
    hand_over(outcome)
    assert (outcome.done, outcome.unreadable) == (5, [])
    assert all_open(twelve)
    assert all(bytes(row.app_secret_seal).startswith(sealed_box.MARK) for row in Credential.objects.all())
    assert keys.named(twelve[0]).fingerprint == keys.opened(twelve[0]).fingerprint
    assert desk_keys.private().newest == 1


def test_keys_replaced_while_it_runs_are_left_alone(twelve, monkeypatch):
    new_keys()
    first, real = twelve[0], sealed_box.open_box
    fresh = Credentials("replaced-key", "replaced-secret")

    def open_and_be_overtaken(*box):
        secret = real(*box)
        if secret == f"secret-{first.pk}":
            keys.keep(first, fresh)
        return secret

    monkeypatch.setattr(sealed_box, "open_box", open_and_be_overtaken)
    assert reseal().done == 11
    monkeypatch.undo()
    assert keys.opened(first) == fresh


def test_a_row_that_does_not_open_is_named_and_the_others_go_on(twelve):
    Credential.objects.filter(account=twelve[3]).update(app_key_seal=b"d1:garbage")
    with pytest.raises(CommandError, match="계좌 3"):
        run("--new-key")
    assert Credential.objects.filter(key_version=2).count() == 11


def test_without_a_ring_the_command_says_what_to_bring_back(db, ring_file):
    with pytest.raises(CommandError, match="SEALING_KEYS_FILE"):
        run("--new-key")


def test_the_command_prints_no_secret(connected, capfd):
    said = run("--new-key") + "".join(capfd.readouterr())
    assert APP_KEY not in said
    assert APP_SECRET not in said


@pytest.mark.security(32, "11.2.2")
def test_seeds_of_authenticator_apps_are_resealed_too_and_still_open(owner, ring):
    app = App(owner.user)
    add_key(ring)
    reseal()
    row = Authenticator.objects.get()
    assert sealing.version_of(base64.b64decode(row.data["seal"])) == 2
    assert keeping.took_code(owner.user, app.code())
    assert reseal().factors == 0


def test_secrets_of_channels_change_keys_too(viewer, ring):
    from kiwoomweb.notices.models import Channel, Way
    from kiwoomweb.notices.seals import address_of, channel_place

    channel = Channel(user=viewer.user, way=Way.TELEGRAM)
    channel.address = sealing.seal("bot-token", channel_place(channel, "address"))
    channel.save()
    assert "1개도" in run("--new-key")
    channel.refresh_from_db()
    assert sealing.version_of(bytes(channel.address)) == 2 and address_of(channel) == "bot-token"
    assert "개도" not in run()
