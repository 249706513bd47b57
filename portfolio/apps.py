"""The portfolio app: hears of new fills."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "portfolio"

    def ready(self) -> None:
        from portfolio import receivers  # noqa: F401  # registers itself
