"""Which index each fund (ETF) follows, who manages it and how it is taxed: our own table of facts."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["TAXES", "Fund", "funds"]

DATA = Path(__file__).parents[1] / "data" / "funds.csv"
#: 과세유형 codes of ka40004.
TAXES = {"1": "비과세", "2": "보유기간과세", "3": "회사형", "4": "외국", "5": "비과세해외(보유기간과세)"}


@dataclass(frozen=True, slots=True)
class Fund:
    """``multiple`` is 배수. ``source`` is whose prices the index has here: a sector, or a fund in its place.

    ``level`` is where the index stands when that fund stands at its usual price; 0 for a sector, whose level is
    its own. ``beta``, ``sector_beta`` and ``own`` (daily sd) are how the fund's own price moves.
    """

    code: str
    manager: str
    index_code: str
    index_name: str
    multiple: int
    tax: str
    source: str
    level: int
    beta: float
    sector_beta: float
    own: float

    @property
    def is_taxed(self) -> bool:
        return self.tax != "1"


@cache
def funds() -> Mapping[str, Fund]:
    """Every fund by code."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _fund(row) for row in csv.DictReader(file)}


def _fund(row: dict[str, str]) -> Fund:
    return Fund(
        code=row["code"],
        manager=row["manager"],
        index_code=row["index_code"],
        index_name=row["index_name"],
        multiple=int(row["multiple"]),
        tax=row["tax"],
        source=row["source"],
        level=int(row["level"]),
        beta=float(row["beta"]),
        sector_beta=float(row["sector_beta"]),
        own=float(row["own"]),
    )
