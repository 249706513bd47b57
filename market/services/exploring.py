"""Exploring: ask one page of any TR, and keep hold of the words it came in, refusals too."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

from django.utils import timezone

from kiwoomweb.access.gateway import broker_for
from kiwoomweb.access.models import Account, BrokerReply
from kiwoomweb.access.services.keeping import heard, keeper
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.pacing import Priority
from kiwoomweb.broker.protocol import Reply
from market import door
from market.services.answering import note_answer

__all__ = ["NotFromHere", "Told", "ask", "ask_further", "ask_socket", "pages_of"]


#: What stands for an HTTP status where an answer came over the socket.
BY_SOCKET = 101


class NotFromHere(Exception):
    """An order is never sent from the explorer."""


@dataclass(frozen=True, slots=True)
class Told:
    """``reply`` is the id of the kept words, if there were any; ``took`` is milliseconds, waiting included."""

    reply: int | None
    next_key: str
    took: int
    error: BrokerError | None = None


@dataclass(frozen=True, slots=True)
class Overheard:
    """What came over the socket, in the shape the keeper keeps."""

    tr: str
    request_hash: str
    page: int
    status: int
    content: bytes
    received_at: datetime


def ask(account: Account, tr_id: str, body: Mapping[str, str]) -> Told:
    """The first page of a TR, or the error it came to. Raises ``NotFromHere`` for an order."""
    return _told(tr_id, lambda: broker_for(account, Priority.PERSON).call(tr_id, body))


def ask_further(account: Account, tr_id: str, body: Mapping[str, str], next_key: str, page: int) -> Told:
    """The page behind ``next_key``, or the error it came to."""
    return _told(tr_id, lambda: broker_for(account, Priority.PERSON).further(tr_id, body, next_key, page))


def ask_socket(account: Account, tr_id: str, question: Mapping[str, str]) -> Told:
    """A condition search or a sample, through the one who holds the account's socket. Kept like any answer."""
    began = perf_counter()
    try:
        answer = door.ask(account, question)
    except BrokerError as error:
        return Told(None, "", _since(began), error)
    content = json.dumps(dict(answer), ensure_ascii=False).encode()
    digest = hashlib.sha256(json.dumps(dict(question), sort_keys=True).encode()).hexdigest()
    with heard() as kept:
        keeper(account)(Overheard(tr_id, digest, 1, BY_SOCKET, content, timezone.now()))
    note_answer(account.pk, tr_id)
    more = str(answer.get("next_key", "")) if answer.get("cont_yn") == "Y" else ""
    return Told(_last(kept), more, _since(began))


def pages_of(account: Account, replies: Iterable[int]) -> list[BrokerReply]:
    """The kept pages in the order asked for; those of another account are not found."""
    wanted = list(replies)
    kept = BrokerReply.objects.filter(account=account).in_bulk(wanted)
    return [kept[number] for number in wanted if number in kept]


def _told(tr_id: str, asking: Callable[[], Reply]) -> Told:
    if find(tr_id).is_order:
        raise NotFromHere(tr_id)
    began = perf_counter()
    with heard() as kept:
        try:
            reply = asking()
        except BrokerError as error:
            return Told(_last(kept), "", _since(began), error)
    return Told(_last(kept), reply.next_key, _since(began))


def _last(kept: list[int]) -> int | None:
    return kept[-1] if kept else None


def _since(began: float) -> int:
    return round((perf_counter() - began) * 1000)
