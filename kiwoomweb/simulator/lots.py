"""Lots: which part of a share is the account's own (현금), and which was bought on which day's loan (융자)."""

from datetime import date
from typing import NamedTuple

__all__ = ["Lot"]


class Lot(NamedTuple):
    """``loan`` is 대출일, ``None`` for shares bought with the account's own money."""

    code: str
    loan: date | None = None

    @property
    def rank(self) -> tuple[str, date]:
        """Sorts by code, own shares first, then the oldest loan."""
        return self.code, self.loan or date.min
