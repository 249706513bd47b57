"""Bars kept for good: asked for block by block, through the gateway, once for everybody of an environment."""

from market.services.bars.keeping import Outcome, keep

__all__ = ["Outcome", "keep"]
