"""Mischief: what goes wrong in a connection to the mail server, drawn by the seed."""

import threading
from collections import Counter
from random import Random

from kiwoomweb.operation.drills.mail.server import Fault

__all__ = ["Mischief"]

#: How many connections in a hundred go wrong.
SHARE = 20
#: 4xx and 5xx at every phase, cuts, hangs, and the two after which only the server knows.
KINDS = (
    *(Fault(at, "451 4.3.0 later") for at in ("greeting", "ehlo", "mail", "rcpt", "data", "dot")),
    *(Fault(at, "cut") for at in ("greeting", "ehlo", "mail", "rcpt", "data", "body", "dot")),
    *(Fault(at, "hang") for at in ("greeting", "rcpt", "data", "dot")),
    *(Fault(at, "550 5.1.1 unknown") for at in ("rcpt", "dot")),
    *(Fault("dot", kind) for kind in ("taken_cut", "taken_hang", "gibberish")),
)


class Mischief:
    """Asked by every connection; counts what it did."""

    def __init__(self, luck: Random) -> None:
        self._luck, self._lock = Random(luck.random()), threading.Lock()
        self.counts: Counter[str] = Counter()

    def __call__(self) -> Fault | None:
        with self._lock:
            if self._luck.randrange(100) >= SHARE:
                return None
            fault = self._luck.choice(KINDS)
            self.counts[f"{fault.at} {fault.kind.partition(' ')[0]}"] += 1
            return fault

    @property
    def done(self) -> int:
        return self.counts.total()

    def words(self) -> str:
        """``rcpt cut 12, …``"""
        return ", ".join(f"{name} {times}" for name, times in sorted(self.counts.items()))
