"""What the market app keeps: alerts, instruments, calendar corrections, last good values, leases, the outbox,
the explorer's memory, conditions with their hits, watchlists and how a person looks at them, bars, screen
numbers, what the feed said."""

from market.models.alert import Again, Alert, AlertKind, AlertRing, Sound
from market.models.bars import KeptBars
from market.models.board_look import BoardLook
from market.models.calendar import CalendarOverride
from market.models.explorer import Answered, FavouriteTR, LastQuestion
from market.models.instrument import Instrument
from market.models.kept import Kept
from market.models.lease import StreamLease, StreamLoss
from market.models.outbox import AccountEvent
from market.models.recorded import RecordedChunk
from market.models.screen_number import ScreenNumber
from market.models.screener import HitReturn, Screener, ScreenerHit
from market.models.watchlist import WatchedSymbol, Watchlist

__all__ = [
    "AccountEvent",
    "Again",
    "Alert",
    "AlertKind",
    "AlertRing",
    "Answered",
    "BoardLook",
    "CalendarOverride",
    "FavouriteTR",
    "HitReturn",
    "Instrument",
    "Kept",
    "KeptBars",
    "LastQuestion",
    "RecordedChunk",
    "ScreenNumber",
    "Screener",
    "ScreenerHit",
    "Sound",
    "StreamLease",
    "StreamLoss",
    "WatchedSymbol",
    "Watchlist",
]
