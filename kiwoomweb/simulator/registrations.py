"""Registrations: which (realtime type, item) pairs one socket asked for, kept by group.

PROTOCOL 4.5 and 8.5. They live as long as the connection and not a moment longer.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

__all__ = ["OF_ALL", "TYPES", "Malformed", "Registrations", "TooMany"]

#: Realtime types and the names the broker sends beside them.
TYPES: Mapping[str, str] = {
    "00": "주문체결",
    "04": "현물잔고",
    "0A": "주식기세",
    "0B": "주식체결",
    "0C": "주식우선호가",
    "0D": "주식호가잔량",
    "0E": "주식시간외호가",
    "0F": "주식당일거래원",
    "0G": "ETF NAV",
    "0H": "주식예상체결",
    "0I": "국제금환산가격",
    "0J": "업종지수",
    "0U": "업종등락",
    "0g": "주식종목정보",
    "0m": "ELW 이론가",
    "0s": "장시작시간",
    "0u": "ELW 지표",
    "0w": "종목프로그램매매",
    "1h": "VI발동/해제",
}

#: Types of the account or of the whole market: they take no item and fill no slot.
WITHOUT_ITEM = frozenset({"00", "04", "0s"})

#: Types that may be had of everything at once: the item "" stands for every code (PROTOCOL 8.5).
OF_ALL = frozenset({"1h"})

Pair = tuple[str, str]


class Malformed(Exception):
    """105111: ``item`` or ``type`` is not a list, or the type does not exist."""


class TooMany(Exception):
    """More distinct items than one connection may hold."""


class Registrations:
    def __init__(self, most_items: int, scope: Literal["group", "connection"]) -> None:
        self._most = most_items
        self._scope = scope
        self._groups: dict[str, set[Pair]] = {}
        self._wanted: dict[str, frozenset[str]] = {}

    def wants(self, kind: str) -> frozenset[str]:
        """The items registered for a type; for types without items a set holding ``""``."""
        return self._wanted.get(kind, frozenset())

    def pairs(self) -> set[Pair]:
        """Everything registered, as (type, item)."""
        return set().union(*self._groups.values())

    def add(self, group: str, data: object, *, keep: bool) -> None:
        """REG. ``keep`` False (refresh ``0``) drops what the group (or the connection) held before."""
        fresh = pairs_in(data)
        groups = dict(self._groups)
        if not keep:
            groups = {} if self._scope == "connection" else {**groups, group: set()}
        groups[group] = groups.get(group, set()) | fresh
        if len(_items(groups.values())) > self._most:
            raise TooMany
        self._replace(groups)

    def remove(self, group: str, data: object) -> None:
        """REMOVE. A pair that was never registered is no error."""
        gone = pairs_in(data)
        self._replace({**self._groups, group: self._groups.get(group, set()) - gone})

    def _replace(self, groups: dict[str, set[Pair]]) -> None:
        self._groups = groups
        everything = self.pairs()
        kinds = {kind for kind, _ in everything}
        self._wanted = {kind: frozenset(i for k, i in everything if k == kind) for kind in kinds}


def pairs_in(data: object) -> set[Pair]:
    """Every item times every type of each object in ``data``, or ``Malformed``."""
    if not isinstance(data, list) or not data:
        raise Malformed
    return {pair for entry in data for pair in _pairs_of(entry)}


def _pairs_of(entry: Any) -> set[Pair]:
    if not isinstance(entry, dict):
        raise Malformed
    items, kinds = entry.get("item", [""]), entry.get("type")
    if not _texts(items) or not _texts(kinds) or not kinds or not set(kinds) <= TYPES.keys():
        raise Malformed
    return {(kind, "" if kind in WITHOUT_ITEM else item) for kind in kinds for item in items or [""]}


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _items(groups: Iterable[set[Pair]]) -> set[str]:
    return {item for group in groups for _, item in group if item}
