"""Webhook: a POST of JSON, signed so that its receiver knows who sent it and that it is not an old one.

``X-Kiwoomweb-Signature: t=<epoch>,v1=<hex>``; v1 is HMAC-SHA256 of ``<epoch>.<body>`` under the channel's key.
``X-Kiwoomweb-Delivery`` is the same at every try: a receiver that keeps it never does a thing twice.
"""

import hashlib
import hmac
import time
from collections.abc import Callable

from kiwoomweb.notices.models import Delivery
from kiwoomweb.notices.seals import address_of, secret_of
from kiwoomweb.notices.wires.guard import Forbidden, target
from kiwoomweb.notices.wires.http import Unsent, Unsure, ask
from kiwoomweb.notices.wires.verdict import Outcome, Verdict

__all__ = ["hand_over", "signature"]

#: Refusals that time may heal: too early, too many, in maintenance.
LATER = frozenset({408, 409, 423, 425, 429})


def hand_over(row: Delivery, body: bytes, last_byte: Callable[[], bool]) -> Verdict:
    """What its receiver made of it. Only 2xx is sent; a redirect is refused: the guard saw another address."""
    if row.channel is None:
        return Verdict.of(Outcome.REFUSED, "no channel")
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "KiwoomWeb",
        "X-Kiwoomweb-Delivery": row.message_id,
        "X-Kiwoomweb-Signature": signature(secret_of(row.channel), body, int(time.time())),
    }
    try:
        status = ask(target(address_of(row.channel)), body, headers, last_byte).status
    except Forbidden as no:
        return Verdict.of(Outcome.REFUSED, str(no))
    except Unsent as trouble:
        return Verdict.of(Outcome.LATER, str(trouble))
    except Unsure as trouble:
        # Its receiver knows the number, so that asking again is safe.
        return Verdict.of(Outcome.LATER, str(trouble))
    if 200 <= status < 300:
        return Verdict.of(Outcome.SENT, f"HTTP {status}")
    return Verdict.of(Outcome.LATER if status >= 500 or status in LATER else Outcome.REFUSED, f"HTTP {status}")


def signature(key: str, body: bytes, at: int) -> str:
    """The header's value for this body at this second."""
    mac = hmac.new(key.encode(), b"%d." % at + body, hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"
