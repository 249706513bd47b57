"""The notices app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "kiwoomweb.notices"
    label = "notices"

    def ready(self) -> None:
        from kiwoomweb.notices import receivers  # noqa: F401  # registers itself
