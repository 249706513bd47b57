"""The door: a practice broker's gate in this process, asked whatever a stranger might send it.

It must answer or refuse, never break (1999), and what it answers must be readable to us in every field.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from kiwoomweb.broker import protocol
from kiwoomweb.broker.catalogue import TR
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.reading import read
from kiwoomweb.broker.reading.usual import usual_question
from kiwoomweb.operation.every_tr.breaking import BREAKS
from kiwoomweb.simulator.app import Simulator
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.gate import Answer, Question
from kiwoomweb.simulator.profile import REAL
from kiwoomweb.simulator.serve import OPENING
from kiwoomweb.simulator.tokens import KeyPair

__all__ = ["Door"]

#: The broker's own word for a fault of its own (PROTOCOL 2.4).
BROKEN = "[1999:"
MANY = 10_000_000


class Door:
    """Opened at the first knock: a broker takes a while to wake up."""

    def __init__(self, trs: Sequence[TR]) -> None:
        self._trs = [tr for tr in trs if tr.transport == "rest"]
        self._pair = KeyPair("key", "secret")

    def knock(self, chance: random.Random, _tr: TR) -> Iterator[str]:
        """Ask one TR with a bent body, and read what comes."""
        tr = chance.choice(self._trs)
        body: dict[str, Any] = dict(usual_question(tr, OPENING.date()))
        for name in chance.sample(sorted(body), k=min(len(body), chance.randrange(3))):
            body[name] = chance.choice(BREAKS)(chance, str(body[name]))
        answer = self.asked(tr, body)
        if BROKEN in answer.body.decode():
            yield f"{tr.id} broke the broker: {ascii(body)[:300]}"
        try:
            reply = protocol.read(tr.id, answer.status, answer.headers, answer.body)
        except BrokerError:
            return
        told = {name: text for name, text in body.items() if isinstance(text, str)}
        yield from (f"{tr.id}: {problem}" for problem in read(tr, reply.fields, told).problems[:1])

    def asked(self, tr: TR, body: dict[str, Any]) -> Answer:
        """What the gate answers to a body as it is."""
        headers = {"api-id": tr.id, "authorization": f"Bearer {self._token}"}
        return self._simulator.gate.answer(Question("POST", tr.path, headers, json.dumps(body).encode()))

    @cached_property
    def _simulator(self) -> Simulator:
        manners = replace(REAL, quota=MANY, total_quota=MANY, order_quota=MANY, token_quota=MANY)
        exchange = Exchange.opened(None, seed=1, profile=manners.name, trader=False, now=OPENING)
        return Simulator(exchange, manners, [self._pair], None)

    @cached_property
    def _token(self) -> str:
        keys = {"appkey": self._pair.app_key, "secretkey": self._pair.app_secret}
        asked = json.dumps({"grant_type": "client_credentials", **keys}).encode()
        answer = self._simulator.gate.answer(Question("POST", "/oauth2/token", {}, asked))
        return str(json.loads(answer.body)["token"])
