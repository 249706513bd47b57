"""Replies without a network: what a TR says of an exchange, for tests that ask thousands of times."""

from typing import Any

from kiwoomweb.broker.catalogue import find
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.inputs import checked
from kiwoomweb.simulator.profile import REAL, Profile
from kiwoomweb.simulator.replies import REPLIES
from kiwoomweb.simulator.replies.asking import Ask
from kiwoomweb.simulator.replies.shape import dressed

__all__ = ["told"]

ACCOUNT = "8112345611"


def told(exchange: Exchange, tr_id: str, profile: Profile = REAL, **body: str) -> dict[str, Any]:
    """The whole answer, its list on one page."""
    tr = find(tr_id)
    asked = checked(tr, body)
    said = REPLIES[tr.id](Ask(tr, asked, ACCOUNT, exchange, profile, exchange.now()))
    head = {**{one.name: [] for one in tr.lists}, **dressed(tr.response, said.fields)}
    if said.rows:
        fields = next(one.fields for one in tr.lists if one.name == said.rows.name)
        head[said.rows.name] = [dressed(fields, said.rows.fill(thing)) for thing in said.rows.things]
    return head
