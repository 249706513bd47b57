"""Tasks of access."""

from celery import shared_task

from kiwoomweb.access.services.anchoring import anchor


@shared_task
def anchor_audit() -> None:
    """Once an hour: write down how far the audit chains reach."""
    anchor()
