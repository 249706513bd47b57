"""Guarding: nothing of somebody else's account ever becomes a fact of this one.

Orders and fills name no account; the token alone says whose they are. So the broker is asked now and then which
account the token belongs to (ka00001), and every answer that does carry an account number is held against ours.
"""

import logging
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from kiwoomweb.access.models import Account
from kiwoomweb.broker import protocol
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.calls.account import account_number
from kiwoomweb.broker.errors import AnotherAccount
from kiwoomweb.broker.protocol import Reply

__all__ = ["Guarded"]

log = logging.getLogger(__name__)

#: The token's account is asked for again after so many seconds, by each process.
ASK_AGAIN = 600.0
#: (account, number, key) -> when it was last found to be ours.
_known: dict[tuple[int, str, str], float] = {}


class Guarded:
    """A broker whose answers are all about ``account``. Raises ``AnotherAccount`` where one is not."""

    def __init__(self, broker: Broker, account: Account) -> None:
        self._broker, self._account, self._number = broker, account, account.number

    def now(self) -> datetime:
        """The broker's time in Seoul."""
        return self._broker.now()

    def call(self, tr_id: str, body: Mapping[str, str] | None = None) -> Reply:
        """The first page of a TR."""
        self._identify()
        return self._ours(self._broker.call(tr_id, body))

    def pages(
        self, tr_id: str, body: Mapping[str, str] | None = None, *, most: int | None = None
    ) -> Iterator[Reply]:
        """All pages of a TR; none of them when one is not ours."""
        self._identify()
        return iter([self._ours(page) for page in self._broker.pages(tr_id, body, most=most)])

    def rows(self, tr_id: str, body: Mapping[str, str] | None, list_name: str) -> list[dict[str, Any]]:
        """The rows of one list over all its pages."""
        return [row for page in self.pages(tr_id, body) for row in protocol.rows(page, list_name)]

    def _identify(self) -> None:
        """Ask whose token it is, unless it was asked a little while ago. A new account has no number yet."""
        key = (self._account.pk, self._number, str(getattr(self._broker, "key_id", "")))
        if not self._number or time.monotonic() < _known.get(key, 0.0):
            return
        if account_number(self._broker) != self._number:
            self._alarm("ka00001")
        _known[key] = time.monotonic() + ASK_AGAIN

    def _ours(self, reply: Reply) -> Reply:
        lists = (value for value in reply.fields.values() if isinstance(value, list))
        rows = (row for value in lists for row in value if isinstance(row, dict))
        if any(_contradicts(str(told.get("acnt_no") or ""), self._number) for told in (reply.fields, *rows)):
            self._alarm(reply.tr)
        return reply

    def _alarm(self, tr: str) -> None:
        log.critical("%s answered about another account than %s", tr, self._account.pk)
        _known.clear()
        raise AnotherAccount("the answer names another account", tr=tr)


def _contradicts(told: str, number: str) -> bool:
    """Whether a number, some of its digits hidden (``8100-0***-11 [이름]``), cannot be ours."""
    shown = [sign for sign in told.partition("[")[0] if sign.isdigit() or sign == "*"]
    if len(shown) != len(number):
        return False
    return any(sign not in ("*", digit) for sign, digit in zip(shown, number, strict=True))
