"""Later: ask for a task by name, once the running transaction has been committed.

Nobody imports a task. Callers name it (``later("portfolio.sync_account", account_id=7)``), so that views,
receivers and services stay independent of the modules that do the work.

A lost queue loses no fact: the database says what is due and the bell in ``schedule.py`` finds it again. That
is why a queue which cannot be reached is logged here and never fails the request that asked.
"""

import logging
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

__all__ = ["later"]

_log = logging.getLogger(__name__)


def later(name: str, /, **arguments: int | str) -> None:
    """Enqueue the task ``name`` when the transaction commits; at once outside a transaction.

    ``arguments`` are ids and dates as int or text only: a task fetches the rest itself, so no secret and no
    stale copy of a row ever lies in the queue.
    """
    transaction.on_commit(partial(_send, name, arguments))


def _send(name: str, arguments: dict[str, int | str]) -> None:
    # Named in the settings, imported on first use: most requests enqueue nothing and need no Celery in memory.
    send = import_string(settings.TASK_QUEUE)
    try:
        send(name, arguments)
    except Exception as trouble:  # whatever the queue library raises, the caller's work is already committed
        _log.warning("%s was not enqueued (%s); the next bell will find it", name, trouble)
