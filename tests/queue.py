"""The queue of the tests: a list that shows what was enqueued, and ``run_later()`` that runs it when asked."""

from dataclasses import dataclass

from django.db import connection

from kiwoomweb.celery import app


@dataclass(frozen=True, slots=True)
class Asked:
    """One task somebody asked for: its name and what it was given."""

    name: str
    arguments: dict[str, int | str]


asked: list[Asked] = []


def remember(name: str, arguments: dict[str, int | str]) -> None:
    """Stand in for ``kiwoomweb.celery.send``."""
    asked.append(Asked(name, arguments))


def waiting() -> list[Asked]:
    """What has been asked for so far, committed work included."""
    _commit()
    return list(asked)


def run_later() -> list[Asked]:
    """Run everything asked for, and what that asks for in turn; return it in the order it ran."""
    ran: list[Asked] = []
    while pending := waiting():
        assert len(ran) < 1000, f"tasks keep asking for tasks: {ran[-5:]}"
        task = pending[0]
        asked.remove(task)
        _task(task.name)(**task.arguments)
        ran.append(task)
    return ran


def _task(name: str):
    app.loader.import_default_modules()
    return app.tasks[name]


def _commit() -> None:
    """Do what a commit does: a test lives in a rolled-back transaction, so its hooks never run alone."""
    hooks, connection.run_on_commit = connection.run_on_commit, []
    for _savepoints, hook, _robust in hooks:
        hook()
