"""The shelf: what this exchange trades beside shares: funds' values, warrants and gold."""

from collections.abc import Callable
from datetime import datetime

from kiwoomweb.simulator.account import Account
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.products.fund_values import FundValues
from kiwoomweb.simulator.products.gold_counter import GoldCounter
from kiwoomweb.simulator.products.warrants import Warrants

__all__ = ["Shelf"]


class Shelf:
    def __init__(self, shares: Market, account: Account, now: Callable[[], datetime]) -> None:
        self.gold = GoldCounter(account, now)
        self.warrants = Warrants(shares, now)
        self.funds = FundValues(shares)
