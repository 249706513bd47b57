"""Two processes never hold one account's socket at a time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from market.models import StreamLease
from market.services.leasing import TERM, claim, release, renew

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def test_the_second_process_waits(account: Account) -> None:
    assert claim(account.pk, "one", NOW) == 1
    assert claim(account.pk, "two", NOW) is None


def test_a_process_that_died_is_followed_after_its_term(account: Account) -> None:
    claim(account.pk, "one", NOW)
    assert claim(account.pk, "two", NOW + TERM - timedelta(seconds=1)) is None
    assert claim(account.pk, "two", NOW + TERM) == 2


def test_who_renews_keeps_the_socket(account: Account) -> None:
    fence = claim(account.pk, "one", NOW)
    assert fence and renew(account.pk, "one", fence, NOW + TERM / 2)
    assert claim(account.pk, "two", NOW + TERM) is None


def test_who_slept_through_its_term_learns_that_it_lost(account: Account) -> None:
    claim(account.pk, "one", NOW)
    claim(account.pk, "two", NOW + TERM)
    assert not renew(account.pk, "one", 1, NOW + TERM)
    assert StreamLease.objects.get(account=account).holder == "two"


def test_a_clean_end_hands_over_at_once(account: Account) -> None:
    fence = claim(account.pk, "one", NOW)
    assert fence == 1
    release(account.pk, "one", fence)
    assert claim(account.pk, "two", NOW) == 2


def test_a_late_release_does_not_take_the_socket_from_the_next(account: Account) -> None:
    claim(account.pk, "one", NOW)
    claim(account.pk, "two", NOW + TERM)
    release(account.pk, "one", 1)
    assert claim(account.pk, "three", NOW + TERM) is None


def test_the_fence_grows_with_every_holder(account: Account) -> None:
    fences = [claim(account.pk, f"p{n}", NOW + n * TERM) for n in range(4)]
    assert fences == [1, 2, 3, 4]
