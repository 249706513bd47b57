"""A broker that answers every TR of the market pages, or fails as a test wants it to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest

from kiwoomweb.broker.errors import Incomplete
from kiwoomweb.broker.protocol import Reply, rows
from tests.market.pages.samples import AT, reply


@dataclass
class AnyBroker:
    """``asked`` is what has been asked; ``trouble`` is raised instead of an answer; ``told`` overrules TRs.

    ``lengths`` says of how many pages a TR's answer has; ``cursors`` are those that came back to us.
    """

    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    told: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    trouble: Exception | None = None
    lengths: dict[str, int] = field(default_factory=dict)
    cursors: list[str] = field(default_factory=list)
    ended: bool = False

    def now(self) -> datetime:
        return AT

    def call(self, tr: str, body: Mapping[str, str] | None = None) -> Reply:
        if self.trouble:
            raise self.trouble
        self.asked.append((tr, dict(body or {})))
        if tr in self.told:
            return Reply(tr, {"return_code": 0, "return_msg": "", **self.told[tr]}, "", AT)
        return reply(tr)

    def pages(self, tr: str, body: Mapping[str, str], *, most: int | None = None) -> Iterator[Reply]:
        wanted = min(most or 99, self.lengths.get(tr, 1))
        return iter([self._with_cursor(self.call(tr, body), number) for number in range(1, wanted + 1)])

    def further(self, tr: str, body: Mapping[str, str], next_key: str, page: int) -> Reply:
        if self.ended:
            raise Incomplete("the token ended", tr=tr)
        self.cursors.append(next_key)
        return self._with_cursor(self.call(tr, body), page)

    def _with_cursor(self, told: Reply, page: int) -> Reply:
        return replace(told, next_key=f"K{page}" if page < self.lengths.get(told.tr, 1) else "")

    def rows(self, tr: str, body: Mapping[str, str] | None, list_name: str) -> list[dict[str, Any]]:
        return rows(self.call(tr, body), list_name)

    def bodies_of(self, tr: str) -> list[dict[str, str]]:
        return [body for name, body in self.asked if name == tr]


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> AnyBroker:
    found = AnyBroker()
    for service in ("replies", "levels", "quotes", "lookups"):
        monkeypatch.setattr(f"market.services.{service}.broker_for", lambda *_: found)
    for page in ("market.boards.page", "market.overview.parts"):
        monkeypatch.setattr(f"{page}.broker_now", lambda _: AT)
    return found
