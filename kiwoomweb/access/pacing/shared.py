"""The shared pacer: all processes that speak with one app key take turns.

When Valkey is out of reach each process paces itself and says so: a call may then be refused (1700) and asked
again, no more.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from redis.exceptions import RedisError

from kiwoomweb.access.pacing.scheduler import Scheduler, scheduler_at
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import RateLimited
from kiwoomweb.broker.local_pacing import LocalPacer, gate_of, quota_in
from kiwoomweb.broker.pacing import Priority, Rates, Turn
from kiwoomweb.broker.turns import Ticket

__all__ = ["SharedPacer", "turns_of"]

#: After a failure Valkey is left alone for so long, in seconds.
RESPITE = 5.0

log = logging.getLogger(__name__)


def turns_of(environment: Environment, key_id: str) -> str:
    """Where the turns of an app key are kept in Valkey."""
    return f"turns:{environment}:{key_id}"


class SharedPacer:
    """A ``Pacer`` for one environment, over all processes."""

    def __init__(self, environment: Environment, rates: Rates) -> None:
        self._environment, self._rates = environment, rates
        self._alone = LocalPacer(rates)
        self._alone_until = 0.0

    @contextmanager
    def turn(self, key_id: str, tr_id: str, priority: Priority, payer: str = "") -> Iterator[Turn]:
        """Block until the call may leave. A more urgent call overtakes those that wait."""
        with ExitStack() as stack:
            turn = self._shared(key_id, tr_id, priority, payer)
            if turn is None:
                yield stack.enter_context(self._alone.turn(key_id, tr_id, priority, payer))
                return
            try:
                yield turn
            except RateLimited as no:
                with suppress(RedisError):
                    turn.refused(no)
                raise
            finally:
                turn.answered()

    def _shared(self, key_id: str, tr_id: str, priority: Priority, payer: str) -> "_Turn | None":
        if time.monotonic() < self._alone_until:
            return None
        ticket = Ticket(uuid4().hex, priority, payer, self._rates.gates(tr_id))
        turn = _Turn(scheduler_at(settings.REDIS_URL), turns_of(self._environment, key_id), ticket)
        try:
            turn.wait()
        except RedisError as trouble:
            log.error("pacing alone for %g s, Valkey is out of reach: %s", RESPITE, trouble)
            self._alone_until = time.monotonic() + RESPITE
            return None
        return turn


@dataclass(slots=True)
class _Turn:
    scheduler: Scheduler
    name: str
    ticket: Ticket
    over: bool = False

    def wait(self) -> None:
        allowed = False
        try:
            while milliseconds := self.scheduler.ask(self.name, self.ticket):
                time.sleep(milliseconds / 1000)
            allowed = True
        finally:
            if not allowed:  # whoever gives up waiting must not stand in the way
                with suppress(RedisError):
                    self.scheduler.withdraw(self.name, self.ticket)

    def answered(self) -> None:
        if self.over:
            return
        self.over = True
        with suppress(RedisError):  # then the places are free a little later
            self.scheduler.answered(self.name, self.ticket)

    def refused(self, no: RateLimited) -> None:
        self.scheduler.refused(self.name, gate_of(self.ticket, no.code), quota_in(no.said))
