"""The markets of the core tests serve here too."""

from tests.simulator.core.conftest import demo, market, quiet

__all__ = ["demo", "market", "quiet"]
