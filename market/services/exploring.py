"""Exploring: ask one page of any TR, and keep hold of the words it came in, refusals too."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter

from kiwoomweb.access.gateway import broker_for
from kiwoomweb.access.models import Account, BrokerReply
from kiwoomweb.access.services.keeping import heard
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.pacing import Priority
from kiwoomweb.broker.protocol import Reply

__all__ = ["NotFromHere", "Told", "ask", "ask_further", "pages_of"]


class NotFromHere(Exception):
    """An order is never sent from the explorer."""


@dataclass(frozen=True, slots=True)
class Told:
    """``reply`` is the id of the kept words, if there were any; ``took`` is milliseconds, waiting included."""

    reply: int | None
    next_key: str
    took: int
    error: BrokerError | None = None


def ask(account: Account, tr_id: str, body: Mapping[str, str]) -> Told:
    """The first page of a TR, or the error it came to. Raises ``NotFromHere`` for an order."""
    return _told(tr_id, lambda: broker_for(account, Priority.PERSON).call(tr_id, body))


def ask_further(account: Account, tr_id: str, body: Mapping[str, str], next_key: str, page: int) -> Told:
    """The page behind ``next_key``, or the error it came to."""
    return _told(tr_id, lambda: broker_for(account, Priority.PERSON).further(tr_id, body, next_key, page))


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
