"""The project as an installed app: commands and system checks."""

from django.apps import AppConfig


class KiwoomwebConfig(AppConfig):
    """Registers what ``manage.py check`` looks at."""

    name = "kiwoomweb"

    def ready(self) -> None:
        """Load the checks; Celery is loaded by whoever needs it (see later.py)."""
        from kiwoomweb import beside, checks  # noqa: F401  importing registers them
