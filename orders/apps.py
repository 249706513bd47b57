"""The orders app."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "orders"

    def ready(self) -> None:
        """Orders listens to what is found out about the audit trail."""
        from orders import receivers  # noqa: F401  # registers itself
