"""Steady: keep the collector of cyclic garbage out of a path that makes ten thousand small things a second.

Trades, frames and texts hold no cycles and are freed by counting. Looking for cycles among them every seven
hundred containers finds none; what was loaded before need not be looked through at all.
"""

import gc

__all__ = ["steady"]

#: Containers made between two looks at the young, and how many of those looks go before older ones.
YOUNG, MIDDLE, OLD = 50_000, 20, 50


def steady() -> None:
    """For a process that has loaded what it needs and now listens."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
