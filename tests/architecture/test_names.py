"""Tasks and handlers are named by text; here every name finds what it names."""

import ast

from kiwoomweb.celery import app
from kiwoomweb.schedule import SCHEDULE
from tests.architecture.sources import calls, first_text, modules


def test_every_task_somebody_asks_for_exists() -> None:
    assert [name for name in _asked() if name not in _tasks()] == []
    assert len(_asked()) > 1


def test_every_bell_rings_for_a_task() -> None:
    assert [entry["task"] for entry in SCHEDULE.values() if entry["task"] not in _tasks()] == []


def test_a_missed_bell_is_not_rung_twice() -> None:
    """Short-period tasks expire: a worker that was away is not greeted by every bell of the meantime."""
    assert all(entry["options"]["expires"] <= entry["schedule"] for entry in SCHEDULE.values())


def test_every_task_is_asked_for_by_somebody() -> None:
    rung = {entry["task"] for entry in SCHEDULE.values()}
    assert sorted(_tasks() - _asked() - rung) == []


def _asked() -> set[str | None]:
    """What ``later()`` is asked for anywhere; None stands for a name that is put together at run time."""
    askers = [tree for tree in modules().values() if "from kiwoomweb.later import later" in ast.unparse(tree)]
    return {first_text(call) for tree in askers for call in calls(tree, "later")}


def _tasks() -> set[str]:
    app.loader.import_default_modules()
    return {name for name in app.tasks if not name.startswith("celery.")}
