"""The Celery application: JSON only, no results, tasks known by short names such as ``portfolio.ring``."""

import os

from celery import Celery

__all__ = ["app", "send"]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiwoomweb.settings")

#: The packages whose ``tasks`` module holds tasks.
TASK_PACKAGES = [
    "kiwoomweb.access",
    "kiwoomweb.notices",
    "market",
    "orders",
    "portfolio",
    "kiwoomweb.operation",
]


class _Application(Celery):
    """Celery with task names that leave out where the function happens to live."""

    def gen_task_name(self, name: str, module: str) -> str:
        """``portfolio.tasks.ring`` is called ``portfolio.ring``."""
        return f"{module.removesuffix('.tasks').removeprefix('kiwoomweb.')}.{name}"


app = _Application("kiwoomweb")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(TASK_PACKAGES)


def send(name: str, arguments: dict[str, int | str]) -> None:
    """Put one task on the queue. Raises kombu's OperationalError when the queue cannot be reached."""
    app.send_task(name, kwargs=arguments)
