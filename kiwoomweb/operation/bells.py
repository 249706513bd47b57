"""The beat process: ``python -m kiwoomweb.operation.bells``. Rings by ``schedule.py`` and knows nothing else.

It reads the settings as a plain module and loads no app, which spares memory and two seconds.
"""

import os

__all__ = ["main"]


def main() -> None:
    """Ring until told to stop."""
    from celery import Celery

    from kiwoomweb import settings
    from kiwoomweb.operation.giving_up import keep_from_desk

    keep_from_desk(settings.DESK_KEYS_FILE, settings.VAR)

    app = Celery("bells", broker=settings.CELERY_BROKER_URL, set_as_current=True)
    app.conf.update(
        timezone=settings.CELERY_TIMEZONE,
        task_serializer="json",
        task_ignore_result=True,
        beat_schedule=settings.CELERY_BEAT_SCHEDULE,
        beat_schedule_filename=settings.CELERY_BEAT_SCHEDULE_FILENAME,
        beat_max_loop_interval=settings.CELERY_BEAT_MAX_LOOP_INTERVAL,
    )
    app.Beat(loglevel="WARNING", quiet=True).run()


if __name__ == "__main__":
    # With this set Celery would load Django and all its apps.
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    main()
