"""What changes a holding without a fill: splits and the like. Fills are never rewritten for them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

__all__ = ["Change", "Kind"]


class Kind(StrEnum):
    """액면분할·병합, 무상증자, 유상증자, 코드 변경, 합병, 인적분할, 상장폐지, 입고, 출고, 일지 이전 보유."""

    SPLIT = "split"
    BONUS = "bonus"
    RIGHTS = "rights"
    RENAME = "rename"
    MERGER = "merger"
    SPIN_OFF = "spin_off"
    DELISTING = "delisting"
    BROUGHT_IN = "brought_in"
    TAKEN_OUT = "taken_out"
    ADOPTED = "adopted"


@dataclass(frozen=True, slots=True)
class Change:
    """One event, in force before the first fill of ``day``.

    ``ratio`` is new shares for each old one; ``amount`` won paid (or received when delisted) for ``quantity``
    shares; ``cost_share`` the part (0 to 1) of the cost that goes to ``new_symbol`` in a spin-off.
    """

    day: date
    kind: Kind
    symbol: str
    new_symbol: str = ""
    ratio: Fraction = Fraction(1)
    quantity: int = 0
    amount: int = 0
    cost_share: Fraction = Fraction(0)
