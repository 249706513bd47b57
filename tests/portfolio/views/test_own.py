"""The marks of the market's tables: what the team holds and has traded, and nothing of anybody else."""

from django.utils import timezone

from market.models import Screener, ScreenerHit
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
    assert here["lots"] == {}, "what this very account holds, and it holds nothing"
    assert there == {"held": [], "traded": [], "lots": {}}
    mine = viewer.get(f"/a/{full_account.code}/own/").json()
    assert set(mine["lots"]) == set(mine["held"])
    assert min(lot["quantity"] for lot in mine["lots"].values()) > 0


def test_the_feed_of_conditions_knows_what_is_ours(viewer, full_account):
    held = Holding.objects.values_list("symbol", flat=True)[0]
    screener = Screener.objects.create(account=full_account, seq="4", name="돌파", listed_at=timezone.now())
    for symbol in (held, "999999"):
        ScreenerHit.objects.create(
            screener=screener, condition="돌파", symbol=symbol, kind="in", at=timezone.now()
        )

    page = viewer.get(f"/a/{full_account.code}/market/conditions/?own=1").content.decode()

    assert f'data-symbol="{held}"' in page
    assert 'data-symbol="999999"' not in page
