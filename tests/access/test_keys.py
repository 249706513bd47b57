"""Keys of an account: write-only, bound to their account, and never a reason to lose the journal."""

import pytest

from kiwoomweb.access import powers
from kiwoomweb.access.desk_keys import DeskKeysMissing
from kiwoomweb.access.errors import KeysUnreadable, NotConnected
from kiwoomweb.access.key_ring import KeyFileMissing
from kiwoomweb.access.models import Account, Credential
from kiwoomweb.access.services import keys
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.operation import prepare
from tests.access.conftest import APP_KEY, APP_SECRET


def test_kept_keys_open_again_and_show_only_their_last_four(connected):
    assert keys.opened(connected) == Credentials(APP_KEY, APP_SECRET)
    assert connected.credential.app_key_tail == APP_KEY[-4:]
    assert connected.connected_at is not None


def test_the_database_row_holds_neither_half(connected):
    row = connected.credential
    stored = bytes(row.app_key_seal) + bytes(row.app_secret_seal)
    assert APP_KEY.encode() not in stored
    assert APP_SECRET.encode() not in stored


def test_a_row_copied_from_another_account_does_not_open(connected, live_account):
    """The swap attack: whoever can write the table cannot make one account speak with another's keys."""
    theirs = Credential.objects.get(account=connected)
    Credential.objects.create(
        account=live_account,
        app_key_seal=theirs.app_key_seal,
        app_secret_seal=theirs.app_secret_seal,
        key_version=theirs.key_version,
        made_at=theirs.made_at,
    )
    with pytest.raises(KeysUnreadable):
        keys.opened(live_account)


def test_a_practice_account_turned_into_a_real_one_by_hand_does_not_open(connected):
    Account.objects.filter(pk=connected.pk).update(environment="live")
    with pytest.raises(KeysUnreadable):
        keys.opened(Account.objects.get(pk=connected.pk))


def test_new_keys_replace_the_old(connected):
    keys.keep(connected, Credentials("another-key", "another-secret"))
    assert keys.opened(connected) == Credentials("another-key", "another-secret")
    assert Credential.objects.count() == 1


def test_forgotten_keys_are_gone_and_the_account_stays(connected):
    keys.forget(connected)
    with pytest.raises(NotConnected):
        keys.opened(connected)
    assert Account.objects.get().connected_at is None


def test_nobody_seals_to_a_lost_pair_once_a_start_has_noticed(connected, live_account, settings, monkeypatch):
    settings.DESK_KEYS_FILE.rename(aside := settings.DESK_KEYS_FILE.with_suffix(".aside"))
    prepare._hand_over_keys()
    with monkeypatch.context() as served, pytest.raises(DeskKeysMissing, match="DESK_KEYS_FILE"):
        served.setattr(powers, "_given_up", True)
        keys.keep(live_account, Credentials("new", "pair"))
    aside.rename(settings.DESK_KEYS_FILE)
    prepare._hand_over_keys()
    keys.keep(live_account, Credentials("new", "pair"))
    assert keys.opened(connected) == Credentials(APP_KEY, APP_SECRET)


def test_a_lost_ring_is_never_replaced_while_rows_need_it(connected, live_account, ring_file):
    ring_file.unlink()
    with pytest.raises(KeyFileMissing):
        keys.keep(live_account, Credentials("new", "pair"))
    assert not ring_file.exists()
