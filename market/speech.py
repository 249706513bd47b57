"""Speech: how much a page may say. A page follows and lets go in bursts; nobody needs to talk without end."""

from dataclasses import dataclass, field
from time import monotonic

__all__ = ["Speech"]

#: Messages at once, and messages a second in the long run; acknowledgements and pings count as a tenth.
AT_ONCE, A_SECOND = 200.0, 10.0


@dataclass(slots=True)
class Speech:
    """A bucket that fills with time and is emptied by talking."""

    left: float = AT_ONCE
    at: float = field(default_factory=monotonic)

    def may(self, cost: float = 1.0) -> bool:
        """Whether one more message is all right; ``False`` for a page that says too much."""
        now = monotonic()
        self.left = min(AT_ONCE, self.left + (now - self.at) * A_SECOND) - cost
        self.at = now
        return self.left >= 0
