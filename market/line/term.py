"""Term: the time during which this process holds an account's socket, kept up by renewals."""

import asyncio
import logging
from dataclasses import dataclass, field
from time import monotonic

from django.db import Error as DatabaseError
from django.utils import timezone

from market.services.leasing import TERM, claim, release, renew
from market.threads import in_thread

__all__ = ["LeaseLost", "Term", "begin_term"]

RENEW_EVERY = TERM.total_seconds() / 3

log = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another process holds the socket now."""


@dataclass(slots=True)
class Term:
    """``held()`` is true only while our last renewal is younger than the term, whatever else happened."""

    account_id: int
    holder: str
    fence: int
    renewed: float = field(default_factory=monotonic)

    def held(self) -> bool:
        return monotonic() - self.renewed < TERM.total_seconds()

    async def keep(self) -> None:
        """Renew until cancelled; ``LeaseLost`` when the lease is gone or could not be renewed in time."""
        while self.held():
            await asyncio.sleep(RENEW_EVERY)
            started = monotonic()
            try:
                ours = await in_thread(renew, self.account_id, self.holder, self.fence, timezone.now())
            except DatabaseError as trouble:  # busy or away: try again while the term lasts
                log.warning("lease of account %s not renewed: %s", self.account_id, type(trouble).__name__)
                continue
            if not ours:
                break
            self.renewed = started
        raise LeaseLost

    async def end(self) -> None:
        try:
            await in_thread(release, self.account_id, self.holder, self.fence)
        except DatabaseError as trouble:  # it ends by itself in a few seconds
            log.warning("lease of account %s not released: %s", self.account_id, type(trouble).__name__)


async def begin_term(account_id: int, holder: str) -> Term:
    """Wait until the socket of the account is ours."""
    while True:
        started = monotonic()
        fence = await in_thread(claim, account_id, holder, timezone.now())
        if fence is not None:
            return Term(account_id, holder, fence, started)
        await asyncio.sleep(RENEW_EVERY)
