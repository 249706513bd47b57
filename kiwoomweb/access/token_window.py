"""The token window: the order process hands access tokens to the other processes of this machine.

They may not open account keys (``access.powers``) and need none: au10001 alone uses them. A question is
``{"account": 7, "refused": moment of issue or null}``; the answer is a token, or the name of the trouble. The
socket lies in a private folder, and only as many questions are taken as there are hands.
"""

import json
import logging
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from kiwoomweb.access.errors import NotConnected
from kiwoomweb.access.gateway import broker_for
from kiwoomweb.access.models import Account
from kiwoomweb.access.shared_tokens import as_words
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.pacing import Priority
from kiwoomweb.broker.tokens import Token

__all__ = ["TokenWindow"]

HANDS = 8
#: Seconds until a question must be there, and between two looks whether to close.
PATIENCE, LOOK_EVERY = 5.0, 0.5
LONGEST = 1_000

log = logging.getLogger(__name__)


class TokenWindow(threading.Thread):
    """Open until ``stop``. Only the holder of the desk's lock opens it, so what lies there is a dead one's."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__(name="tokens", daemon=True)
        self._stop_event = stop
        self._free = threading.Semaphore(HANDS)
        self._hands = ThreadPoolExecutor(HANDS, thread_name_prefix="tokens")
        self._door = _opened(Path(settings.DESK_SOCKET))

    def run(self) -> None:
        """Take questions, one for each free hand."""
        with self._door:
            while not self._stop_event.is_set():
                with suppress(TimeoutError):
                    line, _address = self._door.accept()
                    self._free.acquire()
                    self._hands.submit(self._serve, line)
        self._hands.shutdown(wait=False)

    def _serve(self, line: socket.socket) -> None:
        try:
            with line, line.makefile("rb") as question:
                line.settimeout(PATIENCE)
                told = answer(dict(json.loads(question.readline(LONGEST))))
                line.sendall(json.dumps(told).encode() + b"\n")
        except (OSError, ValueError, KeyError, TypeError) as trouble:
            log.warning("a question for a token was not one, or nobody waited: %s", type(trouble).__name__)
        except DatabaseError as trouble:
            log.warning("the database does not answer: %s", trouble)
        except Exception:  # a hand that breaks must say so: nobody looks at what it returns
            log.exception("a question for a token broke")
        finally:
            self._free.release()
            close_old_connections()


def answer(question: dict[str, Any]) -> dict[str, object]:
    """The answer to one question: ``{"token": words}``, or ``{"trouble": kind, "said", "code", "tr"}``."""
    issued = question["refused"] and datetime.fromisoformat(question["refused"])
    try:
        account = Account.objects.filter(pk=int(question["account"])).first()
        if account is None:
            raise NotConnected
        client = broker_for(account, Priority.PERSON)
        token = client.renew(Token("", timezone.now(), issued)) if issued else client.token()
    except BrokerError as trouble:
        return {
            "trouble": type(trouble).__name__, "said": trouble.said, "code": trouble.code, "tr": trouble.tr,
        }  # fmt: skip
    return {"token": as_words(token)}


def _opened(path: Path) -> socket.socket:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    door = socket.socket(socket.AF_UNIX)
    door.bind(str(path))
    path.chmod(0o660)  # the group, should the order process run as a user of its own
    door.listen(64)
    door.settimeout(LOOK_EVERY)
    return door
