"""Who may do what with which account: roles, rights, grants; strangers first."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from kiwoomweb.access.models import Grant, Membership
from kiwoomweb.access.models.grant import NO_ACCESS
from kiwoomweb.access.rights import Right, rights_of
from kiwoomweb.access.roles import Role
from kiwoomweb.access.selectors import account_or_404, accounts_for, own_accounts, pairs_that_see, role_in
from tests.people import Person, make_account, make_person


def grant(person: Person, account, **said) -> Grant:
    membership = Membership.objects.get(user=person.user, team=account.team)
    return Grant.objects.update_or_create(membership=membership, account=account, defaults=said)[0]


def seen(person: Person) -> dict[str, tuple[int, bool]]:
    return {one.code: (one.my_role, one.my_masked) for one in accounts_for(person.user)}


def test_a_strangers_grant_of_a_team_that_has_given_the_account_away_opens_nothing(
    trader, account, strangers_team
):
    grant(trader, account, role=Role.MANAGER)
    account.team = strangers_team
    account.save()
    assert seen(trader) == {}


@pytest.mark.parametrize("role", Role)
def test_every_role_sees_and_only_those_who_manage_have_every_right(role):
    assert Right.SEE in rights_of(role)
    assert (rights_of(role) == frozenset(Right)) is (role >= Role.MANAGER)
    assert rights_of(role, masked=True) == rights_of(role) - {Right.AMOUNTS}


def test_an_approver_decides_but_neither_trades_nor_writes_and_a_mentor_only_comments():
    approver, mentor = rights_of(Role.APPROVER), rights_of(Role.MENTOR)
    assert Right.APPROVE in approver and not approver & {Right.ORDER, Right.NOTE, Right.KEYS, Right.LIMITS}
    assert mentor == {Right.SEE, Right.AMOUNTS, Right.COMMENT}
    assert Right.APPROVE not in rights_of(Role.TRADER)
    assert rights_of(None) == rights_of(0) == frozenset()


def test_one_account_may_be_closed_to_a_member_while_another_is_opened_wider(trader, account, live_account):
    grant(trader, live_account, role=NO_ACCESS)
    assert seen(trader) == {account.code: (Role.TRADER, False)}
    with pytest.raises(Http404):
        account_or_404(trader.user, live_account.code)
    assert role_in(trader.user, live_account) is None
    grant(trader, live_account, role=Role.MENTOR, masked=True)
    assert seen(trader)[live_account.code] == (Role.MENTOR, True)
    with pytest.raises(Http404):
        account_or_404(trader.user, live_account.code, needs={Right.AMOUNTS})


def test_who_sees_only_what_is_granted_does_not_find_the_account_connected_tomorrow(viewer, account):
    Membership.objects.filter(user=viewer.user).update(only_granted=True)
    assert seen(viewer) == {}
    grant(viewer, account)
    tomorrows = make_account(account.team, "내일", "8100000999")
    assert seen(viewer) == {account.code: (Role.VIEWER, False)}
    assert pairs_that_see([viewer.user.pk], [account.pk, tomorrows.pk]) == {(viewer.user.pk, account.pk): False}


def test_what_was_lent_for_a_time_ends_by_itself(viewer, account):
    now = timezone.now()
    grant(viewer, account, role=Role.TRADER, until=now + timedelta(hours=1))
    assert role_in(viewer.user, account) is Role.TRADER
    grant(viewer, account, role=Role.TRADER, until=now)
    assert role_in(viewer.user, account) is Role.VIEWER
    Membership.objects.filter(user=viewer.user).update(until=now)
    assert role_in(viewer.user, account) is None
    assert viewer.get(f"/a/{account.code}/").status_code == 404


def test_no_grant_binds_an_owner_and_the_database_refuses_a_masked_one(owner, account):
    grant(owner, account, role=NO_ACCESS, masked=True)
    assert seen(owner) == {account.code: (Role.OWNER, False)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(user=owner.user).update(masked=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        grant(owner, account, role=Role.OWNER)


def test_a_mentor_and_an_approver_neither_write_nor_take_keys(team, account):
    for role in (Role.MENTOR, Role.APPROVER):
        person = make_person(role.name, team, role)
        assert person.get(f"/a/{account.code}/").status_code == 200
        assert person.post(f"/a/{account.code}/notes/2026-11-20.review/save/").status_code == 404
        assert person.get(f"/a/{account.code}/keys/").status_code == 404
    assert person.get(f"/a/{account.code}/files/trades.csv").status_code == 200


def test_a_viewer_takes_nothing_away(viewer, trader, account):
    assert viewer.get(f"/a/{account.code}/files/trades.csv").status_code == 404
    assert trader.get(f"/a/{account.code}/files/trades.csv").status_code == 200


def test_a_page_asks_once_who_may(viewer, account, django_assert_num_queries):
    grant(viewer, account, role=Role.TRADER)
    with django_assert_num_queries(1):
        assert [one.team.name for one in own_accounts(viewer.user)] == [account.team.name]
