"""Hours: where a new demo begins, and what the market announces through its day (장시작시간, 0s)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from kiwoomweb.broker.domain import SEOUL, Venue
from kiwoomweb.broker.market_calendar import Phase, Sessions, Window, previous_trading_day
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import SessionChange

__all__ = ["changes", "demo_opening"]

#: A demo that cannot follow the real market begins here, with a morning behind it and a day before it.
OPENING = time(10, 30, tzinfo=SEOUL)
#: It follows the real market only while the regular session still lasts this long: somebody who looks at the
#: demo in an auction, a pause or a thin after-market would see a market that stands still.
LIVELY = timedelta(hours=1)

#: FID 215 as a window opens and closes (PROTOCOL 7.7).
CODES: dict[tuple[Venue, Phase], tuple[str, str]] = {
    (Venue.KRX, Phase.REGULAR): ("3", "2"),
    (Venue.KRX, Phase.CLOSING_AUCTION): ("", "4"),
    (Venue.KRX, Phase.CLOSING_PRICE): ("a", "b"),
    (Venue.KRX, Phase.SINGLE_PRICE): ("c", "d"),
    (Venue.KRX, Phase.AFTER): ("", "9"),
    (Venue.NXT, Phase.PRE): ("P", "Q"),
    (Venue.NXT, Phase.REGULAR): ("R", "S"),
    (Venue.NXT, Phase.AFTER): ("U", "V"),
}
#: Minutes before the open at which ``0`` announces it.
ANNOUNCED = (20, 10, 5, 1)


def demo_opening(market: Market, real_now: datetime) -> datetime:
    """The real instant in a lively regular session, else the latest 10:30 of a trading day (of the file)."""
    if market.history:
        return datetime.combine(market.history.last, OPENING)
    real_now = real_now.astimezone(SEOUL)
    today = market.sessions(real_now.date())
    if today and today.regular.opens <= real_now < today.regular.closes - LIVELY:
        return real_now
    morning = datetime.combine(real_now.date(), OPENING)
    if today and morning <= real_now:
        return morning
    return datetime.combine(previous_trading_day(real_now.date(), market.overrides), OPENING)


def changes(sessions: Sessions) -> Iterator[SessionChange]:
    """What is announced on a trading day, in order."""
    told = [change for window in sessions.windows for change in _of(window)]
    opens = sessions.regular.opens
    told += [SessionChange(opens - timedelta(minutes=m), "0", f"00{m:02d}00") for m in ANNOUNCED]
    told.append(SessionChange(sessions.closing_auction.closes + timedelta(seconds=1), "8", "000000"))
    return iter(sorted(told, key=lambda change: (change.at, change.code)))


def _of(window: Window) -> Iterator[SessionChange]:
    opened, closed = CODES.get((window.venue, window.phase), ("", ""))
    if opened:
        yield SessionChange(window.opens, opened, "000000")
    if closed:
        yield SessionChange(window.closes, closed, "000000")
