"""Asking: the TRs of REST that change nothing, each with the usual question and what that cannot know."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.catalogue import TR, find
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.reading import read
from kiwoomweb.broker.reading.usual import usual_question
from kiwoomweb.broker.wire import writing
from kiwoomweb.operation.every_tr.outcome import Outcome, failed, read_as

__all__ = ["Known", "ask", "ask_each", "learn"]

FUND = "069500"
#: The chapters whose symbols are no shares, and the market in ka10099 that lists theirs.
WARRANTS = "ELW"
FUNDS = "ETF"


@dataclass(slots=True)
class Known:
    """What the usual question cannot know: a warrant, the codes of lists, our own order numbers."""

    warrant: str = ""
    theme: str = ""
    group: str = ""
    order_no: str = ""

    def body(self, tr: TR, broker: Broker) -> dict[str, str]:
        """The body of a TR, as of the broker's today."""
        symbol = {WARRANTS: self.warrant, FUNDS: FUND}.get(tr.group, "")
        body = usual_question(tr, broker.now().date(), **({"symbol": symbol} if symbol else {}))
        known = {"thema_grp_cd": self.theme, "arn_grp_id": self.group, "ord_no": self.order_no}
        if tr.id == "ka10072":  # one day's sales: today's, since we have just sold
            known["strt_dt"] = writing.day(broker.now().date())
        return body | {name: text for name, text in known.items() if name in body and text}


def learn(broker: Broker, known: Known) -> None:
    """Look up what other questions need; what cannot be found is left to fail where it is needed."""
    known.warrant = _first(broker, "ka10099", {"mrkt_tp": "3"}, "list", "code")
    known.theme = _first(broker, "ka90001", usual_question(find("ka90001")), "thema_grp", "thema_grp_cd")
    known.group = _first(broker, "ka01300", {}, "nofi", "gcod")


def ask(broker: Broker, tr: TR, body: Mapping[str, str]) -> tuple[Outcome, Mapping[str, Any]]:
    """One TR asked and read; its fields, for whoever needs a number of them."""
    begun = time.monotonic()
    try:
        reply = broker.call(tr.id, body)
    except BrokerError as error:
        return failed(tr, error, (time.monotonic() - begun) * 1000), {}
    taken = (time.monotonic() - begun) * 1000
    code = str(reply.fields.get("return_code", ""))
    return read_as(read(tr, reply.fields, body), taken, code=code), reply.fields


def ask_each(broker: Broker, trs: Iterable[TR], known: Known) -> dict[str, Outcome]:
    """Each of them once, by id."""
    return {tr.id: ask(broker, tr, known.body(tr, broker))[0] for tr in trs}


def _first(broker: Broker, tr: str, body: Mapping[str, str], table: str, name: str) -> str:
    try:
        rows = broker.call(tr, body).fields.get(table) or [{}]
    except BrokerError:
        return ""
    return str(rows[0].get(name, "")) if isinstance(rows[0], dict) else ""
