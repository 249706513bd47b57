"""A broker of few words: answers what a test tells it to, and remembers what it was asked."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import format_datetime

import httpx
from django.utils import timezone

TOKEN = "canary-token-t3Hj8PqN"


def token_reply(**other: object) -> dict[str, object]:
    return {"token": TOKEN, "token_type": "bearer", "expires_dt": "20991231235959", "return_code": 0} | other


def refused(code: str, text: str = "거부") -> dict[str, object]:
    return {"return_code": 3, "return_msg": f"인증에 실패했습니다[{code}:{text}]"}


@dataclass
class BrokerDouble:
    """``answers`` maps a TR (``au10001`` for tokens) to a body, a response, or something to call for one."""

    answers: dict[str, object] = field(default_factory=dict)
    asked: list[httpx.Request] = field(default_factory=list)
    clock: Callable[[], object] = timezone.now

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.get(self.tr_of(request))
        if callable(answer):
            answer = answer(request)
        if isinstance(answer, httpx.Response):
            return answer
        return httpx.Response(200, content=json.dumps(answer).encode(), headers={"date": self.date})

    @property
    def date(self) -> str:
        return format_datetime(self.clock().astimezone(timezone.get_fixed_timezone(0)), usegmt=False)

    @staticmethod
    def tr_of(request: httpx.Request) -> str:
        return "au10001" if request.url.path == "/oauth2/token" else request.headers["api-id"]

    def times(self, tr: str) -> int:
        """How often that TR was asked."""
        return sum(self.tr_of(request) == tr for request in self.asked)
