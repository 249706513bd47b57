"""Asking: what a typed call needs of a client, and nothing about how it gets there."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol

from kiwoomweb.broker.protocol import Reply

__all__ = ["Broker"]


class Broker(Protocol):
    """Somebody who asks Kiwoom one TR at a time: ``client.Client``, as everybody else knows it.

    Every method raises a ``BrokerError``; a list comes whole or not at all.
    """

    def now(self) -> datetime:
        """The broker's time in Seoul."""
        ...

    def call(self, tr_id: str, body: Mapping[str, str] | None = None) -> Reply:
        """The first page of a TR."""
        ...

    def pages(
        self, tr_id: str, body: Mapping[str, str] | None = None, *, most: int | None = None
    ) -> Iterator[Reply]:
        """All pages of a TR, or the first ``most``."""
        ...

    def rows(self, tr_id: str, body: Mapping[str, str] | None, list_name: str) -> list[dict[str, Any]]:
        """The rows of one list over all its pages."""
        ...
