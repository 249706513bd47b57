"""Bending: numbers and codes of a true answer made as odd as the broker's sometimes are. PROTOCOL 5.2, 11-31.

Only a fault asks for it; see ``faults.KINDS``.
"""

from collections.abc import Sequence
from typing import Any

from kiwoomweb.broker.catalogue import Field
from kiwoomweb.simulator.faults import Fault

__all__ = ["bent", "unfilled"]

#: A code of the right form that no list of instruments contains.
UNLISTED = "0999Z9"
#: What a 32-bit counter says when it has nothing to say.
SATURATED = "4294967295"
#: Fields that count shares, by their labels.
QUANTITIES = ("거래량", "수량", "잔량", "체결량")
#: Fields that tell a commission, and those that tell at which price something was executed.
FEES = frozenset(("cmsn", "trde_cmsn", "tdy_trde_cmsn", "tax_sum_cmsn", "cmsn_alm_tax", "tot_cmsn_tax"))
#: What an order's row tells of its executions, and how much of it is still open.
EXECUTED = frozenset(("cntr_qty", "cntr_uv", "cntr_pric", "unit_cntr_qty", "unit_cntr_pric"))
STILL_OPEN = frozenset(("ord_remnq", "oso_qty"))
EXECUTION_PRICES = frozenset(("cntr_uv", "cntr_pric"))


def bent(values: dict[str, Any], fault: Fault | None, fields: Sequence[Field] = ()) -> dict[str, Any]:
    """The flat part of an answer, or a row of its list (with the ``fields`` of that list)."""
    kind = fault.kind if fault else ""
    if kind == "unknown_symbol" and fields and "stk_cd" in values:
        return values | {"stk_cd": f"{values['stk_cd'][:-6]}{UNLISTED}", "stk_nm": ""}
    if kind == "doubled_fee":
        return values | {name: _twice(values[name]) for name in FEES & values.keys()}
    if kind == "negative_price":
        return values | {name: _below_zero(values[name]) for name in EXECUTION_PRICES & values.keys()}
    if kind == "double_sign":
        return {name: _doubled(value) for name, value in values.items()}
    if kind == "saturated":
        counts = {field.name for field in fields if any(word in field.label for word in QUANTITIES)}
        return values | {name: SATURATED for name in counts & values.keys() if values[name]}
    return values


def unfilled(row: dict[str, Any]) -> dict[str, Any]:
    """An order's row as it was before anything of it was executed; a row of anything else as it is."""
    if "ord_no" not in row or "ord_qty" not in row:
        return row
    nothing = {name: "0" * len(row[name]) for name in EXECUTED & row.keys() if row[name]}
    return row | nothing | dict.fromkeys(STILL_OPEN & row.keys(), row["ord_qty"])


def _doubled(value: Any) -> Any:
    return f"-{value}" if isinstance(value, str) and value[:1] == "-" and value[1:2].isdigit() else value


def _twice(value: Any) -> Any:
    """The same text with twice the amount in as many characters."""
    return str(2 * int(value)).zfill(len(value)) if isinstance(value, str) and value.isdigit() else value


def _below_zero(value: Any) -> Any:
    """A minus in the place of the first character, as account TRs write it; nothing where no price is told."""
    told = isinstance(value, str) and value.isdigit() and int(value)
    return f"-{value[1:] if value[:1] == '0' else value}" if told else value
