"""Asking a reply without a network: the guide's own fields in, dressed fields and rows out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiwoomweb.broker import catalogue
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.inputs import checked
from kiwoomweb.simulator.profile import REAL
from kiwoomweb.simulator.replies import REPLIES
from kiwoomweb.simulator.replies.asking import Ask
from kiwoomweb.simulator.replies.shape import dressed

__all__ = ["Answer", "at", "body_of", "said"]

#: What a field without choices is given where a test does not care.
PLAIN = {
    "stk_cd": "005930",
    "thema_grp_cd": "141",
    "inds_cd": "001",
    "skip_stk": "000000000",
    "rank_strt": "0",
    "rank_end": "100",
    "strt_dt": "20261120",
    "qry_dt": "20261120",
    "base_dt": "20261120",
}


@dataclass(frozen=True, slots=True)
class Answer:
    head: dict[str, Any]
    rows: list[dict[str, str]]

    def column(self, name: str) -> list[str]:
        return [row[name] for row in self.rows]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


def body_of(tr: str) -> dict[str, str]:
    """A whole body: first choices, plain values."""
    body = {}
    for field in catalogue.find(tr).request:
        if field.required:
            first = next(iter(field.choices), "5")
            body[field.name] = PLAIN.get(field.name, first)
    return body


def said(exchange: Exchange, tr: str, most: int = 2_000, **body: str) -> Answer:
    """The reply to a body as the gate would let it through, its rows up to ``most``."""
    about = catalogue.find(tr)
    asked = checked(about, {**body_of(tr), **body})
    told = REPLIES[tr](Ask(about, asked, "1234567811", exchange, REAL, exchange.now()))
    head, rows = dressed(about.response, told.fields), []
    if told.rows:
        fields = next(item.fields for item in about.lists if item.name == told.rows.name)
        rows = [dressed(fields, told.rows.fill(one)) for one in told.rows.things[0:most]]
    return Answer(head, rows)
