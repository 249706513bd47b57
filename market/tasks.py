"""Tasks of the market."""

from celery import shared_task

from market.services.housekeeping import forget_old_events
from market.services.instruments import refresh_from_any_account


@shared_task
def refresh_instruments() -> None:
    """Once a day: what can be traded."""
    refresh_from_any_account()


@shared_task
def tidy() -> None:
    """Once a day: events every page has long heard."""
    forget_old_events()
