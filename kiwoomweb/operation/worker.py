"""The worker process: ``python -m kiwoomweb.operation.worker``. Threads, because tasks wait for the broker."""

import logging
import os

__all__ = ["main"]

#: Tasks at a time. The broker's pace is the limit, not the processor; each thread costs little.
THREADS = 4


def main() -> None:
    """Work until told to stop; a task that is running then is finished first."""
    import django

    from kiwoomweb.celery import app
    from kiwoomweb.operation.closed_memory import close_memory
    from kiwoomweb.operation.giving_up import give_up_account_keys

    close_memory()
    give_up_account_keys()
    django.setup()  # the log is set up first: a warning is an entry like any other
    logging.captureWarnings(True)
    worker = app.Worker(
        pool="threads",
        concurrency=THREADS,
        loglevel="INFO",
        quiet=True,  # no banner between the entries of the log
        without_gossip=True,  # there is one worker: nobody to talk to
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
    raise SystemExit(worker.exitcode)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiwoomweb.settings")
    main()
