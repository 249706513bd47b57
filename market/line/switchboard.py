"""Switchboard: one line per connected account, lines added and ended as accounts come and go."""

import asyncio
import logging
import os
import socket
from collections.abc import Callable, Iterable, Mapping

from django.db import Error as DatabaseError

from kiwoomweb.access.models import Account
from market.line.line import Line
from market.threads import in_thread
from market.together import end

__all__ = ["Switchboard"]

#: Seconds between looks at the accounts.
LOOK_EVERY = 3

log = logging.getLogger(__name__)

Handlers = Mapping[type, Callable[..., None]]


class Switchboard:
    """``market`` and ``deliver`` say who handles which event; ``essential`` what an account always watches."""

    def __init__(
        self, market: Handlers, deliver: Handlers, essential: Callable[[Account], Iterable[str]]
    ) -> None:
        self.market, self.deliver, self.essential = market, deliver, essential
        #: Names this process in a lease; a restarted process is somebody else.
        self.holder = f"{socket.gethostname()[:30]}:{os.getpid()}"
        self.lines: dict[int, asyncio.Task[None]] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Keep a line per account until ``stop``; then end them all, giving the leases back."""
        try:
            while not stop.is_set():
                await self._look()
                await wait(stop, LOOK_EVERY)
        finally:
            await end(self.lines.values())

    async def _look(self) -> None:
        try:
            accounts = await in_thread(connected_accounts)
        except DatabaseError as trouble:
            log.warning("accounts unknown: %s", type(trouble).__name__)
            return
        await end([self.lines.pop(pk) for pk in self.lines.keys() - accounts.keys()])
        for pk, account in accounts.items():
            line = self.lines.get(pk)
            if line is None or line.done():
                if line:
                    log.error("the line of account %s broke", pk, exc_info=line.exception())
                self.lines[pk] = asyncio.create_task(self._line(account), name=f"line {pk}")

    async def _line(self, account: Account) -> None:
        await Line(account, self.holder, self.market, self.deliver, self.essential).run()


def connected_accounts() -> dict[int, Account]:
    """Accounts that have keys."""
    return {row.pk: row for row in Account.objects.filter(credential__isnull=False)}


async def wait(stop: asyncio.Event, seconds: float) -> None:
    """Sleep, but not through the end."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
