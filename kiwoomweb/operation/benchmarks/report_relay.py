"""What ``bench relay`` prints."""

from typing import Any

from kiwoomweb.operation.benchmarks.floors import Write
from kiwoomweb.operation.benchmarks.relay.measuring import Size, measure_relay

__all__ = ["report"]

LONG = 300


def report(write: Write, options: dict[str, Any]) -> bool:
    """Every target beside its floor and its stretch (✓✓: the stretch is reached); true when all floors hold."""
    size = Size.of(options["browsers"], options["seconds"] or LONG)
    held = True
    for target in measure_relay(size):
        write(target.line)
        held &= target.holds
    return held
