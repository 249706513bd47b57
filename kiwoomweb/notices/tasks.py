"""Tasks of notices."""

from celery import shared_task

from kiwoomweb.notices.services.bundling import bundle_due
from kiwoomweb.notices.services.delivering import deliver_due
from kiwoomweb.notices.services.tidying import tidy as tidy_up
from kiwoomweb.notices.services.watching import look


@shared_task
def post() -> None:
    """Every few seconds, and when something was posted: write what is due, send what is written."""
    bundle_due()
    deliver_due()


@shared_task
def watch() -> None:
    """Once a minute: accounts that have not been readable for a while."""
    look()


@shared_task
def tidy() -> None:
    """Once an hour: what was sent long ago."""
    tidy_up()
