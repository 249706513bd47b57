"""The notices app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "kiwoomweb.notices"
    label = "notices"

    def ready(self) -> None:
        from kiwoomweb.notices import receivers, resealing  # noqa: F401  # register themselves
