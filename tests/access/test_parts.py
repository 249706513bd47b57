"""Rights by parts: on one account a member lacks what the role gives them everywhere else."""

import pytest

from kiwoomweb.access.models import AuditEntry, Grant, Membership
from kiwoomweb.access.rights import PARTS, Right, rights_of
from kiwoomweb.access.roles import Role
from kiwoomweb.access.selectors import accounts_for, rights_in, who_sees
from kiwoomweb.access.services import members
from kiwoomweb.access.services.members import Given, NotAllowed


def me(person, team) -> Membership:
    return Membership.objects.get(team=team, user=person.user)


def test_a_part_is_taken_away_on_one_account_and_nowhere_else(owner, trader, team, account, live_account):
    address = f"/t/{team.code}/members/{me(trader, team).pk}/"
    assert f'name="without-{account.code}"' in owner.get(address).content.decode()
    told = {"role": "20", f"without-{account.code}": ["order", "export"]}
    assert owner.post(address, told).status_code == 302
    for path in ("files/trades.csv", "orders/new/?symbol=005930"):
        assert trader.get(f"/a/{account.code}/{path}").status_code == 404
        assert trader.get(f"/a/{live_account.code}/{path}").status_code == 200
    assert trader.get(f"/a/{account.code}/journal/").status_code == 200
    assert trader.user not in who_sees(account, Right.ORDER)
    assert trader.user in who_sees(live_account, Right.ORDER)
    assert Right.ORDER not in rights_in(trader.user, account)
    assert "빠짐: 파일 가져가기, 주문" in owner.get(f"/t/{team.code}/").content.decode()
    assert "-export-order" in AuditEntry.objects.filter(action="member.changed").latest("pk").detail
    owner.post(address, {"role": "20"})
    assert not Grant.objects.exists()
    assert Right.ORDER in rights_in(trader.user, account)


def test_seeing_itself_and_what_goes_with_the_team_are_no_parts(owner, trader, team, account):
    assert {Right.SEE, Right.AMOUNTS, Right.KEYS, Right.MEMBERS, Right.AUDIT}.isdisjoint(PARTS)
    everything = " ".join(map(str, Right))
    assert rights_of(Role.TRADER, without=everything) == {Right.SEE, Right.AMOUNTS}
    address = f"/t/{team.code}/members/{me(trader, team).pk}/"
    assert owner.post(address, {"role": "20", f"without-{account.code}": ["see"]}).status_code == 422
    Grant.objects.create(membership=me(owner, team), account=account, without="order")
    assert rights_in(owner.user, account) == frozenset(Right), "no grant binds an owner"


def test_nobody_gives_a_part_they_lack(manager, viewer, team, account):
    mira = me(manager, team)
    Grant.objects.create(membership=mira, account=account, without="export")
    given = {account.code: (Role.TRADER, False)}
    with pytest.raises(NotAllowed):
        members.change(mira, me(viewer, team), Given(Role.VIEWER, accounts=given))
    members.change(
        mira, me(viewer, team), Given(Role.VIEWER, accounts=given, without={account.code: {"export"}})
    )
    assert Right.EXPORT not in rights_in(viewer.user, account)


def test_one_account_is_covered_with_the_role_of_the_team(owner, viewer, team, account, live_account):
    given = {account.code: (None, True), live_account.code: (None, False)}
    members.change(me(owner, team), me(viewer, team), Given(Role.VIEWER, accounts=given))
    assert {one.pk: one.my_masked for one in accounts_for(viewer.user)} == {
        account.pk: True,
        live_account.pk: False,
    }
    Membership.objects.filter(user=viewer.user).update(masked=True)
    members.change(
        me(owner, team),
        me(viewer, team),
        Given(Role.VIEWER, masked=True, accounts=given, without={live_account.code: {"note"}}),
    )
    assert all(one.my_masked for one in accounts_for(viewer.user)), "a part less uncovers nothing"


def test_who_sees_only_what_is_granted_is_granted_nothing_by_a_part_less(owner, viewer, team, account):
    given = Given(
        Role.VIEWER, only_granted=True, accounts={account.code: (None, False)}, without={account.code: {"note"}}
    )
    members.change(me(owner, team), me(viewer, team), given)
    assert not accounts_for(viewer.user).exists()
