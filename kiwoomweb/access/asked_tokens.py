"""Asked tokens: a process that may not open account keys asks the order process for an access token.

One line of JSON goes to the order process's socket file (``DESK_SOCKET``), one comes back;
``access.token_window`` answers. What lies on the shared shelf is used without asking. Without an order process
there is no new token: a ``DeskAway``, after which the caller's own back-off asks again.
"""

import json
import socket
import time
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from kiwoomweb.access import errors as own
from kiwoomweb.access.errors import DeskAway
from kiwoomweb.access.shared_tokens import SharedTokens, from_words
from kiwoomweb.broker import errors as brokers
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.tokens import Token

__all__ = ["AskedTokens"]

#: Seconds in which the order process takes the question, and in which it has asked the broker.
TAKEN_WITHIN, ANSWERED_WITHIN = 5.0, 60.0
#: Seconds between two looks for an order process that is starting; and in which nobody waits for it again.
LOOK_EVERY, NOT_AGAIN_FOR = 0.1, 30.0
LONGEST = 65_536

_missed_at = -NOT_AGAIN_FOR


class AskedTokens:
    """An ``Issuer`` for one account whose keys are elsewhere. ``patience``: seconds to wait for its return."""

    def __init__(self, account_id: int, key_id: str, shelf: SharedTokens, patience: float) -> None:
        self._account_id, self._key_id, self._shelf, self._patience = account_id, key_id, shelf, patience

    def token(self) -> Token:
        """The shared token, or one asked for when there is none or its time is over."""
        held = self._shelf.get(self._key_id)
        return held if held and held.good_at(datetime.now(UTC)) else self.renew(held)

    def renew(self, refused: Token | None) -> Token:
        """A token other than ``refused``. Raises a ``BrokerError``: what the broker said, or ``DeskAway``."""
        held = self._shelf.get(self._key_id)
        if held and (refused is None or held.issued != refused.issued) and held.good_at(datetime.now(UTC)):
            return held
        told = self._ask({"account": self._account_id, "refused": refused and refused.issued.isoformat()})
        if "token" not in told:
            raise _trouble(told)
        token = from_words(told["token"])
        self._shelf.remember(self._key_id, token)
        return token

    def drop(self) -> Token | None:
        """Take the token off the shelf."""
        held = self._shelf.get(self._key_id)
        self._shelf.drop(self._key_id)
        return held

    def _ask(self, question: dict[str, object]) -> dict[str, Any]:
        try:
            with self._connected() as line:
                line.sendall(json.dumps(question).encode() + b"\n")
                line.settimeout(ANSWERED_WITHIN)
                with line.makefile("rb") as answer:
                    return dict(json.loads(answer.readline(LONGEST)))
        except (OSError, ValueError) as trouble:  # it ended while we asked, or before
            raise DeskAway(type(trouble).__name__) from None

    def _connected(self) -> socket.socket:
        """Waits for an order process that is starting; once one was missed, nobody waits for a while."""
        global _missed_at  # noqa: PLW0603  what one thread has found out spares the others the waiting
        is_missed = time.monotonic() - _missed_at < NOT_AGAIN_FOR
        deadline = time.monotonic() + (0 if is_missed else self._patience)
        while True:
            line = socket.socket(socket.AF_UNIX)
            line.settimeout(TAKEN_WITHIN)
            try:
                line.connect(str(settings.DESK_SOCKET))
            except OSError:
                line.close()
                if time.monotonic() >= deadline:
                    _missed_at = _missed_at if is_missed else time.monotonic()
                    raise
                time.sleep(LOOK_EVERY)
            else:
                _missed_at = -NOT_AGAIN_FOR
                return line


def _trouble(told: dict[str, Any]) -> BrokerError:
    """The error the order process met, as if we had met it."""
    name = str(told.get("trouble"))
    kind = getattr(own, name, None) or getattr(brokers, name, None)
    if not (isinstance(kind, type) and issubclass(kind, BrokerError)):
        kind = BrokerError
    return kind(str(told.get("said", "")), code=str(told.get("code", "")), tr=str(told.get("tr", "")))
