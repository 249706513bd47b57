"""What is asked: about which account and which days."""

from dataclasses import dataclass
from datetime import date, datetime

__all__ = ["Question"]


@dataclass(frozen=True, slots=True)
class Question:
    """Days ``first`` to ``last``; for a poll both are the account's present trading day. ``at`` is the broker's
    clock as the question is asked."""

    account_id: int
    first: date
    last: date
    at: datetime | None = None

    @property
    def day(self) -> date:
        """The one day a question about a single day means."""
        return self.last
