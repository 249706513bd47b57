"""Targets: what the issue asks of the relay, each figure beside its floor and what we should like it to be."""

from dataclasses import dataclass

__all__ = ["Target"]


@dataclass(frozen=True, slots=True)
class Target:
    """``floor`` ``None``: told only for comparison. ``is_most``: less is better."""

    name: str
    what: str
    found: float
    unit: str = ""
    floor: float | None = None
    stretch: float | None = None
    is_most: bool = True

    @property
    def holds(self) -> bool:
        return self.floor is None or self._keeps(self.floor)

    @property
    def line(self) -> str:
        """``✓ T2 …: 108.5 ms (<= 120, 110)``"""
        found = f"{self.found:,.2f}" if abs(self.found) < 10 else f"{self.found:,.1f}"
        if self.floor is None:
            return f"     {self.name:3} {self.what}: {found} {self.unit}".rstrip()
        mark = (
            "✗" if not self.holds else "✓✓" if self.stretch is not None and self._keeps(self.stretch) else "✓ "
        )
        sign = "<=" if self.is_most else ">="
        wish = "" if self.stretch is None else f", {sign} {self.stretch:,g}"
        return f"{mark:3}  {self.name:3} {self.what}: {found} {self.unit} ({sign} {self.floor:,g}{wish})"

    def _keeps(self, bound: float) -> bool:
        return self.found <= bound if self.is_most else self.found >= bound
