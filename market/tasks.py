"""Tasks of the market."""

from celery import shared_task
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.later import later
from market.services import measuring
from market.services.feeding import forget_old_losses
from market.services.housekeeping import forget_old_events
from market.services.instruments import refresh_from_any_account
from market.services.recording.thinning import thin


@shared_task
def refresh_instruments() -> None:
    """Once a day: what can be traded."""
    refresh_from_any_account()


@shared_task
def tidy() -> None:
    """Once an hour: events every page has long heard, and what was recorded long ago."""
    forget_old_events()
    forget_old_losses(timezone.now())
    thin(timezone.now())


@shared_task
def price_hits(account_id: int) -> None:
    """What the shares cost that have just come into or left a condition."""
    measuring.price_hits(Account.objects.get(pk=account_id))


@shared_task
def measure() -> None:
    """Once a minute: send a worker to every account with hits that are not settled."""
    for account_id in measuring.unsettled_accounts():
        later("market.measure_hits", account_id=account_id)


@shared_task
def measure_hits(account_id: int) -> None:
    """Prices first: without one a return cannot be told."""
    account = Account.objects.get(pk=account_id)
    measuring.price_hits(account)
    measuring.measure_hits(account)
