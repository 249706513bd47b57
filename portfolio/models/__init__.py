"""The journal's facts, the notes people write beside them, and how far the synchronisation has come."""

from portfolio.models.diary import DiaryDay, DiaryLine
from portfolio.models.holding import Balance, Deposit, Holding, Position
from portfolio.models.holding_event import HoldingEvent
from portfolio.models.ledger import CashFlow, CashKind, DayWorth
from portfolio.models.note import Note, NoteVersion
from portfolio.models.realised import RealisedDay, Sale
from portfolio.models.rollup import Rollup
from portfolio.models.syncing import AccountSync, Purpose, State, SyncTask
from portfolio.models.trade import Book, BookAssignment, Trade, TradeSlice, TradesState

__all__ = [
    "AccountSync",
    "Balance",
    "Book",
    "BookAssignment",
    "CashFlow",
    "CashKind",
    "DayWorth",
    "Deposit",
    "DiaryDay",
    "DiaryLine",
    "Holding",
    "HoldingEvent",
    "Note",
    "NoteVersion",
    "Position",
    "Purpose",
    "RealisedDay",
    "Rollup",
    "Sale",
    "State",
    "SyncTask",
    "Trade",
    "TradeSlice",
    "TradesState",
]
