"""Keeping: store every raw reply of an account TR before anybody tries to understand it.

The ids of what was kept are collected for whoever asked, so that a fact can name the words it came from::

    with heard() as replies:
        sales = sales_on(broker, day)
    replies -> [4711, 4712]    # BrokerReply ids, page by page
"""

import hashlib
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Protocol

from django.db.models import F

from kiwoomweb.access.models import Account, BrokerReply

__all__ = ["Raw", "heard", "keeper"]

_heard: ContextVar[list[int] | None] = ContextVar("heard", default=None)

#: Fast enough for a reply of a megabyte to cost a few milliseconds; replies are repetitive and shrink tenfold.
LEVEL = 6


class Raw(Protocol):
    """A reply as it came over the wire (``broker.client.RawReply``)."""

    @property
    def tr(self) -> str: ...
    @property
    def request_hash(self) -> str: ...
    @property
    def page(self) -> int: ...
    @property
    def status(self) -> int: ...
    @property
    def content(self) -> bytes: ...
    @property
    def received_at(self) -> datetime: ...


@contextmanager
def heard() -> Iterator[list[int]]:
    """Collect the ids of all replies kept by this thread inside the block, also of calls that then failed."""
    replies: list[int] = []
    before = _heard.set(replies)
    try:
        yield replies
    finally:
        _heard.reset(before)


def keeper(account: Account) -> Callable[[Raw], None]:
    """A ``keep`` for the account's client."""

    def keep(raw: Raw) -> None:
        kept = _keep(account, raw)
        replies = _heard.get()
        if replies is not None:
            replies.append(kept)

    return keep


def _keep(account: Account, raw: Raw) -> int:
    digest = hashlib.sha256(raw.content).hexdigest()
    question = BrokerReply.objects.filter(account=account, request_hash=raw.request_hash, page=raw.page)
    last = question.order_by("-pk").values_list("pk", "sha256", "status").first()
    if last and last[1:] == (digest, raw.status):
        BrokerReply.objects.filter(pk=last[0]).update(seen_at=raw.received_at, times=F("times") + 1)
        return last[0]
    return BrokerReply.objects.create(
        account=account,
        tr=raw.tr,
        request_hash=raw.request_hash,
        page=raw.page,
        status=raw.status,
        content=zlib.compress(raw.content, LEVEL),
        sha256=digest,
        received_at=raw.received_at,
        seen_at=raw.received_at,
    ).pk
