"""Freshness: how old the numbers are, what is wrong, and how far the past has been fetched."""

from dataclasses import dataclass
from functools import cached_property

from kiwoomweb.access.models import Account
from portfolio.presenting.past import reading_words
from portfolio.selectors.progress import BackfillProgress, backfill_progress
from portfolio.selectors.proof.days import LastDays, last_days
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

    @cached_property
    def proofs(self) -> LastDays:
        """Whether the last days hold against the broker."""
        return last_days(self.account)

    @property
    def is_troubled(self) -> bool:
        """Whether a person should read a sentence about it."""
        return self.sync.health in {Health.TROUBLE, Health.STOPPED}

    @property
    def is_unconnected(self) -> bool:
        """Whether the account has no keys, so that nobody can ask for anything."""
        return self.account.connected_at is None

    @property
    def is_waiting(self) -> bool:
        """Whether nothing was ever read and nothing is wrong: the first answers are on their way."""
        return not (self.sync.last_good_at or self.is_troubled or self.is_unconnected)

    @property
    def is_filling(self) -> bool:
        """Whether the past is still on its way."""
        return not self.progress.finished

    @cached_property
    def reading(self) -> str:
        """How far the past has been read; blank when it is not being read."""
        return "" if self.is_unconnected else reading_words(self.progress)

    @property
    def pause(self) -> int:
        """Seconds until the card asks again: often while something moves."""
        return 2 if self.is_filling and not self.is_unconnected else 10

    @property
    def long_pause(self) -> int:
        """Seconds until the numbers are asked for again: often until the first of them is there."""
        return 3 if self.is_waiting else 15
