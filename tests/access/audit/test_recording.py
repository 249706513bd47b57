"""What happens is written down once, in order, with the deed, and nobody can take it back."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory

from kiwoomweb.access import audit_guard
from kiwoomweb.access.audit_key import AuditKeyMissing
from kiwoomweb.access.audit_rehearsal import rehearse
from kiwoomweb.access.models import Account, AuditChain, AuditEntry, Team
from kiwoomweb.access.selectors.auditing import verify, verify_all
from kiwoomweb.access.services.anchoring import anchor
from kiwoomweb.access.services.auditing import record
from tests.people import Person


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.VAR, settings.AUDIT_KEYS_FILE = tmp_path, tmp_path / "keys" / "audit.keys"


def chain_of(account: Account) -> AuditChain:
    return AuditChain.objects.get(key=f"account:{account.pk}")


def three(account: Account, owner: Person) -> None:
    for number in (1, 2, 3):
        record("note.saved", by=owner.user, account=account, about=f"note {number}")


def tampered(sql: str, *values: Any) -> None:
    """What somebody with the database but without our key could do: first take the guard down."""
    audit_guard.take_down(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    audit_guard.put_up(connection)


def test_each_account_each_team_and_the_installation_has_its_chain(
    owner: Person, team: Team, account: Account
) -> None:
    record("note.saved", by=owner.user, account=account)
    record("member.invited", by=owner.user, team=team)
    record("session.opened", by=owner.user)
    record("note.saved", by=owner.user, account=account)
    told = AuditEntry.objects.order_by("pk").values_list("chain__key", "number", "team_id")
    mine = f"account:{account.pk}"
    assert list(told) == [
        (mine, 1, team.pk), (f"team:{team.pk}", 1, team.pk), ("installation", 1, None), (mine, 2, team.pk),
    ]  # fmt: skip
    assert all(verdict.ok for verdict in verify_all())


def test_an_entry_says_who_from_where_and_with_what(owner: Person, account: Account) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="Browser 1")
    entry = record("limits.raised", by=owner.user, account=account, detail={"after": 7}, request=request)
    entry.refresh_from_db()
    assert (entry.who, entry.ip, entry.agent) == ("minji@example.com", "203.0.113.9", "Browser 1")
    assert json.loads(entry.detail) == {"after": 7}
    assert entry.at.utcoffset() is not None


def test_what_is_undone_has_left_no_entry(owner: Person, account: Account) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        three(account, owner)
        raise RuntimeError
    assert not AuditEntry.objects.exists()


@pytest.mark.security("S-36", asvs=["16.4.1", "16.2.1"])
def test_a_line_break_a_terminal_code_or_a_turned_direction_stays_text(owner: Person, account: Account) -> None:
    nasty = 'a\r\nFAKE {"action": "x"}\x1b[2J\u202e\u2028end'
    entry = record("note.saved", by=owner.user, account=account, about=nasty, detail={"words": nasty})
    shown = entry.about + json.loads(entry.detail)["words"]
    assert shown.isprintable()
    assert "\\u000d\\u000aFAKE" in shown
    assert verify(chain_of(account)).ok


@pytest.mark.parametrize("action", ["sent", "Order.sent", "order.sent; DROP", "order.\n"])
def test_a_name_that_is_no_action_is_refused(action: str, owner: Person) -> None:
    with pytest.raises(ValueError, match="no action"):
        record(action, by=owner.user)


@pytest.mark.parametrize("name", ["app_key", "appkey", "secret", "access_token", "new_password", "totp_seed"])
def test_a_detail_named_like_a_secret_is_refused(name: str, owner: Person) -> None:
    with pytest.raises(ValueError, match="never holds a secret"):
        record("keys.replaced", by=owner.user, detail={name: "x"})


@pytest.mark.security("S-36", asvs=["16.4.2"])
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE access_auditentry SET about = 'nothing'",
        "DELETE FROM access_auditentry",
        "DELETE FROM access_auditchain",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(sql: str, owner: Person, account: Account) -> None:
    three(account, owner)
    with pytest.raises(DatabaseError, match="permanent"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert verify(chain_of(account)).length == 3


@pytest.mark.security("S-36", asvs=["16.4.2"])
@pytest.mark.parametrize(
    ("sql", "number", "why"),
    [
        ("UPDATE access_auditentry SET about = 'nothing' WHERE number = 2", 2, "changed"),
        ("DELETE FROM access_auditentry WHERE number = 2", 2, "missing"),
        ("DELETE FROM access_auditentry WHERE number = 3", 3, "end"),
        ("UPDATE access_auditchain SET length = 2", 3, "end"),
    ],
)
def test_whoever_gets_round_the_guard_is_found(
    sql: str, number: int, why: str, owner: Person, account: Account
) -> None:
    three(account, owner)
    tampered(sql)
    verdict = verify(chain_of(account))
    assert (verdict.broken_at, verdict.why) == (number, why)
    with pytest.raises(CommandError):
        call_command("audit", "verify", verbosity=0)


def test_an_end_cut_off_behind_its_anchor_is_found_even_with_the_chain_set_right(
    owner: Person, account: Account
) -> None:
    three(account, owner)
    assert (anchor(), anchor()) == (1, 0)
    second = AuditEntry.objects.get(number=2).seal
    tampered("DELETE FROM access_auditentry WHERE number = 3")
    AuditChain.objects.update(length=2, head=second)
    assert verify(chain_of(account)).why == "anchor"


def test_a_chain_that_is_gone_as_a_whole_is_missed(owner: Person, account: Account) -> None:
    three(account, owner)
    anchor()
    tampered("DELETE FROM access_auditentry")
    tampered("DELETE FROM access_auditchain")
    assert [verdict.why for verdict in verify_all()] == ["anchor"]


def test_a_lost_key_is_not_silently_replaced(owner: Person, account: Account, settings: Any) -> None:
    three(account, owner)
    settings.AUDIT_KEYS_FILE.unlink()
    with pytest.raises(AuditKeyMissing):
        three(account, owner)
    assert not settings.AUDIT_KEYS_FILE.exists()


def test_a_guard_that_is_down_is_reported(owner: Person, account: Account) -> None:
    three(account, owner)
    audit_guard.take_down(connection)
    assert [verdict.why for verdict in verify_all()] == ["", "guard"]
    audit_guard.put_up(connection)
    assert all(verdict.ok for verdict in verify_all())


@pytest.mark.security("S-36", asvs=["16.4.2"])
def test_two_thousand_forgeries_are_all_found() -> None:
    """``manage.py audit rehearse`` tries 100,000."""
    assert rehearse(2_000) == []


def test_the_trail_can_be_written_out(owner: Person, account: Account, tmp_path: Any) -> None:
    three(account, owner)
    call_command("audit", "export", to=tmp_path / "trail.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "trail.jsonl").read_text().splitlines()]
    assert [row["about"] for row in rows] == ["note 1", "note 2", "note 3"]
    assert AuditEntry.objects.last().action == "audit.exported"
    with pytest.raises(CommandError, match=r"trail\.jsonl"):
        call_command("audit", "export", to=tmp_path / "trail.jsonl")
