"""Chance: every random number of the simulator comes from a name, so asking twice gives the same answer."""

from random import Random

__all__ = ["dice"]


def dice(*name: object) -> Random:
    """A generator that depends on nothing but these words: ``dice(seed, "005930", day)``."""
    return Random(":".join(map(str, name)))
