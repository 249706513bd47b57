"""Bending: numbers and codes of a true answer made as odd as the broker's sometimes are. PROTOCOL 5.2, 11-31.

Only a fault asks for it; see ``faults.KINDS``.
"""

from collections.abc import Sequence
from typing import Any

from kiwoomweb.broker.catalogue import Field
from kiwoomweb.simulator.faults import Fault

__all__ = ["bent"]

#: A code of the right form that no list of instruments contains.
UNLISTED = "0999Z9"
#: What a 32-bit counter says when it has nothing to say.
SATURATED = "4294967295"
#: Fields that count shares, by their labels.
QUANTITIES = ("거래량", "수량", "잔량", "체결량")


def bent(values: dict[str, Any], fault: Fault | None, fields: Sequence[Field] = ()) -> dict[str, Any]:
    """The flat part of an answer, or a row of its list (with the ``fields`` of that list)."""
    kind = fault.kind if fault else ""
    if kind == "unknown_symbol" and fields and "stk_cd" in values:
        return values | {"stk_cd": f"{values['stk_cd'][:-6]}{UNLISTED}", "stk_nm": ""}
    if kind == "double_sign":
        return {name: _doubled(value) for name, value in values.items()}
    if kind == "saturated":
        counts = {field.name for field in fields if any(word in field.label for word in QUANTITIES)}
        return values | {name: SATURATED for name in counts & values.keys() if values[name]}
    return values


def _doubled(value: Any) -> Any:
    return f"-{value}" if isinstance(value, str) and value[:1] == "-" and value[1:2].isdigit() else value
