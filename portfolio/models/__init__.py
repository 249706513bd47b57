"""The journal's facts, the notes people write beside them, and how far the synchronisation has come."""

from portfolio.models.attachment import Attachment
from portfolio.models.closing import ClosingBalance, ClosingHolding
from portfolio.models.day_review import DayReview
from portfolio.models.diary import DiaryDay, DiaryLine
from portfolio.models.errand import ArchiveErrand
from portfolio.models.habit import HabitThresholds
from portfolio.models.holding import Balance, Deposit, Holding, Position
from portfolio.models.holding_event import HoldingEvent
from portfolio.models.inside import EntryContext, EntryLevels, Excursion, TradeBars
from portfolio.models.label import LabelChange, Tag, TagGroup, TradeTag
from portfolio.models.ledger import CashFlow, CashKind, DayWorth
from portfolio.models.meeting import ActionItem, Meeting, MeetingVote
from portfolio.models.note import Note, NoteVersion, Place, Section
from portfolio.models.note_index import NoteIndex
from portfolio.models.note_template import NoteTemplate
from portfolio.models.proof import CommissionRate, Correction, DayProof, Explanation
from portfolio.models.realised import RealisedDay, RealisedSpan, Sale
from portfolio.models.report import ReportIssue, ReportPlan, ReportReader, ReportText
from portfolio.models.review import BulkEdit, Review, TradeChange
from portfolio.models.rollup import Rollup
from portfolio.models.rule import Rule, RuleCheck
from portfolio.models.saved_filter import SavedFilter
from portfolio.models.syncing import AccountSync, Purpose, State, SyncTask
from portfolio.models.talking import Comment, CommentVersion, ReviewRequest
from portfolio.models.trade import Book, BookAssignment, Trade, TradeSlice, TradesState
from portfolio.models.version import FiguresVersion

__all__ = [
    "AccountSync",
    "ActionItem",
    "ArchiveErrand",
    "Attachment",
    "Balance",
    "Book",
    "BookAssignment",
    "BulkEdit",
    "CashFlow",
    "CashKind",
    "ClosingBalance",
    "ClosingHolding",
    "Comment",
    "CommentVersion",
    "CommissionRate",
    "Correction",
    "DayProof",
    "DayReview",
    "DayWorth",
    "Deposit",
    "DiaryDay",
    "DiaryLine",
    "EntryContext",
    "EntryLevels",
    "Excursion",
    "Explanation",
    "FiguresVersion",
    "HabitThresholds",
    "Holding",
    "HoldingEvent",
    "LabelChange",
    "Meeting",
    "MeetingVote",
    "Note",
    "NoteIndex",
    "NoteTemplate",
    "NoteVersion",
    "Place",
    "Position",
    "Purpose",
    "RealisedDay",
    "RealisedSpan",
    "ReportIssue",
    "ReportPlan",
    "ReportReader",
    "ReportText",
    "Review",
    "ReviewRequest",
    "Rollup",
    "Rule",
    "RuleCheck",
    "Sale",
    "SavedFilter",
    "Section",
    "State",
    "SyncTask",
    "Tag",
    "TagGroup",
    "Trade",
    "TradeBars",
    "TradeChange",
    "TradeSlice",
    "TradeTag",
    "TradesState",
]
