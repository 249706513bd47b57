"""The journal's facts, the notes people write beside them, and how far the synchronisation has come."""

from portfolio.models.diary import DiaryDay, DiaryLine
from portfolio.models.holding import Balance, Deposit, Holding, Position
from portfolio.models.note import Note, NoteVersion
from portfolio.models.realised import RealisedDay, Sale
from portfolio.models.syncing import AccountSync, Purpose, State, SyncTask

__all__ = [
    "AccountSync",
    "Balance",
    "Deposit",
    "DiaryDay",
    "DiaryLine",
    "Holding",
    "Note",
    "NoteVersion",
    "Position",
    "Purpose",
    "RealisedDay",
    "Sale",
    "State",
    "SyncTask",
]
