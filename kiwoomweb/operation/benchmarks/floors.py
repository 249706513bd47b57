"""Floors: one line a figure, marked when it keeps its promise."""

from collections.abc import Callable

__all__ = ["Write", "at_least", "at_most"]

Write = Callable[[str], object]


def at_most(write: Write, what: str, found: float, unit: str, most: float) -> bool:
    """Print the figure beside what it may be at the most; whether it holds."""
    write(f"{'✓' if found <= most else '✗'} {what}: {found:.1f} {unit} (<= {most:.0f} {unit})")
    return found <= most


def at_least(write: Write, what: str, found: float, least: float) -> bool:
    """Print the ratio beside what it must be at the least; whether it holds."""
    write(f"{'✓' if found >= least else '✗'} {what}: {found:.3f} (>= {least:g})")
    return found >= least
