"""The rehearsal: a practice broker in this process on a free loopback port, our client and stream beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from kiwoomweb.broker.client import Client
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.pacing import Unpaced
from kiwoomweb.broker.stream import Stream
from kiwoomweb.broker.tokens import MemoryTokenStore
from kiwoomweb.simulator.serve import Running, running

__all__ = ["BELL", "Rehearsal", "rehearsal"]

#: Ten seconds before the bell of a Friday, when the auction still points.
BELL = datetime(2026, 11, 20, 8, 59, 50, tzinfo=SEOUL)
#: No quota gets in the way where quotas are not the matter.
MANY = 100_000


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The broker, and who asks it."""

    broker: Running
    client: Client

    def stream(self) -> Stream:
        return Stream(self.broker.address, self.client)

    def at(self, hour: time) -> None:
        """Let the clock leap to this hour of the day, unless it has passed."""
        clock = self.broker.clock
        now = clock.now()
        moment = datetime.combine(now.date(), hour, tzinfo=SEOUL)
        if moment > now:
            clock.jump(moment)


@contextmanager
def rehearsal(opening: datetime = BELL, *, trader: bool = True) -> Iterator[Rehearsal]:
    """Serve until the block ends; the clock stands still until it is told to run."""
    limits = ("quota", "total_quota", "order_quota", "token_quota")
    quotas: dict[str, Any] = {"burst": 0, **dict.fromkeys(limits, MANY)}
    with running("real", opening=opening, trader=trader, ws_flush_s=0.05, **quotas) as broker:
        client = Client(
            Credentials(broker.keys.app_key, broker.keys.app_secret),
            broker.address,
            tokens=MemoryTokenStore(),
            pacer=Unpaced(),
            environment=Environment.SIMULATOR,
        )
        try:
            yield Rehearsal(broker, client)
        finally:
            client.close()
