"""Hours: which kinds of order which venue takes in which phase of the day (PROTOCOL 7.7); the rest is closed.

The windows themselves come from the project's calendar, corrections included. A day the calendar does not
know, a phase this table does not name: closed.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kiwoomweb.broker.domain import OrderKind, Venue
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.market_calendar import Phase, Sessions, Window

__all__ = ["AT_HOME", "TAKES", "kinds_open"]

K = OrderKind
_QUEUED = frozenset({K.LIMIT, K.MARKET})
_CONTINUOUS = frozenset(K) - {K.CONDITIONAL, K.BEFORE_OPEN, K.AFTER_CLOSE, K.SINGLE_PRICE}
_LIMITS = frozenset({K.LIMIT, K.LIMIT_IOC, K.LIMIT_FOK})
_GOLD = _LIMITS
_NONE: frozenset[OrderKind] = frozenset()
#: 장전 시간외 종가 is taken in the first ten minutes of the opening auction's order entry.
BEFORE_OPEN_LASTS = timedelta(minutes=10)
#: 최유리 and 최우선 the mock refuses (PROTOCOL 7.2, RC4026).
NOT_ON_PAPER = frozenset({K.BEST, K.FIRST, K.BEST_IOC, K.BEST_FOK})

TAKES: Mapping[tuple[Venue, Phase], frozenset[OrderKind]] = {
    (Venue.KRX, Phase.PRE): frozenset({K.LIMIT}),
    (Venue.KRX, Phase.OPENING_AUCTION): _QUEUED | {K.CONDITIONAL},
    (Venue.KRX, Phase.REGULAR): _CONTINUOUS | {K.CONDITIONAL},
    (Venue.KRX, Phase.CLOSING_AUCTION): _QUEUED,
    (Venue.KRX, Phase.CLOSING_PRICE): frozenset({K.AFTER_CLOSE}),
    (Venue.KRX, Phase.SINGLE_PRICE): frozenset({K.SINGLE_PRICE}),
    (Venue.KRX, Phase.AFTER): frozenset({K.LIMIT}),
    (Venue.NXT, Phase.PRE): _LIMITS,
    (Venue.NXT, Phase.REGULAR): _CONTINUOUS,
    (Venue.NXT, Phase.AFTER): _LIMITS,
}
#: What KRX alone has; the router does not take it.
AT_HOME = frozenset({K.CONDITIONAL, K.BEFORE_OPEN, K.AFTER_CLOSE, K.SINGLE_PRICE})
_GOLD_PHASES = frozenset({Phase.OPENING_AUCTION, Phase.REGULAR, Phase.CLOSING_AUCTION})
_PAPER_PHASES = frozenset({Phase.REGULAR, Phase.CLOSING_AUCTION})


def kinds_open(
    hours: Sessions | None,
    venue: Venue,
    now: datetime,
    *,
    is_gold: bool = False,
    environment: Environment = Environment.LIVE,
) -> frozenset[OrderKind]:
    """Every kind the venue takes now; nothing on a closed day, and nothing where the calendar is silent."""
    if hours is None or (environment is Environment.PAPER and venue is not Venue.KRX):
        return _NONE
    open_now = [window for window in hours.windows if now in window]
    if is_gold:
        phases = {window.phase for window in open_now if window.venue is Venue.KRX}
        return _GOLD if phases & _GOLD_PHASES else _NONE
    if environment is Environment.PAPER:
        open_now = [window for window in open_now if window.phase in _PAPER_PHASES]
    here = [window for window in open_now if venue in {window.venue, Venue.SOR}]
    found = _NONE.union(*(_taken_in(window, now) for window in here))
    if venue is Venue.SOR:
        found -= AT_HOME
    return found - NOT_ON_PAPER if environment is Environment.PAPER else found


def _taken_in(window: Window, now: datetime) -> frozenset[OrderKind]:
    found = TAKES.get((window.venue, window.phase), _NONE)
    early = window.phase is Phase.OPENING_AUCTION and now < window.opens + BEFORE_OPEN_LASTS
    return found | {K.BEFORE_OPEN} if early and window.venue is Venue.KRX else found
