"""The market app: hears which TRs the broker has answered."""

from django.apps import AppConfig


class MarketConfig(AppConfig):
    name = "market"

    def ready(self) -> None:
        from market import receivers  # noqa: F401  # registers itself
