"""The marks of the market's tables: what the team holds and has traded, and nothing of anybody else."""

from orders.models import Fill
from portfolio.models import Holding
from tests.people import make_account


def test_a_stranger_learns_nothing(stranger, full_account):
    assert stranger.get(f"/a/{full_account.code}/own/").status_code == 404


def test_the_team_sees_what_it_holds(viewer, full_account):
    told = viewer.get(f"/a/{full_account.code}/own/").json()

    assert told["held"] == sorted(set(Holding.objects.values_list("symbol", flat=True)))


def test_what_was_sold_again_is_marked_as_traded(viewer, full_account):
    Holding.objects.all().delete()
    told = viewer.get(f"/a/{full_account.code}/own/").json()

    assert told["held"] == []
    assert told["traded"] == sorted(set(Fill.objects.values_list("symbol", flat=True)))


def test_all_accounts_of_the_team_count_but_not_those_of_another_environment(
    viewer, team, full_account, live_account
):
    beside = make_account(team, "둘째", "8100000999")
    here, there = (viewer.get(f"/a/{account.code}/own/").json() for account in (beside, live_account))

    assert here["held"]
    assert there == {"held": [], "traded": []}
