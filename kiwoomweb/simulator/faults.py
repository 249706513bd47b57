"""Faults: ways to make the broker misbehave, by count, by TR, for a time.

PROTOCOL 11 item 11. A fault is asked for in Python by tests, or over the control door:
``{"kind": "html", "tr": "kt00018", "count": 3}``. Several may be set; the first that fits a request acts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any

__all__ = ["KINDS", "PAGING_KINDS", "Fault", "Faults"]

#: kind -> what the caller sees.
KINDS = {
    "html": "HTTP 200 with the maintenance page (점검)",
    "blocked": "HTTP 400 with the firewall's HTML page; ``user_agent`` limits it to callers that contain it",
    "status": "HTTP ``status`` (503) with an HTML body",
    "hang": "nothing for ``seconds``, then the connection ends",
    "slow": "the true answer, ``seconds`` late",
    "reset_before": "the connection is reset and nothing was done",
    "reset_after": "the connection is reset after the request was carried out: the answer is lost",
    "truncated": "HTTP 200 with the first half of the JSON",
    "429": "HTTP 429, code 1700, nothing was done",
    "expire_tokens": "every token issued so far becomes invalid, at once",
    "refuse": "HTTP 200, family 3, the 8xxx code in ``code`` (8005, 8010, 8030, 8031, 8050 …)",
    "broken_paging": "the second page of a list fails with 1999; ``page`` says which one",
    "duplicate_page": "a later page of a list is the page before it once more",
    "looping_key": "a later page names, as the next-key, the key it was asked for with",
    "endless_pages": "a later page is empty and promises another one",
    "page_shrinks": "a later page has only half of its rows and says that it is the last",
    "row_between": "a row arrived between two pages: the later one begins with the last row of the one before",
    "status_between": "an order was filled between two pages: the later one begins with it as it was before",
    "other_account": "the answer is about an account with another number",
    "missing_row": "the last row of a list is left out",
    "doubled_fee": "commissions are told twice as large as they were",
    "negative_price": "execution prices are below zero",
    "unknown_symbol": "account rows carry a stock code nobody lists",
    "ws_drop": "every socket is cut without a close frame, once",
    "ws_bye": "every socket is closed with 1000 Bye, once",
    "ws_silence": "sockets stay open but nothing is sent, not even PING",
    "ws_mute": "sockets stay open and PING, but nothing is told: a line that has lost its far end",
    "ws_kick": "every socket is told R10001, as by another program's LOGIN, and closed, once",
    "ws_garbage": "every socket is sent frames that are no messages, or of types that do not exist, once",
    "ws_duplicate": "what is told next of the account (00 and 04) is told twice",
    "ws_hasty": "who is back within a second of hanging up is closed with 1000 Bye instead of a LOGIN ack",
    "exchange_reject": "an order is taken, then sent back by the exchange: 거부 on the socket alone",
    "double_sign": "negative numbers come with two signs: ``--335``",
    "saturated": "quantities in the rows of a list come as 4294967295",
}

#: Faults of later pages: they wait for a request that asks for one.
PAGING_KINDS = frozenset(
    (
        "broken_paging",
        "duplicate_page",
        "looping_key",
        "endless_pages",
        "page_shrinks",
        "row_between",
        "status_between",
    )
)
#: Faults of the socket; the others act on REST requests.
SOCKET_KINDS = frozenset(kind for kind in KINDS if kind.startswith("ws_"))


#: Field -> its type (a bool is no number here).
SHAPES: Mapping[str, type | tuple[type, ...]] = {
    "tr": str,
    "after": int,
    "seconds": (int, float),
    "status": int,
    "code": str,
    "page": int,
    "user_agent": str,
}
#: Nobody means to wait longer than this many seconds, or for so many requests.
LONGEST = 10_000_000


@dataclass(slots=True)
class Fault:
    """One misbehaviour. ``count`` requests (None: no limit) of ``tr`` ("": any) for ``lasting`` seconds."""

    kind: str
    tr: str = ""
    count: int | None = 1
    lasting: float | None = None
    after: int = 0
    seconds: float = 30.0
    status: int = 503
    code: str = "8005"
    page: int = 2
    user_agent: str = ""
    until: float | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}; known: {', '.join(KINDS)}")
        for name, kinds in SHAPES.items():
            if not isinstance(getattr(self, name), kinds) or isinstance(getattr(self, name), bool):
                raise ValueError(f"{name}={getattr(self, name)!r} is not of the right kind")
        for name in ("count", "lasting"):
            value = getattr(self, name)
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            if value is not None and not (is_number and 0 < value < LONGEST):
                raise ValueError(f"{name}={value!r} is no number above 0")
        if not (self.after >= 0 and 0 <= self.seconds < LONGEST and 200 <= self.status < 600 and self.page > 1):
            raise ValueError("after and seconds are 0 or more, status is an HTTP status, page is 2 or more")
        if self.kind in PAGING_KINDS:
            self.after += self.page - 2

    def fits(self, tr: str, user_agent: str, *, continued: bool) -> bool:
        if self.kind in PAGING_KINDS and not continued:
            return False
        return self.tr in {"", tr} and self.user_agent in user_agent


class Faults:
    """The faults in force. Safe to call from any thread."""

    def __init__(self, expire_tokens: Callable[[], None], clock: Callable[[], float] = monotonic) -> None:
        self._expire_tokens = expire_tokens
        self._clock = clock
        self._lock = Lock()
        self._set: list[Fault] = []

    def add(self, kind: str, **details: Any) -> Fault:
        """Set a fault; ``details`` are the fields of ``Fault``. Raises ``ValueError`` for nonsense."""
        if strangers := details.keys() - Fault.__dataclass_fields__.keys() | details.keys() & {"until"}:
            raise ValueError(f"a fault has no {', '.join(sorted(strangers))}")
        fault = Fault(kind, **details)
        if kind == "expire_tokens":
            self._expire_tokens()
            return fault
        if fault.lasting is not None:
            fault.until = self._clock() + fault.lasting
            fault.count = details.get("count")
        with self._lock:
            self._set.append(fault)
        return fault

    def clear(self) -> None:
        with self._lock:
            self._set.clear()

    def in_force(self) -> list[Fault]:
        with self._lock:
            self._forget_spent()
            return list(self._set)

    def next_for(self, tr: str, user_agent: str = "", *, continued: bool = False) -> Fault | None:
        """The fault that acts on this REST request, counted as used; None lets it pass.

        ``continued`` says that the request asks for a later page of a list.
        """

        def acts(fault: Fault) -> bool:
            return fault.kind not in SOCKET_KINDS and fault.fits(tr, user_agent, continued=continued)

        return self._use(acts)

    def next_on_socket(self, kind: str) -> Fault | None:
        """A socket fault of this kind, counted as used."""
        return self._use(lambda fault: fault.kind == kind)

    def silent(self) -> bool:
        """Whether ``ws_silence`` is in force; it ends by time or by ``clear``."""
        return self._lasts("ws_silence")

    def mute(self) -> bool:
        """Whether ``ws_mute`` is in force; it ends by time or by ``clear``."""
        return self._lasts("ws_mute")

    def _lasts(self, kind: str) -> bool:
        return any(fault.kind == kind for fault in self.in_force())

    def _use(self, fits: Callable[[Fault], bool]) -> Fault | None:
        with self._lock:
            self._forget_spent()
            for fault in self._set:
                if not fits(fault):
                    continue
                if fault.after > 0:
                    fault.after -= 1
                    return None
                if fault.count is not None:
                    fault.count -= 1
                return fault
        return None

    def _forget_spent(self) -> None:
        now = self._clock()
        self._set = [
            fault
            for fault in self._set
            if (fault.count is None or fault.count > 0) and (fault.until is None or now < fault.until)
        ]
