"""The simulator as an ASGI application: the broker's paths, its socket, and the control door beside them."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from kiwoomweb.broker.environment import SOCKET_PATH
from kiwoomweb.simulator.control import CONTROL_PATH, Control
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.faults import Fault, Faults
from kiwoomweb.simulator.gate import Answer, Gate, Question
from kiwoomweb.simulator.hub import Hub
from kiwoomweb.simulator.profile import ORDER_TRS, Profile
from kiwoomweb.simulator.refusals import Refusal, auth_by_code, too_many
from kiwoomweb.simulator.socket import Message, Receive, Send, serve_socket
from kiwoomweb.simulator.tokens import KeyPair, Tokens
from kiwoomweb.simulator.warming import of_all_days, of_day

__all__ = ["Simulator"]

#: Between two steps of what is made ahead of need: about a tenth of one processor for some two minutes.
WARM_EVERY_S = 0.04
#: How often to look whether the virtual clock has come to another day.
NEW_DAY_S = 5.0
MOST_BODY = 65_536

MAINTENANCE = (
    "<!DOCTYPE html><html><head><title>시스템 점검</title></head><body>시스템 점검 중입니다.</body></html>"
)
BLOCKED = "<!DOCTYPE html><html><head><title>Request Blocked</title></head><body>Request Blocked</body></html>"
FAILED = "<!DOCTYPE html><html><head><title>Service Unavailable</title></head><body>Error</body></html>"


class Simulator:
    """One host: an exchange, the keys that may ask it, and its manners (``profile``)."""

    def __init__(
        self,
        exchange: Exchange,
        profile: Profile,
        keys: Iterable[KeyPair],
        state: Path | None = None,
        *,
        warm: bool = False,
    ) -> None:
        """``warm`` has every price series made in the background, day by day, so that nobody waits for it."""
        pairs = list(keys)
        self.exchange, self.profile, self._warm = exchange, profile, warm
        self.account = account_number(pairs[0].app_key)
        tokens_file = state / "tokens.json" if state else None
        self.tokens = Tokens(profile, pairs, exchange.now, tokens_file)
        self.faults = Faults(self.tokens.forget)
        self.gate = Gate(exchange, profile, self.tokens, self.account)
        self.hub = Hub(exchange, profile, self.tokens, self.faults, self.account)
        self.control = Control(exchange, self.faults, state)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._request(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """The hub beats from start to shutdown."""
        await receive()
        tasks = [asyncio.create_task(self.hub.beat_forever())]
        if self._warm:
            tasks.append(asyncio.create_task(self._warm_up()))
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await send({"type": "lifespan.shutdown.complete"})

    async def _warm_up(self) -> None:
        """First what every list needs, then day by day what the live types and the long lists need."""
        await _unhurried(of_all_days(self.exchange))
        warm_for = None
        while True:
            day = self.exchange.market.day_at(self.exchange.now())
            if day != warm_for:
                await _unhurried(of_day(self.exchange, day))
            warm_for = day
            await asyncio.sleep(NEW_DAY_S)

    async def _socket(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["path"] == SOCKET_PATH:
            await serve_socket(scope, receive, send, self.hub)
        else:
            await receive()
            await send({"type": "websocket.close"})

    async def _request(self, scope: Message, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        body = await _body(receive)
        if scope["path"].startswith(CONTROL_PATH):
            await self._controlled(scope, headers, body, send)
            return
        question = Question(scope["method"], scope["path"], headers, body)
        agent, continued = headers.get("user-agent", ""), bool(question.next_key)
        fault = self.faults.next_for(question.tr, agent, continued=continued)
        if fault is None:
            answer = self.gate.answer(question)
            if self.profile.ws_events == "before" and question.tr in ORDER_TRS:
                self.hub.beat()
                await asyncio.sleep(0)  # the sockets are written first
            await _send(send, answer)
        else:
            await self._misbehave(fault, question, scope, send)

    async def _misbehave(self, fault: Fault, question: Question, scope: Message, send: Send) -> None:
        """Answer as the fault says; what comes before processing never reaches the gate."""
        if fault.kind in {"hang", "slow"}:
            await asyncio.sleep(fault.seconds)
        if fault.kind in {"hang", "reset_before"}:
            await _cut(scope)
            return
        answer = self._instead(fault, question) or self.gate.answer(question, fault)
        if fault.kind == "reset_after":
            await _cut(scope)
            return
        if fault.kind == "exchange_reject" and (number := _order_number(answer)):
            self.exchange.reject(number)
        if fault.kind == "truncated":
            answer = Answer(answer.status, answer.headers, answer.body[: len(answer.body) // 2])
        await _send(send, answer)

    def _instead(self, fault: Fault, question: Question) -> Answer | None:
        """What is said in place of an answer; None where the request is carried out."""
        pages = {"html": (200, MAINTENANCE), "blocked": (400, BLOCKED), "status": (fault.status, FAILED)}
        if fault.kind in pages:
            return self.gate.page_html(*pages[fault.kind])
        refusals: dict[str, Refusal] = {
            "429": too_many("1700", self.profile.quota, question.tr),
            "refuse": auth_by_code(fault.code),
        }
        no = refusals.get(fault.kind)
        return self.gate.refused(question, no) if no else None

    async def _controlled(self, scope: Message, headers: dict[str, str], body: bytes, send: Send) -> None:
        client = (scope.get("client") or ("192.0.2.0",))[0]
        token = headers.get("x-control-token", "")
        status, said = self.control.answer(scope["path"], client, token, body)
        told = json.dumps(said, ensure_ascii=False).encode()
        await _send(send, Answer(status, {"content-type": "application/json"}, told))


async def _unhurried(steps: Iterator[None]) -> None:
    """One step after the other, the loop breathing in between."""
    for _ in steps:
        await asyncio.sleep(WARM_EVERY_S)


def account_number(app_key: str) -> str:
    """Ten digits that belong to a key; the last two are the broker's class for 위탁 (PROTOCOL 1.3)."""
    return f"{int(sha256(app_key.encode()).hexdigest(), 16) % 90_000_000 + 10_000_000}11"


def _order_number(answer: Answer) -> str:
    """The number of the order an answer reports; blank where it reports none."""
    number = json.loads(answer.body).get("ord_no", "")
    return number if isinstance(number, str) else ""


async def _cut(scope: Message) -> None:
    scope["extensions"]["simulator.cut"]()
    await asyncio.sleep(0)  # the server hears of the loss before we return without an answer


async def _body(receive: Receive) -> bytes:
    """The whole body, or its beginning: no request of the guide comes near the limit."""
    body, more = b"", True
    while more:
        message = await receive()
        body = (body + message.get("body", b""))[:MOST_BODY]
        more = message.get("more_body", False)
    return body


async def _send(send: Send, answer: Answer) -> None:
    headers = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
    headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
