"""What stands beside an axis: won in 만 and 억 (M and K in English), percent, R."""

from collections.abc import Callable

__all__ = ["ticks_of"]

MINUS = "\u2212"
KOREAN = ((100_000_000, "억"), (10_000, "만"))
WESTERN = ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K"))


def ticks_of(unit: str, language: str) -> Callable[[float], str]:
    """How a value of that unit is written."""
    if unit == "percent":
        return lambda value: _signed(value, "%")
    if unit == "r":
        return lambda value: _signed(value, "R")
    scales = WESTERN if language.startswith("en") else KOREAN
    return lambda value: _scaled(value, scales)


def _signed(value: float, unit: str) -> str:
    return f"{value:.6g}{unit}".replace("-", MINUS)


def _scaled(value: float, scales: tuple[tuple[int, str], ...]) -> str:
    for scale, name in scales:
        if abs(value) >= scale:
            return f"{value / scale:,.6g}{name}".replace("-", MINUS)
    return f"{value:,.0f}".replace("-", MINUS)
