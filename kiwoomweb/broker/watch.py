"""Watch: notices that nothing has been heard for so long, with one timer for all messages.

A time-out of its own for each of ten thousand messages a second would cost more than reading them.
"""

import asyncio
from collections.abc import Callable

__all__ = ["Watch"]


class Watch:
    """``cut`` is called once when somebody has waited so long; ``was_silent`` says so afterwards."""

    __slots__ = ("_begun", "_cut", "_loop", "_timer", "silence", "waiting", "was_silent")

    def __init__(self, silence: float, cut: Callable[[], None]) -> None:
        self.silence, self.was_silent, self.waiting = silence, False, False
        self._cut, self._loop = cut, asyncio.get_running_loop()
        self._begun = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Somebody begins to wait; ``waiting`` is to be cleared when something has come."""
        self._begun, self.waiting = self._loop.time(), True
        if self._timer is None:
            self._timer = self._loop.call_later(self.silence, self._look)

    def end(self) -> None:
        if self._timer:
            self._timer.cancel()

    def _look(self) -> None:
        left = self._begun + self.silence - self._loop.time() if self.waiting else self.silence
        if left > 0:
            self._timer = self._loop.call_later(left, self._look)
        else:
            self.was_silent = True
            self._cut()
