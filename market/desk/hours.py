"""Hours of the desk: what the venue does at each moment of today, and which moments belong to the bars."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, gettext_noop

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.market_calendar import Phase, Sessions, sessions

__all__ = ["DeskHours", "hours_of"]

#: The calendar's words, marked for translation here: the broker's layer knows no languages.
WORDS = (
    gettext_noop("장전 동시호가"),
    gettext_noop("프리마켓"),
    gettext_noop("정규장"),
    gettext_noop("장마감 동시호가"),
    gettext_noop("장후 시간외"),
    gettext_noop("시간외 단일가"),
    gettext_noop("애프터마켓"),
)
AUCTIONS = frozenset({Phase.OPENING_AUCTION, Phase.CLOSING_AUCTION})
NEVER = (0, 0)


@dataclass(frozen=True, slots=True)
class DeskHours:
    """For the browser. Moments are epoch seconds, spans of a day are seconds since midnight in Seoul."""

    #: (name, opens, closes, whether prices form in an auction), the exchange before its rival.
    windows: tuple[tuple[str, int, int, bool], ...]
    #: The official session: what makes a day's bar.
    daily: tuple[int, int]
    #: Everything the venue trades: what makes minutes and ticks.
    fine: tuple[int, int]
    #: Before the first and after the last window.
    before: str
    after: str
    #: The market's present moment, epoch seconds.
    now: int


def hours_of(now: datetime, venue: Venue) -> DeskHours:
    """Today's hours on the venue; a day without a market has no windows."""
    today = sessions(now.date())
    if today is None:
        holiday = gettext("휴장일")
        return DeskHours((), NEVER, NEVER, holiday, holiday, int(now.timestamp()))
    mine = [window for window in today.windows if venue in (window.venue, Venue.ALL)]
    windows = [
        (
            gettext(window.phase.value),
            int(window.opens.timestamp()),
            int(window.closes.timestamp()),
            window.phase in AUCTIONS,
        )
        for window in sorted(mine, key=lambda window: (window.venue != Venue.KRX, window.opens))
    ]
    official = _official(today)
    trading = [window for window in mine if window.phase is not Phase.OPENING_AUCTION]
    whole = _clock(min(window.opens for window in trading)), _clock(max(window.closes for window in trading))
    daily = whole if venue is Venue.NXT else official
    fine = official if venue is Venue.KRX else whole
    words = gettext("장 시작 전"), gettext("장 마감")
    return DeskHours(tuple(windows), daily, fine, *words, int(now.timestamp()))


def _official(today: Sessions) -> tuple[int, int]:
    """From the opening trade to the official close, whatever else trades that day."""
    return _clock(today.regular.opens), _clock(today.closing_auction.closes)


def _clock(moment: datetime) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second
