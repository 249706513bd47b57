"""Shape: dress what a reply says in exactly the fields the guide lists, in the guide's order.

A field nobody filled is blank, or zeros where the guide pads it: the broker leaves nothing out (PROTOCOL 8.6).
A field the guide does not know is a mistake of ours and raises.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from kiwoomweb.broker.catalogue import Field
from kiwoomweb.broker.wire.writing import padded

__all__ = ["Value", "dressed"]

Value = str | int | Decimal | None

#: Sent by the broker though its guide does not list them (PROTOCOL 5.8).
UNDECLARED = frozenset({"acnt_no"})


def dressed(fields: Sequence[Field], said: Mapping[str, Value]) -> dict[str, Any]:
    """The flat part of a reply, or one row: wire name -> text."""
    known = {field.name: field for field in fields if field.kind != "list"}
    if strangers := said.keys() - known.keys() - UNDECLARED:
        raise KeyError(f"not in the guide: {', '.join(sorted(strangers))}")
    extra = {name: str(said[name]) for name in UNDECLARED & said.keys() - known.keys()}
    return {name: _text(field, said.get(name)) for name, field in known.items()} | extra


def _text(field: Field, value: Value) -> str:
    if field.padded and (value is None or isinstance(value, int)):
        return padded(value or 0, field.padded)
    return "" if value is None else str(value)
