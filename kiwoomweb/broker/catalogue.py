"""The TR catalogue: what Kiwoom states of its 206 domestic TRs, as data, read a group at a time.

>>> find("kt00018").name
'계좌평가잔고내역요청'
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["TR", "Field", "all_trs", "find"]

SPECS = Path(__file__).with_name("specs")
#: The paths of the TRs that place, modify and cancel orders: shares, gold, credit.
ORDERING = frozenset({"/api/dostk/ordr", "/api/dostk/crdordr"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a request or a response. ``fields`` is not empty where ``kind`` is ``"list"``.

    ``choices`` maps what may be sent (or may come) to its Korean meaning. ``format`` is the guide's own
    (``YYYYMMDD``, ``HHmmss``, ``symbol``), ``empty`` how it writes a missing value, ``scale`` what a number
    without decimal point is multiplied by, ``padded`` the width of zero padding, ``lookup`` the TR that knows
    the valid values.
    """

    name: str
    label: str
    kind: str = "text"
    required: bool = False
    unit: str = ""
    format: str = ""
    empty: str = ""
    signed: bool = False
    scale: int = 1
    padded: int = 0
    lookup: str = ""
    note: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    fields: tuple["Field", ...] = ()


@dataclass(frozen=True, slots=True)
class TR:
    """One 전문. ``group`` is the guide's Korean chapter, ``transport`` is ``rest`` or ``websocket``."""

    id: str
    name: str
    group: str
    path: str
    transport: str
    request: tuple[Field, ...]
    response: tuple[Field, ...]

    @property
    def is_order(self) -> bool:
        """Whether it changes something at the broker: buys, sells, modifies, cancels."""
        return self.path in ORDERING

    @property
    def lists(self) -> tuple[Field, ...]:
        """The response fields that are lists of rows."""
        return tuple(item for item in self.response if item.kind == "list")

    @property
    def pages(self) -> bool:
        """Whether an answer may have a next page (PROTOCOL 3): those with a list, and kt20016."""
        return self.transport == "rest" and (bool(self.lists) or self.id == "kt20016")


def find(tr_id: str) -> TR:
    """The TR of this id. Raises ``KeyError`` for one the guide does not have."""
    return _group(_index()[tr_id])[tr_id]


def all_trs() -> Iterator[TR]:
    """Every TR in the guide's order of groups; reads the whole catalogue."""
    for tr_id in _index():
        yield find(tr_id)


@cache
def _index() -> dict[str, str]:
    """TR id -> name of the file that describes it."""
    return {tr_id: group for group, ids in _load("index").items() for tr_id in ids}


@cache
def _group(name: str) -> dict[str, TR]:
    return {item["id"]: _tr(item) for item in _load(name)}


def _load(name: str) -> Any:
    return json.loads(SPECS.joinpath(f"{name}.json").read_bytes())


def _tr(item: dict[str, Any]) -> TR:
    sides = {side: _fields(item[side]) for side in ("request", "response")}
    return TR(**{**item, **sides})


def _fields(items: list[dict[str, Any]]) -> tuple[Field, ...]:
    return tuple(Field(**{**item, "fields": _fields(item.get("fields", []))}) for item in items)
