"""Fetching: the bars around trades, kept before the broker forgets them; newest trades first, at leisure."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.broker.market_calendar import Overrides, sessions, trading_day_after
from kiwoomweb.broker.pacing import Priority
from market.models import KeptBars
from market.services.bars import Outcome, keep
from portfolio.models import Trade, TradeBars
from portfolio.selectors.days import clock_of
from portfolio.selectors.inside.moves import moves_of
from portfolio.selectors.inside.needs import Needs, last_look, needs_of
from portfolio.selectors.trades import legs_of, trades_of
from portfolio.services.inside.measuring import measure
from portfolio.services.inside.theming import keep_themes

__all__ = ["accounts_with_work", "fetch", "fetch_for_a_person", "forget_measures", "work"]

#: Trades looked at and calls made in one round of one account. A round comes twice a minute.
TRADES, CALLS = 20, 24
AGAIN = timedelta(minutes=10)
#: A day's last bars are told a little after the close.
AFTER_CLOSE = timedelta(minutes=15)
#: What a page waits for: so many calls, and bars of a moving day at most so old.
MOST_WAITED_FOR, LOOK = 8, timedelta(seconds=20)
#: So many trades at once are marked by their account and not one by one.
MANY = 500


def accounts_with_work() -> list[int]:
    """Connected accounts with a trade whose bars are due."""
    connected = Account.objects.filter(credential__isnull=False).order_by("pk")
    return [account.pk for account in connected if next(_due(account, 1), None) is not None]


def work(account_id: int) -> int:
    """One round: fetch for the trades that are due, measure each. Returns how many calls it took."""
    account = Account.objects.get(pk=account_id)
    calls = 0
    for trade in list(_due(account, TRADES)):
        if calls >= CALLS:
            break
        calls += fetch(trade, Priority.BACKFILL, most=CALLS - calls)
        keep_themes(account, trade.symbol)
    return calls


def fetch(
    trade: Trade, priority: Priority, *, most: int, fresh: timedelta = timedelta(hours=6), ticks: bool = True
) -> int:
    """Fetch what is missing for one trade with at most ``most`` calls and measure it. Returns the calls made.

    Never called inside a transaction.
    """
    clock = clock_of(trade.account)
    legs = legs_of(trade)
    needs = needs_of(trade, {leg.day for leg in legs}, clock.trading_day, clock.corrected)
    outcome = Outcome()
    for symbol, span, days in _wanted(trade, needs, ticks=ticks):
        one = keep(
            trade.account,
            symbol,
            span,
            days,
            priority=priority,
            most=most - outcome.calls,
            fresh=fresh,
            corrected=clock.corrected,
        )
        outcome.calls += one.calls
        if span != KeptBars.Span.TICK:  # ticks are a gift: the broker tells of the last hours only
            outcome.complete &= one.complete
            outcome.trouble = outcome.trouble or one.trouble
    if legs:
        measure(trade, moves_of(trade, legs), needs)
    is_cut = outcome.calls >= most and not outcome.complete
    _note(trade, outcome, clock.now if is_cut else _next(trade, outcome, clock.now, clock.corrected), clock.now)
    return outcome.calls


def fetch_for_a_person(trade: Trade) -> None:
    """Somebody looks at the trade: what is missing is asked for now, as far as a page can wait for it.

    Nothing is asked when all is there, or was asked a moment ago, or nobody has keys for the account.
    """
    if trade.account.connected_at is None or trade.is_void:
        return
    row = TradeBars.objects.filter(trade=trade).first()
    now = gateway.broker_now(trade.account)
    is_due = row is None or (row.next_try is not None and row.next_try <= now)
    is_moving = trade.closed_day is None and (
        row is None or row.checked_at is None or now - row.checked_at > LOOK
    )
    if is_due or is_moving:
        fetch(trade, Priority.PERSON, most=MOST_WAITED_FOR, fresh=LOOK)


def forget_measures(account_id: int, trade_ids: frozenset[int]) -> None:
    """Trades changed: their bars are looked at and their excursions measured again in the next round."""
    rows = TradeBars.objects.filter(account_id=account_id)
    if len(trade_ids) <= MANY:
        rows = rows.filter(trade__in=trade_ids)
    rows.update(next_try=datetime(2000, 1, 1, tzinfo=UTC))


def _wanted(trade: Trade, needs: Needs, *, ticks: bool) -> Iterator[tuple[str, str, tuple[date, ...]]]:
    span = KeptBars.Span
    yield trade.symbol, span.DAY, needs.months
    yield trade.symbol, span.MINUTE, needs.minutes
    yield needs.index, span.DAY, needs.months
    yield needs.index, span.MINUTE, needs.minutes
    if ticks and needs.ticks:
        yield trade.symbol, span.TICK, needs.ticks


def _due(account: Account, count: int) -> Iterator[Trade]:
    """Trades without a row first, the newest of them; then those whose next try has come."""
    known = TradeBars.objects.filter(trade=OuterRef("pk"))
    fresh = trades_of(account).filter(~Exists(known)).order_by("-opened_day", "-pk")
    yield from _with_account(fresh, account, count)
    now = gateway.broker_now(account)
    rows = trades_of(account).filter(bars__next_try__lte=now, bars__account=account)
    yield from _with_account(rows.order_by("bars__next_try", "-pk"), account, count)


def _with_account(trades: "QuerySet[Trade]", account: Account, count: int) -> Iterator[Trade]:
    for trade in trades[:count]:
        trade.account = account
        yield trade


def _next(trade: Trade, outcome: Outcome, now: datetime, corrected: Overrides) -> datetime | None:
    """After a trouble soon; while days are still to come after the next close; else never again."""
    if outcome.trouble:
        return now + AGAIN
    last = last_look(trade, corrected)
    if last is not None and now.date() > last:
        return None
    day = now.date()
    hours = sessions(day, corrected)
    if hours is None or now >= hours.closing_auction.closes + AFTER_CLOSE:
        hours = sessions(trading_day_after(day, 1, corrected), corrected)
    return hours.closing_auction.closes + AFTER_CLOSE if hours else now + timedelta(days=1)


def _note(trade: Trade, outcome: Outcome, next_try: datetime | None, now: datetime) -> None:
    told = {
        "account_id": trade.account_id,
        "next_try": next_try,
        "checked_at": now,
        "trouble": outcome.trouble[:200],
    }
    with transaction.atomic():  # a derivation may have taken the trade away while the broker was asked
        if Trade.objects.select_for_update().filter(pk=trade.pk).exists():
            TradeBars.objects.update_or_create(trade=trade, defaults=told)
