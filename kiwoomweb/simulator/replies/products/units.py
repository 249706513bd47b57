"""Units: signed sums in the broker's larger units, cut towards zero."""

__all__ = ["eoks_signed", "thousands"]


def thousands(count: int) -> int:
    """천주 (of gold: kilograms)."""
    return int(count / 1_000)


def eoks_signed(won: int) -> int:
    """억원."""
    return int(won / 100_000_000)
