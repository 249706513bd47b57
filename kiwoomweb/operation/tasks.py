"""Tasks of the operation itself."""

from celery import shared_task

from kiwoomweb.operation import heartbeats


@shared_task
def pulse() -> None:
    """Beat rang, the queue carried it, a worker heard it: say so."""
    heartbeats.beat("worker")
