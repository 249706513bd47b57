"""Seeing as a member: never more than either sees, nothing can be changed, and it is in the audit."""

import pytest

from kiwoomweb.access.models import AuditEntry, Grant, Membership
from kiwoomweb.access.models.grant import NO_ACCESS
from kiwoomweb.access.roles import Role
from tests.people import Person

pytestmark = pytest.mark.django_db


def look(person: Person, as_whom: Person, team) -> int:
    pk = Membership.objects.get(user=as_whom.user, team=team).pk
    return person.post(f"/t/{team.code}/members/{pk}/see/").status_code


def test_nobody_looks_as_who_is_above_or_elsewhere(owner, manager, trader, stranger, team):
    assert look(trader, owner, team) == look(stranger, trader, team) == 404
    assert look(manager, owner, team) == look(manager, manager, team) == 404
    assert not AuditEntry.objects.filter(action="member.seen_as").exists()


def test_an_owner_sees_the_pages_as_a_masked_viewer_does(owner, viewer, team, account, live_account):
    ship = Membership.objects.get(user=viewer.user, team=team)
    Membership.objects.filter(pk=ship.pk).update(masked=True)
    Grant.objects.create(membership=ship, account=live_account, role=NO_ACCESS)
    assert look(owner, viewer, team) == 302
    page = owner.get(f"/a/{account.code}/")
    assert page.status_code == 200 and "Vera" in page.content.decode()
    assert owner.get(f"/a/{account.code}/own/").json()["lots"] == {}
    assert owner.get(f"/a/{live_account.code}/").status_code == 404
    assert owner.get(f"/a/{account.code}/keys/").status_code == 404
    assert owner.get(f"/a/{account.code}/files/trades.csv").status_code == 404
    assert AuditEntry.objects.filter(action="member.seen_as", about=viewer.user.email).count() == 1


def test_who_looks_changes_nothing_until_they_stop(owner, trader, team, account):
    look(owner, trader, team)
    note = f"/a/{account.code}/notes/2026-11-20.review/save/"
    for path in (note, f"/t/{team.code}/name/", "/connect/demo/"):
        assert owner.post(path, {"text": "x", "name": "x", "version": "0"}).status_code == 403
    assert owner.post("/see/stop/").status_code == 302
    assert owner.post(note, {"text": "내 글", "version": "0"}).status_code < 400
    assert trader.post("/see/stop/").status_code == 302


def test_a_manager_never_sees_more_than_their_own(manager, trader, team, account, live_account):
    mira = Membership.objects.get(user=manager.user, team=team)
    Grant.objects.create(membership=mira, account=live_account, role=NO_ACCESS)
    Grant.objects.create(membership=mira, account=account, role=Role.VIEWER, masked=True)
    look(manager, trader, team)
    assert manager.get(f"/a/{live_account.code}/").status_code == 404
    assert manager.get(f"/a/{account.code}/files/trades.csv").status_code == 404
    assert manager.get(f"/a/{account.code}/tr/kt00018/").status_code == 404


def test_it_ends_when_the_other_or_the_right_is_gone(owner, manager, trader, team, account):
    look(manager, trader, team)
    Membership.objects.filter(user=manager.user).update(role=Role.TRADER)
    assert "Jun" not in manager.get(f"/a/{account.code}/").content.decode()
    look(owner, trader, team)
    Membership.objects.filter(user=trader.user).delete()
    assert owner.get(f"/a/{account.code}/keys/").status_code in {200, 302}
