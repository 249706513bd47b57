"""Freshness: how old the numbers are, what is wrong, and how far the past has been fetched."""

from dataclasses import dataclass
from functools import cached_property

from kiwoomweb.access.models import Account
from portfolio.selectors.progress import BackfillProgress, backfill_progress
from portfolio.selectors.sync import Health, SyncState, sync_state

__all__ = ["Freshness"]


@dataclass
class Freshness:
    """The state of the account's synchronisation, looked up when asked for."""

    account: Account

    @cached_property
    def sync(self) -> SyncState:
        """Every source's last good answer and trouble."""
        return sync_state(self.account)

    @cached_property
    def progress(self) -> BackfillProgress:
        """The first reading of the past."""
        return backfill_progress(self.account)

    @property
    def is_troubled(self) -> bool:
        """Whether a person should read a sentence about it."""
        return self.sync.health in {Health.TROUBLE, Health.STOPPED}

    @property
    def is_filling(self) -> bool:
        """Whether the past is still on its way."""
        return not self.progress.finished

    @property
    def pause(self) -> int:
        """Seconds until the page asks again: often while something moves."""
        return 2 if self.is_filling else 10
