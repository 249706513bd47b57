"""Patience: how often, and after how long, a question is asked again. An order never is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import TypeVar

from kiwoomweb.broker.errors import BrokerError, RateLimited, Unreachable

__all__ = ["PERSON_S", "patiently"]

#: Where a person looks at a page that waits, nobody is asked again after so many seconds: they can.
PERSON_S = 8.0

Answer = TypeVar("Answer")


@dataclass(slots=True)
class Patience:
    """What is left of it: waits in seconds after a 1700 (PROTOCOL 4.4) and after no answer at all."""

    limited: Iterator[float] = field(default_factory=lambda: iter((1.2, 2.4, 4.8)))
    silent: Iterator[float] = field(default_factory=lambda: iter((0.3, 1.0)))

    def wait_after(self, trouble: BrokerError) -> float | None:
        """Seconds to wait before asking again; ``None`` when it is time to give up."""
        if isinstance(trouble, RateLimited):
            return next(self.limited, None)
        return next(self.silent, None) if isinstance(trouble, Unreachable) else None


def patiently(
    attempt: Callable[[], Answer], sleep: Callable[[float], object], within: float | None = None
) -> Answer:
    """What ``attempt`` answers, at the latest on its fourth try after a 1700 or its third after silence.

    Silence that has lasted ``within`` seconds is not tried again.
    """
    patience, began = Patience(), monotonic()
    while True:
        try:
            return attempt()
        except (RateLimited, Unreachable) as trouble:
            wait = patience.wait_after(trouble)
            is_late = within is not None and monotonic() - began >= within
            if wait is None or (is_late and isinstance(trouble, Unreachable)):
                raise
        sleep(wait)
