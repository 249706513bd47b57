"""A broker on stage: answers as it is told, remembers what it was asked. No network, no waiting."""

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import httpx

from kiwoomweb.broker.client import Client, RawReply
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.environment import Address, Environment
from kiwoomweb.broker.pacing import Priority, Turn, Unpaced
from kiwoomweb.broker.tokens import MemoryTokenStore

KEYS = Credentials("APPKEY-CANARY", "SECRET-CANARY")
EXPIRED = {"return_code": 3, "return_msg": "인증에 실패했습니다[8005:Token이 유효하지 않습니다]"}
LIMITED = {"return_code": 5, "return_msg": "허용된 요청 개수를 초과하였습니다[1700:유량=5, API ID=ka10075]"}

Answer = httpx.Response | Exception | dict[str, Any] | Callable[[httpx.Request], httpx.Response]


def said(fields: Mapping[str, Any], *, status: int = 200, next_key: str = "", **headers: str) -> httpx.Response:
    """A reply in the broker's envelope, successful unless ``fields`` say otherwise."""
    body = {"return_code": 0, "return_msg": " 조회가 완료되었습니다.", **fields}
    paging = {"cont-yn": "Y", "next-key": next_key} if next_key else {"cont-yn": "N", "next-key": ""}
    return httpx.Response(status, content=json.dumps(body).encode(), headers=paging | headers)


class NoPacer(Unpaced):
    """Lets everybody through, and remembers whom."""

    def __init__(self) -> None:
        self.passed: list[tuple[str, str, int]] = []

    def turn(
        self, key_id: str, tr_id: str, priority: Priority, payer: str = ""
    ) -> AbstractContextManager[Turn]:
        self.passed.append((key_id, tr_id, priority))
        return super().turn(key_id, tr_id, priority, payer)


class Stage:
    """``stage["ka10075"] = [first answer, second answer…]``; the last one stays for good."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.asked: defaultdict[str, list[httpx.Request]] = defaultdict(list)
        self.kept: list[RawReply] = []
        self.slept: list[float] = []
        self.tokens = MemoryTokenStore()
        self.pacer = NoPacer()
        self.now = datetime.now(UTC)
        self.ends = "20991231235959"
        self._guard = threading.Lock()
        self._issued = 0

    def __setitem__(self, tr_id: str, answers: Answer | list[Answer]) -> None:
        self.answers[tr_id] = answers if isinstance(answers, list) else [answers]

    def line(self) -> httpx.Client:
        """A connection that ends on this stage."""
        return httpx.Client(transport=httpx.MockTransport(self._answer))

    def client(self, **more: Any) -> Client:
        return Client(
            KEYS,
            Address("https://broker.test", "wss://broker.test"),
            tokens=self.tokens,
            pacer=self.pacer,
            environment=Environment.PAPER,
            keep=self.kept.append,
            sleep=self.slept.append,
            **{"http": self.line(), **more},
        )

    def bodies(self, tr_id: str) -> list[dict[str, str]]:
        return [json.loads(request.content) for request in self.asked[tr_id]]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        tr_id = request.headers.get("api-id") or "au10001"
        with self._guard:
            self.asked[tr_id].append(request)
            if tr_id == "au10001" and tr_id not in self.answers:
                return self._token()
            queue = self.answers[tr_id]
            answer = queue.pop(0) if len(queue) > 1 else queue[0]
        if isinstance(answer, Exception):
            raise answer
        if callable(answer):
            return answer(request)
        response = said(answer) if isinstance(answer, dict) else answer
        headers = {**response.headers, **self._date()}
        return httpx.Response(response.status_code, content=response.content, headers=headers)

    def _token(self) -> httpx.Response:
        self._issued += 1
        token = {"token": f"TOKEN-CANARY-{self._issued}", "token_type": "bearer", "expires_dt": self.ends}
        return said(token, **self._date())

    def _date(self) -> dict[str, str]:
        return {"Date": format_datetime(self.now.astimezone(UTC), usegmt=True)}
