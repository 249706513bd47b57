"""Who sees which account: the answer is in the query."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from kiwoomweb.access.models import Membership
from kiwoomweb.access.roles import Role
from kiwoomweb.access.selectors import account_or_404, accounts_for, role_in, teams_for


def test_a_stranger_and_a_visitor_see_nothing(stranger, account):
    assert list(accounts_for(AnonymousUser())) == []
    assert account not in accounts_for(stranger.user)
    for person in (stranger.user, AnonymousUser()):
        with pytest.raises(Http404):
            account_or_404(person, account.code)
    assert role_in(stranger.user, account) is None


def test_every_member_sees_the_teams_accounts_and_their_own_role(owner, viewer, account, live_account):
    assert list(accounts_for(viewer.user)) == [account, live_account]
    assert account_or_404(viewer.user, account.code).my_role == Role.VIEWER
    assert account_or_404(owner.user, account.code).my_role == Role.OWNER
    assert role_in(viewer.user, account) is Role.VIEWER


@pytest.mark.parametrize(
    ("who", "may"),
    [("viewer", Role.VIEWER), ("trader", Role.TRADER), ("manager", Role.MANAGER), ("owner", Role.OWNER)],
)
def test_each_role_reaches_as_far_as_it_says(who, may, request, account):
    user = request.getfixturevalue(who).user
    for asked in Role:
        if asked <= may:
            assert account_or_404(user, account.code, asked) == account
        else:
            with pytest.raises(Http404):
                account_or_404(user, account.code, asked)


def test_a_person_of_two_teams_sees_both_with_the_role_of_each(
    owner, account, strangers_team, strangers_account
):
    Membership.objects.create(team=strangers_team, user=owner.user, role=Role.VIEWER)
    seen = {found.code: found.my_role for found in accounts_for(owner.user)}
    assert seen == {account.code: Role.OWNER, strangers_account.code: Role.VIEWER}
    assert [membership.team for membership in teams_for(owner.user, Role.MANAGER)] == [account.team]


def test_codes_say_nothing_and_are_safe_in_an_address(account, live_account):
    for code in (account.code, live_account.code):
        assert len(code) == 10
        assert set(code) <= set("23456789abcdefghjkmnpqrstuvwxyz")
    assert account.code != live_account.code
    assert account.number[:6] not in account.code


def test_an_account_shows_the_last_four_of_its_number(live_account):
    assert str(live_account) == "위탁 ****-4471"
    live_account.number = ""
    assert str(live_account) == "위탁"


def test_asking_for_accounts_takes_one_query(owner, account, live_account, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [str(found.team) for found in accounts_for(owner.user)] == ["민지네", "민지네"]
