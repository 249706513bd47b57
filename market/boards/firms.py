"""Member firms (거래원) face to face: who sells most on the left in blue, who buys most on the right in red."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiwoomweb.broker.reading import Cell, Reading

__all__ = ["Firms", "Side", "firms_of", "names_of"]

PLACES = range(1, 6)
SIDES = ("sel", "buy")
#: (name, code, quantity, change) of a place by TR; 거래원 매매 (ka10002) tells no change.
FIELDS = {
    "ka10002": ("{}_trde_ori_nm_{}", "{}_trde_ori_{}", "{}_trde_qty_{}", ""),
    "ka10040": ("{}_trde_ori_{}", "{}_trde_ori_cd_{}", "{}_trde_ori_qty_{}", "{}_trde_ori_irds_{}"),
}
#: What the broker takes for the trading of foreign houses: the sum and its change.
FOREIGN = {side: (f"frgn_{side}_prsm_sum", f"frgn_{side}_prsm_sum_chang") for side in SIDES}
#: How the broker's names of foreign houses begin.
HOUSES: tuple[str, ...] = (
    *("모간", "모건", "골드만", "메릴", "씨티", "유비에스", "UBS", "CS", "노무라", "맥쿼리", "도이치", "HSBC"),
    *("BNP", "JP", "CLSA", "다이와", "미즈호", "소시에테"),
)


@dataclass(frozen=True, slots=True)
class Side:
    """One firm on one side; ``change`` against the last look, ``is_foreign`` by its name."""

    name: str
    quantity: int | None
    change: int | None
    is_foreign: bool


@dataclass(frozen=True, slots=True)
class Firms:
    """``rows`` are (seller, buyer) by place; the sums of foreign houses are the broker's estimate."""

    rows: tuple[tuple[Side, Side], ...]
    foreign: tuple[Side, Side] | None

    @property
    def tells_changes(self) -> bool:
        """Whether the broker says how far a figure moved since the last look; ka10002 does not."""
        return any(side.change is not None for row in self.rows for side in row)


def firms_of(reading: Reading) -> Firms | None:
    """``None`` for a TR that is not about the five firms of a share, and when none is named."""
    if reading.tr.id not in FIELDS:
        return None
    told = {column.name: cell for column, cell in reading.fields}
    rows = [(_side(told, reading.tr.id, "sel", n), _side(told, reading.tr.id, "buy", n)) for n in PLACES]
    named = tuple(row for row in rows if row[0].name or row[1].name)
    foreign = (_sum(told, "sel"), _sum(told, "buy")) if FOREIGN["sel"][0] in told else None
    return Firms(named, foreign) if named else None


def names_of(tr_id: str) -> frozenset[str]:
    """The fields this view shows, so that the facts beside it leave them out."""
    patterns = FIELDS.get(tr_id, ())
    shown = {pattern.format(side, n) for pattern in patterns if pattern for side in SIDES for n in PLACES}
    return frozenset(shown | {name for names in FOREIGN.values() for name in names})


def _side(told: Mapping[str, Cell], tr_id: str, side: str, place: int) -> Side:
    name, _code, quantity, change = (pattern.format(side, place) for pattern in FIELDS[tr_id])
    shown = str(told[name].value or "") if name in told else ""
    return Side(shown, _size(told.get(quantity)), _whole(told.get(change)), shown.startswith(HOUSES))


def _sum(told: Mapping[str, Cell], side: str) -> Side:
    total, change = FOREIGN[side]
    return Side("", _size(told.get(total)), _whole(told.get(change)), True)


def _size(cell: Cell | None) -> int | None:
    """Sold quantities come with a minus: the side says it already."""
    value = _whole(cell)
    return None if value is None else abs(value)


def _whole(cell: Cell | None) -> int | None:
    return int(cell.value) if cell and isinstance(cell.value, int) else None
