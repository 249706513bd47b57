"""Tasks of notices."""

from celery import shared_task

from kiwoomweb.notices.services.bundling import bundle_due
from kiwoomweb.notices.services.delivering import deliver_due


@shared_task
def post() -> None:
    """Every few seconds, and when something was posted: write what is due, send what is written."""
    bundle_due()
    deliver_due()
