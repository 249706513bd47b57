"""Routing table 3: realtime type of the broker -> who handles it.

Market handlers get ``(relay, event, heard)`` in the event loop and must not wait. Account handlers get
``(account_id, event)`` in a thread, one after another per account, and write to the database.
"""

from collections.abc import Callable

from django.utils.module_loading import import_string

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import (
    AfterHoursBook,
    BalanceChange,
    BestQuote,
    Book,
    Breadth,
    ElwFigures,
    ElwTheory,
    EtfNav,
    ExpectedTrade,
    GoldRate,
    Halt,
    IndexTick,
    Indication,
    Members,
    OrderEvent,
    ProgramTrade,
    ScreenerEvent,
    SessionEvent,
    ShareFacts,
    Tick,
)
from kiwoomweb.broker.stream_events import Connected
from kiwoomweb.broker.trades import Trades
from orders.selectors.blotter import open_orders
from portfolio.selectors.holdings import assets

__all__ = [
    "ACCOUNT",
    "CONNECTED",
    "MARKET",
    "TRADES",
    "TYPES",
    "account_handlers",
    "essential_symbols",
    "market_handlers",
]

#: The value each realtime type arrives as.
TYPES: dict[str, type] = {
    "0B": Tick,
    "0D": Book,
    "0J": IndexTick,
    "0s": SessionEvent,
    "00": OrderEvent,
    "02": ScreenerEvent,
    "04": BalanceChange,
    "0A": Indication,
    "0C": BestQuote,
    "0E": AfterHoursBook,
    "0F": Members,
    "0G": EtfNav,
    "0H": ExpectedTrade,
    "0I": GoldRate,
    "0U": Breadth,
    "0g": ShareFacts,
    "0m": ElwTheory,
    "0u": ElwFigures,
    "0w": ProgramTrade,
    "1h": Halt,
}

#: Types that come less often and differ only in their figures.
SIGNALS = ("0A", "0C", "0E", "0F", "0G", "0H", "0I", "0U", "0g", "0m", "0u", "0w")

MARKET = {
    "0B": "market.stream.on_tick",
    "0D": "market.stream.on_book",
    "0J": "market.stream.on_index",
    "0s": "market.stream.on_session",
    "1h": "market.stream.on_halt",
    **dict.fromkeys(SIGNALS, "market.stream.on_signal"),
}

#: Trades that come by themselves travel by the frame.
TRADES = "market.stream.on_trades"

ACCOUNT = {
    "00": "orders.stream.on_order_event",
    "02": "market.stream.on_screener_event",
    "04": "portfolio.stream.on_balance",
}

#: After every login, and when an event could not be recorded: what was missed is read over REST.
CONNECTED = "portfolio.stream.on_connected"

Handlers = dict[type, Callable[..., None]]


def market_handlers() -> Handlers:
    events: Handlers = {TYPES[code]: import_string(path) for code, path in MARKET.items()}
    return {**events, Trades: import_string(TRADES)}


def account_handlers() -> Handlers:
    events = {TYPES[code]: import_string(path) for code, path in ACCOUNT.items()}
    return {**events, Connected: import_string(CONNECTED)}


def essential_symbols(account: Account) -> list[str]:
    """The symbols whose price an account always watches: open orders first, then holdings."""
    waiting = [order.symbol for order in open_orders(account, broker_now(account).date())]
    held = [line.symbol for line in assets(account).lines]
    return list(dict.fromkeys([*waiting, *held]))
