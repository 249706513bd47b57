"""What the broker tells us, in the trader's words: frozen values that cross every boundary of the project.

Won are ``int`` (type ``Won``), averages and rates ``Decimal``, days ``date`` and moments aware ``datetime``
in ``SEOUL``. ``None`` means the broker did not say; it is never shown as zero. Rates are percent as the
broker gives them (``Decimal("1.52")`` is 1.52 %). Prices are unsigned; changes and profits carry their sign.
"""

from kiwoomweb.broker.domain.boards import (
    Condition,
    ConditionHit,
    GoldQuote,
    IndexCandle,
    IndexQuote,
    InvestorDay,
    Theme,
    ThemeMember,
    Watched,
    WatchGroup,
)
from kiwoomweb.broker.domain.holdings import Balance, Closing, ClosingLine, Deposit, Holding, Position
from kiwoomweb.broker.domain.ledgers import BookedRow, ExecutionLine, Executions, WorthOfDay
from kiwoomweb.broker.domain.live import (
    BalanceChange,
    IndexTick,
    RealtimeEvent,
    ScreenerEvent,
    SessionEvent,
    Tick,
)
from kiwoomweb.broker.domain.market import Book, BookLevel, Candle, Listing, Quote, VenueSizes
from kiwoomweb.broker.domain.ordering import GOLD, CreditKind, OrderKind, Receipt, is_gold
from kiwoomweb.broker.domain.orders import OrderEvent, OrderLine
from kiwoomweb.broker.domain.results import Diary, DiaryLine, RealisedDay, RealisedPeriod, RealisedSale
from kiwoomweb.broker.domain.signals import (
    AfterHoursBook,
    BestQuote,
    Breadth,
    ElwFigures,
    ElwTheory,
    EtfNav,
    ExpectedTrade,
    GoldRate,
    Halt,
    Indication,
    Member,
    Members,
    ProgramTrade,
    ShareFacts,
)
from kiwoomweb.broker.domain.words import SEOUL, Side, Span, Symbol, Venue, Won

__all__ = [
    "GOLD",
    "SEOUL",
    "AfterHoursBook",
    "Balance",
    "BalanceChange",
    "BestQuote",
    "Book",
    "BookLevel",
    "BookedRow",
    "Breadth",
    "Candle",
    "Closing",
    "ClosingLine",
    "Condition",
    "ConditionHit",
    "CreditKind",
    "Deposit",
    "Diary",
    "DiaryLine",
    "ElwFigures",
    "ElwTheory",
    "EtfNav",
    "ExecutionLine",
    "Executions",
    "ExpectedTrade",
    "GoldQuote",
    "GoldRate",
    "Halt",
    "Holding",
    "IndexCandle",
    "IndexQuote",
    "IndexTick",
    "Indication",
    "InvestorDay",
    "Listing",
    "Member",
    "Members",
    "OrderEvent",
    "OrderKind",
    "OrderLine",
    "Position",
    "ProgramTrade",
    "Quote",
    "RealisedDay",
    "RealisedPeriod",
    "RealisedSale",
    "RealtimeEvent",
    "Receipt",
    "ScreenerEvent",
    "SessionEvent",
    "ShareFacts",
    "Side",
    "Span",
    "Symbol",
    "Theme",
    "ThemeMember",
    "Tick",
    "Venue",
    "VenueSizes",
    "WatchGroup",
    "Watched",
    "Won",
    "WorthOfDay",
    "is_gold",
]
