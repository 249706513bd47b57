"""The heatmap of sectors: a tile's size is its class of turnover, its colour how far it moved for such a day.

Colours are scaled to the 95th percentile of the day's own moves: one sector's leap must not whiten the rest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kiwoomweb.broker.reading import Reading

__all__ = ["Tile", "scale_of", "shade", "tiles_of"]

#: Steps of colour on each side.
STEPS = 4
#: Indices over all shares and by size; they are no sectors and stand above the map.
COMPOSITES = ("종합", "대형주", "중형주", "소형주", "KOSPI", "KOSDAQ", "코스피", "코스닥", "KRX")


@dataclass(frozen=True, slots=True)
class Tile:
    """One sector. ``size`` is 1 to 4 by turnover, ``shade`` -4 to 4 by change; both become classes."""

    code: str
    name: str
    level: Decimal | None
    change_rate: Decimal | None
    turnover: int | None
    rising: int | None
    falling: int | None
    size: int
    shade: int

    @property
    def css(self) -> str:
        side = "up" if self.shade > 0 else "down" if self.shade < 0 else "still"
        return f"size-{self.size} {side}-{abs(self.shade)}"


def tiles_of(reading: Reading) -> list[Tile]:
    """The sectors of 전업종지수 (ka20003), the biggest turnover first."""
    rows = [row for row in _rows(reading) if not str(row["stk_nm"]).startswith(COMPOSITES)]
    rows.sort(key=lambda row: -(row.get("trde_prica") or 0))
    scale = scale_of([row["flu_rt"] for row in rows if row.get("flu_rt") is not None])
    return [_tile(row, _size(at, len(rows)), scale) for at, row in enumerate(rows)]


def scale_of(changes: Sequence[Decimal]) -> Decimal:
    """The 95th percentile of how far things moved either way, never below a tenth of a percent."""
    moves = sorted(abs(change) for change in changes)
    if not moves:
        return Decimal(1)
    at = (len(moves) - 1) * 95 // 100
    return max(moves[at], Decimal("0.1"))


def shade(change: Decimal | None, scale: Decimal) -> int:
    """-4 to 4; whatever moved at all is not 0, unknown is."""
    if not change:
        return 0
    steps = min(STEPS, max(1, round(abs(change) / scale * STEPS)))
    return steps if change > 0 else -steps


def _size(at: int, count: int) -> int:
    """The top tenth of turnover, the next two, the next three, the rest."""
    place = at / max(count, 1)
    return 4 if place < 0.1 else 3 if place < 0.3 else 2 if place < 0.6 else 1


def _rows(reading: Reading) -> Iterator[dict[str, Any]]:
    table = reading.tables[0]
    names = [column.name for column in table.columns]
    for row in table.rows:
        values = {name: cell.value for name, cell in zip(names, row, strict=True)}
        if values.get("stk_nm"):
            yield values


def _tile(row: dict[str, Any], size: int, scale: Decimal) -> Tile:
    change = row.get("flu_rt")
    rate = change if isinstance(change, Decimal) else None
    return Tile(
        str(row["stk_cd"] or ""),
        str(row["stk_nm"]),
        _decimal(row.get("cur_prc")),
        rate,
        _whole(row.get("trde_prica")),
        _whole(row.get("rising")),
        _whole(row.get("fall")),
        size,
        shade(rate, scale),
    )


def _decimal(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | Decimal) else None
