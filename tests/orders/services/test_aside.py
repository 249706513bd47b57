"""Entries the audit trail cannot take: some are kept in a file beside, others stop what they tell of."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.db import IntegrityError, connection, transaction

from kiwoomweb.access import audit_guard
from kiwoomweb.access.audit_key import AuditKeyMissing
from kiwoomweb.access.models import Account, AuditChain, AuditEntry
from kiwoomweb.access.services.auditing import record
from orders.models import Halt
from orders.services import aside, telling
from orders.services.halting import halt
from orders.services.telling import tell_account
from tests.people import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(settings: Any, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    return tmp_path / "audit.aside"


@pytest.fixture
def chain_that_takes_nothing(account: Account) -> AuditChain:
    """Somebody has written the next number of the account's chain already."""
    first = record("note.saved", by=None, account=account)
    audit_guard.take_down(connection)
    chain = AuditChain.objects.get(pk=first.chain_id)
    AuditChain.objects.filter(pk=chain.pk).update(length=chain.length - 1)
    audit_guard.put_up(connection)
    return chain


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_chain_that_takes_nothing_does_not_stop_stopping(
    account: Account, owner: Person, file: Path, chain_that_takes_nothing: AuditChain
) -> None:
    made = halt(account, owner.user, "사슬이 깨져도")
    (said,) = lines(file)
    assert Halt.objects.get() == made
    assert (said["action"], said["chain"], said["who"], said["epoch"]) == (
        "halt.set",
        chain_that_takes_nothing.key,
        owner.user.email,
        made.pk,
    )


def test_what_lets_go_again_is_not_done_without_its_entry(
    account: Account, owner: Person, file: Path, chain_that_takes_nothing: AuditChain
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        tell_account("halt.released", account, by=owner.user)
    assert not file.exists()


def test_without_the_key_knowing_goes_on_and_letting_go_does_not(
    account: Account, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record("note.saved", by=None, account=account)

    def lost() -> None:
        raise AuditKeyMissing(project.AUDIT_KEYS_FILE)

    for place in ("orders.services.telling", "kiwoomweb.access.services.auditing"):
        monkeypatch.setattr(f"{place}.audit_ring", lost)
    tell_account("halt.cleared", account, detail={"epoch": 7})
    assert [(one["action"], one["epoch"]) for one in lines(file)] == [("halt.cleared", 7)]
    with pytest.raises(AuditKeyMissing):
        tell_account("halt.released", account)
    assert len(lines(file)) == 1


def test_before_the_first_entry_a_key_is_made_and_nothing_is_set_aside(account: Account, file: Path) -> None:
    assert telling._is_sealable()
    tell_account("halt.cleared", account)
    assert AuditEntry.objects.get().action == "halt.cleared" and not file.exists()


def test_a_disk_that_takes_nothing_leaves_it_in_the_log_and_lets_the_stop_stand(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(_line: str) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(aside, "_append", refused)
    aside.set_aside("halt.set", "installation", "모두", {})
    assert "halt.set 모두" in caplog.text and "set aside either" in caplog.text and not file.exists()


def test_what_was_set_aside_is_named_by_its_digest_or_stays_where_it_is(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert aside.bring_in() == 0
    for number in range(2):
        aside.set_aside("order.noted", "installation", f"주문 {number}", {"filled": number})
    content = file.read_bytes()

    def still_broken(*_: Any, **__: Any) -> None:
        raise IntegrityError

    with monkeypatch.context() as patch, pytest.raises(IntegrityError):
        patch.setattr(aside.auditing, "record", still_broken)
        aside.bring_in()
    assert file.read_bytes() == content
    assert (aside.bring_in(), file.exists()) == (2, False)
    named = json.loads(AuditEntry.objects.get(action="audit.brought_in").detail)
    assert named == {"entries": 2, "sha256": hashlib.sha256(content).hexdigest()}
    (kept,) = file.parent.glob("audit.aside.*")
    assert kept.read_bytes() == content and kept.stat().st_mode & 0o777 == 0o600
