"""Questions over the socket: condition searches, asked and answered on the line that also carries the ticks.

Answers carry no request id (PROTOCOL 8.8), so they are matched to the questions of their kind in the order
asked; a connection that ends takes its unanswered questions with it.
"""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Mapping
from typing import Any

from kiwoomweb.broker.errors import BrokerError, Unreachable

__all__ = ["KINDS", "LIST", "Answer", "Questions", "needs_list", "text_of"]

LIST = "CNSRLST"
#: 조건검색 목록 (ka10171), 실행과 실시간 시작 (ka10172, ka10173), 실시간 해제 (ka10174).
KINDS = frozenset({LIST, "CNSRREQ", "CNSRCLR"})

Answer = Mapping[str, Any]


class Questions:
    """What has been asked on the present connection and not been answered."""

    def __init__(self) -> None:
        self.listed = False
        self._open: defaultdict[str, deque[asyncio.Future[Answer]]] = defaultdict(deque)

    def asked(self, kind: str) -> "asyncio.Future[Answer]":
        """A question of this kind is on its way; the future is its answer."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._open[kind].append(future)
        return future

    def answered(self, kind: str, answer: Answer | BrokerError) -> bool:
        """Hand the answer to the oldest question of its kind. ``False``: nobody had asked."""
        if not self._open[kind]:
            return False
        future = self._open[kind].popleft()
        if not future.done():  # whoever asked may have gone; the place in the row stays theirs
            if isinstance(answer, BrokerError):
                future.set_exception(answer)
            else:
                future.set_result(answer)
                self.listed = self.listed or kind == LIST
        return True

    def end(self) -> None:
        """The connection is gone: nobody will answer, and the list must be asked for again."""
        self.listed = False
        for row in self._open.values():
            for future in row:
                if not future.done():
                    future.set_exception(Unreachable("the connection ended before the answer", tr="socket"))
        self._open.clear()


def needs_list(question: Mapping[str, str]) -> bool:
    """Whether the broker wants the list asked for first on the same connection (realtime searches)."""
    return question.get("trnm") == "CNSRREQ" and question.get("search_type") == "1"


def text_of(question: Mapping[str, str]) -> str:
    return json.dumps(dict(question), ensure_ascii=False)
