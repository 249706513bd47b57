"""Keeping: ask the broker about the market, keep the answer, and show the last good one when it is silent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

import msgspec
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.errors import BrokerError, UnknownSymbol
from market.models import Kept

__all__ = ["Answer", "kept_or_asked"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """``value`` is ``None`` when the broker has never answered this; ``at`` is when it did (our clock).

    ``trouble`` is a sentence for the user while the broker cannot be asked and ``value`` is an old one.
    """

    value: T | None
    at: datetime | None
    trouble: str = ""


def kept_or_asked(
    account: Account, what: str, kind: type[T], ask: Callable[[], T], fresh: timedelta
) -> Answer[T]:
    """The answer to ``what``: the kept one while it is fresh, else a new one, else the last good one.

    ``UnknownSymbol`` is an answer, not a trouble, and passes through. Never called inside a transaction.
    """
    question = Kept.objects.filter(environment=account.environment, what=what)
    last = question.first()
    if last and timezone.now() - last.at < fresh:
        return Answer(_read(last, kind), last.at)
    try:
        value = ask()
    except UnknownSymbol:
        raise
    except BrokerError as trouble:
        sentence = str(trouble.notice)
        return Answer(_read(last, kind), last.at, sentence) if last else Answer(None, None, sentence)
    at = timezone.now()
    Kept.objects.update_or_create(
        environment=account.environment, what=what, defaults={"body": msgspec.json.encode(value), "at": at}
    )
    return Answer(value, at)


def _read(row: Kept, kind: type[T]) -> T:
    return msgspec.json.decode(bytes(row.body), type=kind)
