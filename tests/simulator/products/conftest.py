"""The markets of the core tests serve here too."""

from tests.simulator.core.conftest import bars_in, demo, market, quiet

__all__ = ["bars_in", "demo", "market", "quiet"]
