"""What is wrong with the machine halts more than one order: clock, disk and audit trail (3.9, C25, O-33)."""

from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from kiwoomweb.access import audit_guard
from kiwoomweb.access.audit_key import AuditKeyMissing
from kiwoomweb.access.models import Account, AuditChain, AuditEntry, Credential
from kiwoomweb.access.services.proving_audit import prove, prove_ends
from kiwoomweb.notices.models import Notice
from orders.errors import NotStored
from orders.models import Halt, Intent
from orders.selectors.stops import State as Standing
from orders.selectors.stops import state_of, stops_of
from orders.services import aside, machine
from orders.services.halting import halt, release
from orders.states import State
from orders.tickets import Kind

pytestmark = pytest.mark.database

Usage = namedtuple("Usage", "total used free")


def halts() -> list[tuple[int | None, str]]:
    return list(Halt.objects.order_by("pk").values_list("account", "cause"))


def disk(monkeypatch, megabytes: int) -> None:
    usage = Usage(10**12, 0, megabytes * 1_000_000)
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _place: usage)


# --- the clock ----------------------------------------------------------------------------------------------


@pytest.fixture
def real(live_account: Account) -> Account:
    sealed = {"app_key_seal": b"-", "app_secret_seal": b"-", "key_version": 1, "app_key_tail": "0000"}
    Credential.objects.create(account=live_account, made_at=timezone.now(), **sealed)
    return live_account


@pytest.mark.parametrize("seconds", [None, 2, 2.1, -3])
def test_f46_f47_a_clock_that_is_not_the_brokers_halts_real_accounts_and_their_people_are_told(
    account, real, owner, monkeypatch, seconds
) -> None:
    stops, skew = seconds in {2.1, -3}, None if seconds is None else timedelta(seconds=seconds)
    monkeypatch.setattr(machine, "skew_of", lambda _environment: skew)
    for _ in range(2):
        machine.of_clock([account, real])
    assert halts() == ([(real.pk, "skew")] if stops else [])
    assert Notice.objects.filter(user=owner.user).count() == stops
    assert state_of(stops_of(account)) is Standing.ACTIVE  # the practice market lives in a time of its own


# --- the disk -----------------------------------------------------------------------------------------------


def test_a_disk_that_fills_up_is_told_of_once_and_halts_everything_before_it_is_full(
    real, owner, stranger, strangers_account, monkeypatch
) -> None:
    disk(monkeypatch, 499)
    for _ in range(2):
        machine.of_disk()
        machine.warn_of_disk()
    assert (halts(), Notice.objects.get(user=owner.user).title) == ([], "저장 공간이 부족합니다")
    disk(monkeypatch, 199)
    for _ in range(2):
        machine.of_disk()
    assert halts() == [(None, "disk")]
    assert Halt.objects.get().cancels
    told = Notice.objects.filter(user=owner.user).latest("pk")
    assert (told.title, "200MB" in told.text) == ("거래 정지", True)
    assert state_of(stops_of(strangers_account)) is Standing.HALTED


# --- the audit trail ----------------------------------------------------------------------------------------


def forge(number: int, **columns) -> None:
    """As somebody would who has the database but not the key."""
    audit_guard.take_down(connection)
    AuditEntry.objects.filter(chain__key__startswith="account:", number=number).update(**columns)
    audit_guard.put_up(connection)


def test_a_broken_chain_halts_its_account_takes_back_what_is_open_and_is_not_held_against_it_twice(
    floor,
) -> None:
    audit_guard.put_up(connection)
    waits = floor.placed()
    assert prove_ends() == prove() == []
    forge(1, about="somebody else")
    assert prove_ends() == []  # the end is as it was
    for _ in range(2):
        assert [one.why for one in prove()] == ["changed"]
    assert halts() == [(floor.account.pk, "audit")]
    assert Notice.objects.filter(user=floor.user, title="거래 정지").count() == 1
    later = floor.decide(floor.ticket(quantity=2))
    floor.go(2)
    waits.refresh_from_db()
    later.refresh_from_db()
    assert (waits.at, later.at) == (State.CANCELLED, State.EXPIRED_LOCAL)
    Halt.objects.update(released_at=timezone.now())  # two people have looked at it and let it go
    prove()
    assert len(halts()) == 1
    last = AuditChain.objects.get(key=f"account:{floor.account.pk}").length
    forge(last, about="somebody else")
    assert [one.broken_at for one in prove_ends()] == [last]
    assert len(halts()) == 2


def test_a_guard_that_is_down_halts_everything(account) -> None:
    audit_guard.put_up(connection)
    assert prove_ends() == []
    audit_guard.take_down(connection)
    prove_ends()
    audit_guard.put_up(connection)
    assert halts() == [(None, "audit")]


def test_without_the_key_nothing_new_goes_out_and_stopping_and_cancelling_do(floor, settings, tmp_path) -> None:
    """Their entries are set aside, and named in the trail once it has its key back."""
    settings.VAR = tmp_path
    audit_guard.put_up(connection)
    waits = floor.placed()
    key, kept = Path(settings.AUDIT_KEYS_FILE), Path(settings.AUDIT_KEYS_FILE).read_bytes()
    key.unlink()
    try:
        with pytest.raises(NotStored):
            floor.decide(floor.ticket(quantity=2))
        assert [one.why for one in prove_ends()] == ["key"]
        assert halts() == [(None, "audit")]
        halt(floor.account, floor.user, "열쇠가 없어도")
        floor.go(2)
        waits.refresh_from_db()
        assert waits.at is State.CANCELLED
        assert Intent.objects.get(kind=Kind.CANCEL).at is State.CONFIRMED
        Halt.objects.update(at=timezone.now() - timedelta(hours=1))
        with pytest.raises(AuditKeyMissing):
            release(floor.account, floor.user)
    finally:
        key.write_bytes(kept)
        key.chmod(0o600)
    assert prove_ends() == []
    lines = (tmp_path / "audit.aside").read_text().splitlines()
    assert any('"halt.set"' in line for line in lines) and any('"order.confirmed"' in line for line in lines)
    assert aside.bring_in() == len(lines)
    assert AuditEntry.objects.get(action="audit.brought_in").chain.key == "installation"
    assert aside.bring_in() == 0
