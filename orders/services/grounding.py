"""Grounding: ask the broker for what the checks need, shortly before they look. Never inside a transaction.

    ground(account, ticket.symbol)
    decide(account, user, ticket, key)

Price and book not older than three seconds, cash and holdings not older than twenty, or than the last thing
that happened to an order of ours. What the broker does not answer is left as it was: too old, it denies.
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from time import monotonic

from django.db.models import Max
from django.utils import timezone

from kiwoomweb.access.gateway import broker_for, broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.broker.calls.account import balance, deposit, realised
from kiwoomweb.broker.calls.gold import gold_balance, gold_power, gold_quote
from kiwoomweb.broker.domain import Balance, GoldQuote, Holding, is_gold
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.pacing import Priority
from kiwoomweb.broker.patience import PERSON_S
from market.services.instruments import known_or_learnt
from market.services.keeping import kept_or_asked
from market.services.quotes import FRESH, book_of, quote_of
from orders.checking.habits import loss_is_reached
from orders.models import AccountStanding, DayLock, Intent
from orders.selectors.commitments import sent_since
from orders.selectors.limits import limits_of
from orders.services.alarming import of_lock
from orders.services.telling import tell_account
from orders.states import UNSURE

__all__ = ["ground", "refresh_standing", "shut_if_used_up"]

log = logging.getLogger(__name__)
STANDING_FRESH = timedelta(seconds=20)


def ground(account: Account, symbol: str) -> None:
    """Make the facts of an order of this symbol fresh. What cannot be had now, the checks will miss.

    Somebody waits: after ``PERSON_S`` seconds nothing more is asked for.
    """
    began = monotonic()
    try:
        for ask in _facts(symbol):
            ask(account, symbol)
            if monotonic() - began >= PERSON_S:
                log.warning("the broker is too slow to check an order of %s with", symbol)
                break
        shut_if_used_up(account)
    except BrokerError as trouble:
        log.warning("nothing fresh to check an order of %s with: %s", symbol, trouble)


def _facts(symbol: str) -> tuple[Callable[[Account, str], object], ...]:
    """What is asked for, in this order."""
    if is_gold(symbol):
        return _gold, _standing, _gold_standing
    return known_or_learnt, quote_of, book_of, _standing


def _standing(account: Account, _symbol: str) -> None:
    if _is_stale(account):
        refresh_standing(account)


def refresh_standing(account: Account, priority: Priority = Priority.PERSON) -> AccountStanding:
    """Cash (kt00001), holdings (kt00018) and what was realised today (ka10074), asked anew and kept.

    Shuts the day when its loss is reached. Raises a ``BrokerError``; then the last figures stay.
    """
    asked_at = timezone.now()
    broker, today = broker_for(account, priority), broker_now(account).date()
    cash, held = deposit(broker), balance(broker)
    sold = realised(broker, today, today).realised
    row, _made = AccountStanding.objects.update_or_create(
        account=account,
        defaults={
            "asked_at": asked_at,
            "power": cash.buying_power,
            "assets": held.estimated_assets,
            "result": sold + sum(map(_moved_today, held.holdings)),
            "holdings": _holdings(held),
        },
    )
    _shut_if_lost(account, row, today)
    return row


def _is_stale(account: Account) -> bool:
    row = AccountStanding.objects.filter(account=account).first()
    if row is None or timezone.now() - row.asked_at > STANDING_FRESH:
        return True
    happened = Intent.objects.filter(account=account).exclude(state__in=UNSURE)
    latest = happened.aggregate(at=Max("state_at"))["at"]
    return latest is not None and latest >= row.asked_at


def _gold(account: Account, symbol: str) -> None:
    def ask() -> GoldQuote:
        return gold_quote(broker_for(account, Priority.PERSON), symbol)

    kept_or_asked(account, f"goldquote:{symbol}", GoldQuote, ask, FRESH)


def _gold_standing(account: Account, _symbol: str) -> None:
    """What may be ordered of gold; seldom enough to be asked each time."""
    asked_at = timezone.now()
    broker = broker_for(account, Priority.PERSON)
    power, held = gold_power(broker), gold_balance(broker)
    told = {"at": asked_at.isoformat(), "power": power, "assets": held.assets, "lots": dict(held.lots)}
    AccountStanding.objects.filter(account=account).update(gold=told)


def _moved_today(lot: Holding) -> int:
    """Won gained today on what is still held: since yesterday's close, or since it was bought today."""
    fresh = min(lot.bought_today, lot.quantity)
    return (lot.quantity - fresh) * (lot.price - lot.previous_close) + fresh * (lot.price - lot.average_cost)


def _holdings(held: Balance) -> dict[str, list[int]]:
    """Lots by symbol, each loan apart; two lots of one key add up."""
    lots: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for lot in held.holdings:
        key = f"{lot.symbol}/{lot.loan_date.isoformat()}" if lot.loan_date else str(lot.symbol)
        for place, figure in enumerate((lot.quantity, lot.sellable, lot.value)):
            lots[key][place] += figure
    return dict(lots)


def _shut_if_lost(account: Account, row: AccountStanding, today: date) -> None:
    """Once a day: who has opened the lock is not locked out again by the same loss."""
    limits = limits_of(account, timezone.now())
    if not loss_is_reached(row.result, row.assets, limits.loss_won, limits.loss_bp):
        return
    _shut(account, today, DayLock.Kind.LOSS, row.result)


def shut_if_used_up(account: Account) -> None:
    """Shut the day with its last order, not when somebody asks for one more."""
    sent = sent_since(account, timezone.now())
    if sent >= limits_of(account, timezone.now()).trades_a_day:
        _shut(account, broker_now(account).date(), DayLock.Kind.TRADES, sent)


def _shut(account: Account, today: date, kind: DayLock.Kind, figure: int) -> None:
    lock, made = DayLock.objects.get_or_create(
        account=account, day=today, kind=kind, defaults={"at": timezone.now(), "figure": figure}
    )
    if made:
        tell_account("day.shut", account, by=None, about=kind, detail={"figure": figure})
        of_lock(lock)
