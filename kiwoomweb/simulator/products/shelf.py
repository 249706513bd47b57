"""The shelf: what this exchange trades beside shares: funds' facts, warrants and gold."""

from collections.abc import Callable
from datetime import datetime

from kiwoomweb.simulator.account import Account
from kiwoomweb.simulator.products.gold_counter import GoldCounter

__all__ = ["Shelf"]


class Shelf:
    def __init__(self, account: Account, now: Callable[[], datetime]) -> None:
        self.gold = GoldCounter(account, now)
