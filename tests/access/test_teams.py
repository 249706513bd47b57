"""Teams: invitations, members, last owners, accounts that change hands. Strangers first."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django.test import Client
from django.utils import timezone

from kiwoomweb.access.handing_over import offer, take
from kiwoomweb.access.models import AuditEntry, Grant, Invitation, Membership, Team, User
from kiwoomweb.access.roles import Role
from kiwoomweb.access.services import inviting, members
from kiwoomweb.access.services.members import Given, NotAllowed
from tests.people import PASSWORD, Person, make_account, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _proved(monkeypatch):
    """Who is asked again who they are is another test's matter (test_stepping_up)."""
    monkeypatch.setattr("kiwoomweb.access.services.stepping_up.proved_within", lambda *_a, **_k: True)


def me(person: Person, team: Team) -> Membership:
    return Membership.objects.get(user=person.user, team=team)


@pytest.fixture
def cast(owner, manager, trader, viewer, stranger) -> dict[str, Person]:
    return {"owner": owner, "manager": manager, "trader": trader, "viewer": viewer, "stranger": stranger}


def invited(owner: Person, team: Team, email: str, role: Role = Role.TRADER, **said) -> str:
    return inviting.invite(me(owner, team), email, role, **said)[1]


def test_a_stranger_finds_no_team_and_no_link_but_their_own(stranger, visitor, owner, team, account):
    for address in ("", "invite/", "members/1/", "name/"):
        assert stranger.get(f"/t/{team.code}/{address}").status_code in {404, 405}
        assert stranger.post(f"/t/{team.code}/{address}").status_code in {404, 405}
    assert visitor.get("/join/nonsense/").status_code == 404
    token = invited(owner, team, "new@example.com")
    page = stranger.post(f"/join/{token}/")
    assert page.status_code == 403 and "다른 사람의 초대" in page.content.decode()
    assert not Membership.objects.filter(user=stranger.user, team=team).exists()


def test_a_link_lets_one_new_person_in_once(owner, team, account, visitor):
    token = invited(owner, team, "New@Example.com ", Role.VIEWER, masked=True)
    assert Invitation.objects.get().token_hash != token
    form = {"display_name": "새롬", "password": PASSWORD, "again": PASSWORD}
    page = visitor.post(f"/join/{token}/", form, follow=True)
    assert page.status_code == 200 and "새롬" in page.content.decode()
    joined = Membership.objects.get(user__email="new@example.com")
    assert (joined.role, joined.masked) == (Role.VIEWER, True)
    assert Client().get(f"/join/{token}/").status_code == 404
    assert AuditEntry.objects.filter(action="member.joined").exists()


@pytest.mark.parametrize("how", ["late", "withdrawn", "inviter gone", "asked again"])
def test_a_link_that_is_over_opens_nothing(owner, manager, team, how, visitor):
    invitation, token = inviting.invite(me(manager, team), "new@example.com", Role.VIEWER)
    if how == "late":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif how == "withdrawn":
        owner.post(f"/t/{team.code}/invitations/{invitation.pk}/withdraw/")
    elif how == "inviter gone":
        me(manager, team).delete()
    else:
        inviting.invite(me(owner, team), "new@example.com", Role.VIEWER)
    assert visitor.get(f"/join/{token}/").status_code == 404
    assert timedelta(minutes=60) >= inviting.LASTS


def test_who_has_an_account_signs_in_with_it_first(owner, team, visitor, stranger):
    token = invited(owner, team, stranger.user.email)
    answer = visitor.get(f"/join/{token}/")
    assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/?next=/join/")
    assert not stranger.post(f"/join/{token}/").status_code >= 400
    assert Membership.objects.get(user=stranger.user, team=team).role == Role.TRADER


def test_without_mail_the_link_is_shown_once_and_with_mail_it_is_sent(owner, team, settings):
    settings.CAN_MAIL = False
    asked = {"email": "new@example.com", "role": "20"}
    page = owner.post(f"/t/{team.code}/invite/", asked).content.decode()
    link = re.search(r"http://testserver(/join/[^\"]+/)", page)
    assert link and link[1] not in owner.get(f"/t/{team.code}/").content.decode()
    settings.CAN_MAIL = True
    page = owner.post(f"/t/{team.code}/invite/", asked, follow=True).content.decode()
    assert "/join/" not in page and "/join/" in mail.outbox[0].body and mail.outbox[0].to == ["new@example.com"]


def test_nobody_gives_more_than_they_have(cast, team, account, live_account):
    owner, manager, trader, viewer = (cast[who] for who in ("owner", "manager", "trader", "viewer"))
    mira = me(manager, team)
    for role in (Role.MANAGER, Role.OWNER):
        with pytest.raises(NotAllowed):
            inviting.invite(mira, "x@example.com", role)
        with pytest.raises(NotAllowed):
            members.change(mira, me(viewer, team), Given(role))
    with pytest.raises(NotAllowed):
        members.change(mira, mira, Given(Role.VIEWER))
    with pytest.raises(NotAllowed):
        members.remove(mira, me(owner, team))
    Grant.objects.create(membership=mira, account=live_account, role=Role.VIEWER, masked=True)
    for grant in ((Role.TRADER, True), (Role.VIEWER, False)):
        with pytest.raises(NotAllowed):
            members.change(mira, me(trader, team), Given(Role.TRADER, accounts={live_account.code: grant}))
    assert trader.get(f"/t/{team.code}/members/{me(viewer, team).pk}/").status_code == 404


def test_the_form_sets_one_role_on_one_account(owner, viewer, team, account, live_account):
    address = f"/t/{team.code}/members/{me(viewer, team).pk}/"
    assert f'name="role-{account.code}"' in owner.get(address).content.decode()
    said = {"role": "10", f"role-{account.code}": "20", f"role-{live_account.code}": "0", "masked": "on"}
    assert owner.post(address, said).status_code == 302
    assert viewer.get(f"/a/{live_account.code}/").status_code == 404
    assert Grant.objects.get(account=account).role == Role.TRADER
    assert owner.get(f"/t/{team.code}/").content.decode().count("볼 수 없음") == 1
    assert owner.post(address, {"role": "99"}).status_code == 422


def test_the_last_owner_stays(owner, viewer, team):
    page = owner.post(f"/t/{team.code}/leave/", follow=True).content.decode()
    assert "마지막 주인" in page
    with pytest.raises(NotAllowed):
        members.change(me(owner, team), me(owner, team), Given(Role.VIEWER))
    members.change(me(owner, team), me(viewer, team), Given(Role.OWNER))
    assert owner.post(f"/t/{team.code}/leave/").status_code == 302
    assert not Membership.objects.filter(user=owner.user, team=team).exists()


@pytest.mark.security("S-63", asvs=["15.4.1", "15.4.3"])
@pytest.mark.django_db(transaction=True)
def test_of_thirty_two_removals_at_once_one_owner_remains():
    team = Team.objects.create(name="팀")
    people = [make_person(f"P{n}", team, Role.OWNER) for n in range(32)]
    ships = [me(one, team) for one in people]

    def go(membership: Membership) -> bool:
        try:
            members.remove(membership, membership)
        except NotAllowed:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        went = list(pool.map(go, ships))
    assert went.count(False) == 1
    assert Membership.objects.filter(team=team, role=Role.OWNER).count() == 1


def test_an_account_goes_only_to_who_takes_it_and_the_others_lose_it(cast, team, strangers_team, account):
    owner, trader, stranger = (cast[who] for who in ("owner", "trader", "stranger"))
    with pytest.raises(NotAllowed):
        offer(account, owner.user, trader.user.email)
    offered = offer(account, owner.user, stranger.user.email)
    assert stranger.get(f"/a/{account.code}/").status_code == 404
    with pytest.raises(NotAllowed):
        take(offered, trader.user, team.code)
    answer = stranger.post(f"/teams/offers/{offered.pk}/", {"take": "yes", "team": strangers_team.code})
    assert answer.status_code == 302
    assert stranger.get(f"/a/{account.code}/").status_code == 200
    assert owner.get(f"/a/{account.code}/").status_code == trader.get(f"/a/{account.code}/").status_code == 404
    with pytest.raises(NotAllowed):
        take(offered, stranger.user, strangers_team.code)


def test_an_account_the_taker_already_has_stays_where_it_is(owner, stranger, team, strangers_team, account):
    make_account(strangers_team, "같은 번호", account.number)
    offered = offer(account, owner.user, stranger.user.email)
    with pytest.raises(NotAllowed):
        take(offered, stranger.user, strangers_team.code)
    account.refresh_from_db()
    assert account.team == team


def test_anybody_makes_a_team_of_their_own_and_sees_it_beside_the_others(viewer, team):
    answer = viewer.post("/teams/", {"name": "베라의 팀"}, follow=True)
    assert answer.status_code == 200
    page = viewer.get("/teams/").content.decode()
    assert "베라의 팀" in page and team.name in page
    assert User.objects.get(pk=viewer.user.pk).memberships.count() == 2
