"""What the doorkeeper writes down of its own accord, and who may read it."""

import pytest
from django.urls import reverse

from kiwoomweb.access.models import Account, AuditEntry, Team
from kiwoomweb.access.services.auditing import record
from tests.people import PASSWORD, Person

pytestmark = pytest.mark.django_db


def actions(account: Account | None = None) -> list[str]:
    found = AuditEntry.objects.order_by("pk")
    return list((found.filter(account=account) if account else found).values_list("action", flat=True))


@pytest.mark.security("S-37", asvs=["16.3.1", "16.3.2", "16.3.3", "16.2.2"])
def test_looking_is_written_down_once_an_hour_for_each_person(
    viewer: Person, trader: Person, account: Account
) -> None:
    for person in (viewer, viewer, trader):
        person.get(f"/a/{account.code}/sync/")
    told = AuditEntry.objects.filter(action="account.opened").order_by("pk")
    assert [entry.who for entry in told] == ["vera@example.com", "jun@example.com"]
    assert all(entry.ip and entry.session and entry.team_id == account.team_id for entry in told)


@pytest.mark.security("S-37", asvs=["16.3.1", "16.3.2"])
def test_a_stranger_at_the_door_and_a_member_beyond_their_rights_are_written_down(
    stranger: Person, viewer: Person, account: Account
) -> None:
    stranger.get(f"/a/{account.code}/")
    stranger.get(f"/a/{account.code}/journal/")
    viewer.get(f"/a/{account.code}/keys/")
    told = AuditEntry.objects.filter(action="account.denied").order_by("pk").values_list("who", flat=True)
    assert list(told) == ["sora@example.com", "vera@example.com"]


@pytest.mark.security("S-37", asvs=["16.3.1", "16.3.3"])
def test_changing_and_taking_away_are_written_down_each_time(owner: Person, account: Account) -> None:
    owner.post(f"/a/{account.code}/labels/start/")
    owner.post(f"/a/{account.code}/labels/start/")
    owner.get(f"/a/{account.code}/files/trades.csv")
    assert actions(account) == ["account.changed", "account.changed", "account.exported"]


def test_what_was_refused_by_sending_back_is_not_written_down_as_changed(owner: Person, team: Team) -> None:
    """The last owner may not leave: the page says so after a redirect, as it does after a yes."""
    owner.post(f"/t/{team.code}/leave/")
    assert AuditEntry.objects.get(team=team, action__startswith="team.").action == "team.refused"
    owner.post(f"/t/{team.code}/name/", {"name": "새 이름"})
    assert list(AuditEntry.objects.filter(team=team).order_by("pk").values_list("action", flat=True))[-2:] == [
        "team.renamed",
        "team.changed",
    ]


@pytest.mark.security("S-37", asvs=["16.3.1"])
def test_a_wrong_password_is_written_down_without_the_password(owner: Person, visitor: Person) -> None:
    tried = {"login": owner.user.email, "password": f"{PASSWORD}-wrong"}
    visitor.post("/accounts/login/", tried)
    entry = AuditEntry.objects.get(action="session.refused")
    assert (entry.about, PASSWORD in f"{entry.detail}{entry.about}") == (owner.user.email, False)


def test_a_manager_finds_what_somebody_did_and_takes_it_away_which_is_written_down_too(
    manager: Person, trader: Person, team: Team, account: Account
) -> None:
    trader.get(f"/a/{account.code}/sync/")
    record("note.saved", by=trader.user, account=account, about="=1+1 <b>bold</b>")
    record("note.saved", by=manager.user, account=account, about="another")
    where = reverse("access:audit", args=[team.code])
    page = manager.get(where, {"who": "jun@example.com", "action": "note.saved", "since": "2026-01-01"})
    words = page.content.decode()
    assert "&lt;b&gt;bold" in words and "another" not in words
    assert "없습니다" in manager.get(where, {"words": "nothing like that"}).content.decode()
    file = manager.get(reverse("access:audit-file", args=[team.code, "csv"]), {"action": "note.saved"})
    lines = file.getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == 3 and "'=1+1 <b>bold</b>" in lines[2]
    assert AuditEntry.objects.order_by("-pk").first().action == "team.exported"


def test_nobody_else_reads_it(viewer: Person, trader: Person, stranger: Person, team: Team) -> None:
    for person in (viewer, trader, stranger):
        assert person.get(reverse("access:audit", args=[team.code])).status_code == 404
        assert person.get(reverse("access:audit-file", args=[team.code, "xlsx"])).status_code == 404
