"""Ask the simulator's replies directly, as the gate does after its checks: no socket, no quota, any instant."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.inputs import checked
from kiwoomweb.simulator.profile import REAL
from kiwoomweb.simulator.replies import REPLIES
from kiwoomweb.simulator.replies.asking import Ask
from kiwoomweb.simulator.replies.shape import dressed

__all__ = ["FRIDAY", "Asker", "at"]

FRIDAY = date(2026, 11, 20)


def at(clock: str, day: date = FRIDAY) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SEOUL)


class Asker:
    """Somebody who asks at an instant; the clock of the exchange stands there, paused."""

    def __init__(self, now: datetime | None, like: "Asker | None" = None, **opened: Any) -> None:
        """``like`` another one: the same world, already warm, at another instant."""
        self.exchange = Exchange.opened(trader=False, now=now, **opened)
        if like is not None:
            known = like.exchange
            self.exchange.market, self.exchange.board = known.market, known.board
            self.exchange.flows = known.flows

    def said(self, tr_id: str, /, most: int | None = None, **body: str) -> dict[str, Any]:
        """The whole answer: flat fields and every row of its list, or the first ``most`` of them."""
        tr = find(tr_id)
        known = checked(tr, json.loads(json.dumps(body)))
        told = REPLIES[tr.id](Ask(tr, known, "0", self.exchange, REAL, self.exchange.now()))
        answer: dict[str, Any] = dressed(tr.response, told.fields)
        if told.rows is not None:
            fields = next(one.fields for one in tr.lists if one.name == told.rows.name)
            answer[told.rows.name] = [dressed(fields, told.rows.fill(one)) for one in told.rows.things[:most]]
        return answer

    def rows(self, tr_id: str, **body: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self.said(tr_id, **body)[find(tr_id).lists[0].name]
        return found

    def codes(self) -> Iterator[str]:
        return (one.code for one in self.exchange.instruments())
