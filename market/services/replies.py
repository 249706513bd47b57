"""Replies: what the broker said to one market TR, kept word for word and shown with its age when it is silent.

The words are kept, not what we made of them: an old answer is read by the reader of today.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta

from kiwoomweb.access.gateway import broker_for
from kiwoomweb.access.models import Account
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.pacing import Priority
from kiwoomweb.broker.protocol import Reply
from market.services.keeping import Answer, kept_or_asked

__all__ = ["replies_of"]

#: A list drawn twice in this time asks once, whoever looks at it.
FRESH = timedelta(seconds=8)
#: TRs about the person behind the key: what one account is told is nothing for the others.
OWN = frozenset({"ka01300", "ka01301"})


def replies_of(
    account: Account, tr: str, body: Mapping[str, str], *, fresh: timedelta = FRESH, pages: int = 1
) -> Answer[list[Reply]]:
    """The first ``pages`` pages of a TR. Raises ``UnknownSymbol``; never called inside a transaction."""

    def ask() -> list[Reply]:
        broker = broker_for(account, Priority.PERSON)
        return list(broker.pages(tr, body, most=pages)) if find(tr).pages else [broker.call(tr, body)]

    return kept_or_asked(account, _name(account, tr, body, pages), list[Reply], ask, fresh)


def _name(account: Account, tr: str, body: Mapping[str, str], pages: int) -> str:
    question = json.dumps([sorted(body.items()), pages, account.code if tr in OWN else ""])
    return f"tr:{tr}:{hashlib.sha256(question.encode()).hexdigest()[:32]}"
