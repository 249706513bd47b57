"""Replies: what the broker said to one market TR, kept word for word and shown with its age when it is silent.

The words are kept, not what we made of them: an old answer is read by the reader of today.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta

import msgspec
from django.utils import timezone

from kiwoomweb.access.gateway import broker_for
from kiwoomweb.access.models import Account
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.errors import Incomplete
from kiwoomweb.broker.pacing import Priority
from kiwoomweb.broker.protocol import Reply
from market.models import Kept
from market.services.keeping import Answer, kept_or_asked

__all__ = ["further_replies_of", "replies_of"]

#: A list drawn twice in this time asks once, whoever looks at it.
FRESH = timedelta(seconds=8)
#: TRs about the person behind the key: what one account is told is nothing for the others.
OWN = frozenset({"ka01300", "ka01301"})
#: How long the cursor behind a kept page is followed; after that all pages are asked for anew.
FOLLOWED = timedelta(minutes=5)


def replies_of(
    account: Account, tr: str, body: Mapping[str, str], *, fresh: timedelta = FRESH, pages: int = 1
) -> Answer[list[Reply]]:
    """The first ``pages`` pages of a TR. Raises ``UnknownSymbol``; never called inside a transaction."""

    def ask() -> list[Reply]:
        broker = broker_for(account, Priority.PERSON)
        return list(broker.pages(tr, body, most=pages)) if find(tr).pages else [broker.call(tr, body)]

    return kept_or_asked(account, _name(account, tr, body, pages), list[Reply], ask, fresh)


def further_replies_of(account: Account, tr: str, body: Mapping[str, str], pages: int) -> Answer[list[Reply]]:
    """The first ``pages`` pages, two or more: one call where those before it were asked for a moment ago.

    A cursor is good for the key it was given to, so these pages are kept for one account alone.
    """

    def ask() -> list[Reply]:
        broker = broker_for(account, Priority.PERSON)
        before = _lately(account, _name(account, tr, body, pages - 1, account.code))
        if not before:
            return list(broker.pages(tr, body, most=pages))
        if not before[-1].next_key:
            return before
        try:
            return [*before, broker.further(tr, body, before[-1].next_key, pages)]
        except Incomplete:  # the cursor ended with its token
            return list(broker.pages(tr, body, most=pages))

    return kept_or_asked(account, _name(account, tr, body, pages, account.code), list[Reply], ask, FRESH)


def _lately(account: Account, name: str) -> list[Reply]:
    """Pages kept a short while ago; none that are older."""
    kept = Kept.objects.filter(environment=account.environment, what=name, at__gt=timezone.now() - FOLLOWED)
    return [reply for row in kept for reply in msgspec.json.decode(bytes(row.body), type=list[Reply])]


def _name(account: Account, tr: str, body: Mapping[str, str], pages: int, whose: str = "") -> str:
    question = json.dumps([sorted(body.items()), pages, account.code if tr in OWN else whose])
    return f"tr:{tr}:{hashlib.sha256(question.encode()).hexdigest()[:32]}"
