"""Sessions that open and replace the broker keys of accounts, and notice every read that fails."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from django.db import OperationalError, connection

from kiwoomweb.access.models import Account
from kiwoomweb.access.services import keys
from kiwoomweb.broker.credentials import Credentials

__all__ = ["Sessions", "pair"]

#: One write in so many reads.
SELDOM = 100


def pair(account: int, generation: int) -> Credentials:
    """Both halves name account and generation: a mixed pair, or another account's, is seen at once."""
    return Credentials(f"key-{account}-{generation}", f"secret-{account}-{generation}")


@dataclass
class Sessions:
    """``count`` threads at once, each the only writer of its own account. ``wrong`` says what failed."""

    accounts: Sequence[Account]
    count: int
    reads: int = 0
    writes: int = 0
    repeated: int = 0
    wrong: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        self._threads = [threading.Thread(target=self._live, args=(n,)) for n in range(self.count)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Until the last of them has finished what it was at."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _live(self, number: int) -> None:
        chance, reads, writes, generation = Random(number), 0, 0, 0
        own = self.accounts[number % len(self.accounts)] if number < len(self.accounts) else None
        try:
            while not self._over.is_set():
                self._read(chance.choice(self.accounts))
                reads += 1
                if own and reads % SELDOM == number % SELDOM:
                    generation += 1
                    writes += self._write(own, generation)
        except Exception as trouble:
            self.wrong.append(repr(trouble))
        finally:
            connection.close()
            with self._lock:
                self.reads, self.writes = self.reads + reads, self.writes + writes

    def _write(self, own: Account, generation: int) -> bool:
        """A write that has waited too long for its turn changes nothing; a person would press again."""
        try:
            keys.keep(own, pair(own.pk, generation))
        except OperationalError:
            with self._lock:
                self.repeated += 1
            return False
        return True

    def _read(self, account: Account) -> None:
        found = keys.opened(account)
        generation = found.app_key.rpartition("-")[2]
        if found != pair(account.pk, int(generation)):
            self.wrong.append(f"account {account.pk}: a pair that never was")
