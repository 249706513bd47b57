"""The table of addresses (``routes.tsv``) and of rights (``rights.tsv``): what is expected, as data.

A line is an address, who may come (``public``, ``signed_in``, ``member``, ``team``), the rights needed, and the
role that is the least allowed. It is not read from the code it checks.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kiwoomweb.doors import door_of, every_route

__all__ = ["RIGHTS", "ROUTES", "Route", "address", "declared"]

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Route:
    path: str
    door: str
    needs: frozenset[str]
    at_least: str

    def lets_in(self, role: str) -> bool:
        """Whether a member of that role may pass, by the tables alone."""
        rank = [*RIGHTS].index
        least = not self.at_least or (role in RIGHTS and rank(role) >= rank(self.at_least))
        return RIGHTS[role] >= self.needs and (least or role == "owner")


def _table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


RIGHTS: dict[str, frozenset[str]] = {
    line["role"]: frozenset(right for right, sign in line.items() if sign == "x")
    for line in _table("rights.tsv")
}
ROUTES: dict[str, Route] = {
    line["path"]: Route(line["path"], line["door"], frozenset(line["needs"].split()), line["at_least"])
    for line in _table("routes.tsv")
}


def declared() -> dict[str, Route]:
    """What the code says of itself, in the words of the table."""
    found = {}
    for path, view in every_route():
        door = door_of(view)
        assert door is not None, path
        least = door.at_least.name.lower() if door.at_least and door.at_least.name != "VIEWER" else ""
        found[path] = Route(path, door.door.value, frozenset(map(str, door.needs)), least)
    return found


#: What stands in an address where a name stands in its pattern.
PARTS: dict[str, Any] = {
    "day": date(2026, 11, 20), "week": date(2026, 11, 16), "key": "2026-11-20.review", "symbol": "005930",
    "tr_id": "ka10001", "tr": "ka10027", "shelf": "ranking", "sector": "001", "seq": "1", "table": "trades",
    "kind": "csv", "slug": "x", "by": "symbol", "part": "habits", "name": "indices", "token": "x",
    "uidb36": "1", "code": "?",
}  # fmt: skip


#: ``<int:pk>``, or ``(?P<kind>csv|xlsx)`` in the addresses that are patterns.
PART = re.compile(r"\(\?P<(?P<group>\w+)>[^()]*\)|<((?P<kind>\w+):)?(?P<name>\w+)>")


def address(path: str, code: str, team: str, number: int) -> str:
    """The pattern with values in it: this account, this team, this number wherever a row is named."""

    def value(found: re.Match[str]) -> str:
        kind, name = found["kind"] or "", found["name"] or found["group"]
        if name in {"code", "team"}:
            return code if name == "code" else team
        if kind == "int" or name in {"pk", "number"}:
            return str(number)
        return str(PARTS.get(name, "x")) if kind not in {"slug", ""} or name != "key" else "x"

    return "/" + PART.sub(value, path).replace("\\.", ".").rstrip("$")
