"""Calls that list what another request may hold: sectors, member firms, watch groups, themes."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.errors import Unreadable

__all__ = ["LOOKUPS", "Known", "known"]


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where a TR keeps the codes and their names. ``bodies`` are asked one after another."""

    bodies: tuple[Mapping[str, str], ...]
    list_name: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Known:
    """One value a request may hold, and what the broker calls it."""

    code: str
    name: str


#: By the TR the catalogue's ``lookup`` names.
LOOKUPS: Mapping[str, Lookup] = {
    "ka10101": Lookup(tuple({"mrkt_tp": market} for market in ("0", "1", "2")), "list", "code", "name"),
    "ka10102": Lookup(({},), "list", "code", "name"),
    "ka01300": Lookup(({},), "nofi", "gcod", "name"),
    "ka90001": Lookup(
        (
            {
                "qry_tp": "0",
                "stk_cd": "",
                "date_tp": "10",
                "thema_nm": "",
                "flu_pl_amt_tp": "3",
                "stex_tp": "1",
            },
        ),
        "thema_grp",
        "thema_grp_cd",
        "thema_nm",
    ),
}


def known(broker: Broker, tr_id: str) -> list[Known]:
    """Every value the lookup TR lists, each code once, in its order. Raises ``Unreadable`` for other rows."""
    lookup = LOOKUPS[tr_id]
    found: dict[str, Known] = {}
    for body in lookup.bodies:
        for row in broker.rows(tr_id, body, lookup.list_name):
            code, name = row.get(lookup.code), row.get(lookup.name)
            if not (isinstance(code, str) and isinstance(name, str)):
                raise Unreadable(f"{lookup.list_name}: no {lookup.code} or {lookup.name}", tr=tr_id)
            if code.strip():
                found.setdefault(code.strip(), Known(code.strip(), name.strip()))
    return list(found.values())
