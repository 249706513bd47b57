"""Issuing: one good token for many callers, asked for once.

However many threads and processes find their token refused at the same time, exactly one of them asks for a new
one; the others wait for the lock and then find it on the shelf, or the setback that it was not given.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.errors import BrokerError, Unreadable
from kiwoomweb.broker.protocol import Reply
from kiwoomweb.broker.setbacks import Setback
from kiwoomweb.broker.tokens import Token, TokenStore
from kiwoomweb.broker.wire.row import Row
from kiwoomweb.broker.wire.times import moment

__all__ = ["Issuer", "TokenDesk", "token_of"]


class Issuer(Protocol):
    """Who names a good token, renews a refused one, takes it off the shelf. Raises ``BrokerError``."""

    def token(self) -> Token: ...

    def renew(self, refused: Token | None) -> Token: ...

    def drop(self) -> Token | None: ...


class TokenDesk:
    """Names a good token, renews a refused one. ``issue`` asks the broker (au10001), patiently if told so.

    ``is_urgent``: for somebody who takes orders back.
    """

    def __init__(
        self, key_id: str, store: TokenStore, issue: Callable[[bool], Reply], *, is_urgent: bool = False
    ) -> None:
        self._key_id, self._store, self._issue, self._is_urgent = key_id, store, issue, is_urgent

    def token(self) -> Token:
        """The shared token, or a new one when there is none or its time is over."""
        held = self._store.get(self._key_id)
        return held if held and held.good_at(datetime.now(UTC)) else self.renew(held)

    def renew(self, refused: Token | None) -> Token:
        """A token other than ``refused``: the one somebody else just got, or a new one.

        Compared by the moment of issue: Kiwoom may answer with the very text it has just refused.
        """
        with self._store.lock(self._key_id):
            held = self._store.get(self._key_id)
            if held and (refused is None or held.issued != refused.issued) and held.good_at(datetime.now(UTC)):
                return held
            token = self._ask(refused)
            self._store.put(self._key_id, token)
            return token

    def drop(self) -> Token | None:
        """Take the token off the shelf: the next caller asks for a new one. The token that lay there."""
        with self._store.lock(self._key_id):
            held = self._store.get(self._key_id)
            self._store.drop(self._key_id)
            return held

    def _ask(self, refused: Token | None) -> Token:
        before = self._store.setback(self._key_id)
        if before and before.holds(datetime.now(UTC), is_urgent=self._is_urgent):
            raise before.again()
        try:
            token = token_of(self._issue(before is None), datetime.now(UTC))
        except BrokerError as trouble:
            if refused:
                self._store.drop(self._key_id)
            self._store.set_back(self._key_id, Setback.of(trouble, before, datetime.now(UTC)))
            raise
        if before:
            self._store.set_back(self._key_id, None)
        return token


def token_of(reply: Reply, now: datetime) -> Token:
    """The token of an au10001 reply, its end told by our clock.

    ``expires_dt`` is by the broker's clock; where the reply says what that clock shows, only the time *left* is
    taken from it, so that neither a wrong clock here nor a virtual one there ages the token.
    """
    row = Row(reply.tr, reply.fields)
    text, ends = row.text("token"), row.need(moment, "expires_dt")
    if not (text.isascii() and text.isprintable() and text):
        raise Unreadable("no token in the reply", tr=reply.tr)
    left = ends - (reply.at or now.astimezone(SEOUL))
    return Token(text, now + left, now)
