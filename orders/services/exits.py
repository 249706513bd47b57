"""Exits kept by the server: set and removed by people, fired by the order process. They only sell what is held.

``due`` is asked by the order process every second with the quotes it has heard. What it hands out is decided
like any order, under the exit's own key: asked again after a crash, the same exit is the same order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from kiwoomweb.broker.domain import OrderKind, Side, Venue
from kiwoomweb.broker.environment import Environment
from market.services.outbox import announce
from orders.exits.sizing import Stocks
from orders.exits.triggers import Heard, Seen, hear
from orders.exits.words import called
from orders.models import Exit, Intent
from orders.selectors.exits import stocks_of, watching
from orders.services.alarming import of_exit
from orders.services.locking import locked
from orders.states import TERMINAL, State
from orders.tickets import Kind, Reason, Ticket

__all__ = ["Due", "Wish", "due", "make", "remove", "settle"]

#: An order of an exit that is provably not at the broker is tried again, so many seconds after the last try:
#: never five refusals in a minute, which would halt the account. After the last a person has to look.
PAUSES = (0, 3, 15, 20, 25)
ATTEMPTS = len(PAUSES)
#: Nothing of these is at the broker, nor was any of it filled.
NOT_THERE = frozenset(
    {State.DENIED, State.DECLINED, State.EXPIRED_LOCAL, State.NOT_SENT, State.REJECTED, State.NOT_PLACED}
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks for; prices in won, ``quantity`` ``None`` for all that is held when it fires."""

    symbol: str
    name: str
    quantity: int | None
    stop: int | None
    target: int | None
    trail_won: int | None
    trail_rate: Decimal | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Due:
    """An exit whose condition was met: the ticket, and the key to decide it under."""

    exit: Exit
    ticket: Ticket
    key: str


def make(account: Account, user: User, wish: Wish) -> Exit:
    """Watch from now on. The caller has checked that something is held; firing checks it again."""
    with transaction.atomic():
        made = Exit.objects.create(
            account=account,
            venue=Venue.KRX if account.environment == Environment.PAPER else Venue.SOR,
            made_by=user,
            made_at=timezone.now(),
            **{name: getattr(wish, name) for name in Wish.__slots__},
        )
        _tell(made)
    return made


def remove(made: Exit, user: User) -> bool:
    """Stop watching; ``False`` when it has fired or ended meanwhile."""
    now = timezone.now()
    with transaction.atomic():
        alive = Exit.objects.filter(pk=made.pk, state__in=[Exit.State.WATCHING, Exit.State.STUCK])
        if alive.update(state=Exit.State.REMOVED, ended_at=now, ended_by=user) != 1:
            return False
        _tell(made)
    return True


def due(
    account: Account,
    quotes: Mapping[str, Seen],
    now: datetime,
    today: date | None = None,
    *,
    is_halted: bool = False,
) -> list[Due]:
    """What has to be sold now. Peaks are kept; exits without a holding, or past their day, end.

    ``now`` and the quotes' ``at`` are of one clock. ``today`` is the broker's day; without it none runs out.
    ``is_halted``: no order would leave, so none is tried in vain: what is met then is met when it is let go.
    """
    with transaction.atomic():
        locked(account.pk)
        plans = watching(account)
        heard = [(plan, hear(plan.plan, quotes.get(plan.symbol), now)) for plan in plans]
        if today:
            _run_out(plans, today)
        _keep_peaks(heard)
        met = [(plan, one) for plan, one in heard if one.fired and _may_fire(plan, now)]
        if not met or is_halted:
            return []
        stocks = stocks_of(account)
        return [found for plan, one in met if (found := _due(plan, one, quotes[plan.symbol], stocks, now))]


def settle(account: Account) -> None:
    """Look at what became of the orders of fired exits: one that is not at the broker watches again, one that
    ended before everything was sold calls a person."""
    rows = Exit.objects.filter(account=account, state=Exit.State.FIRED, ended_at=None).select_related("intent")
    for fired in rows:
        if fired.intent is None:
            continue
        if fired.intent.at in NOT_THERE:
            _again(fired, fired.intent)
        elif fired.intent.at is State.FILLED:
            Exit.objects.filter(pk=fired.pk).update(ended_at=timezone.now())
        elif fired.intent.at in TERMINAL:
            _left_over(fired, fired.intent)


def attach(found: Due, intent: Intent, now: datetime) -> None:
    """The order is recorded: the exit has fired, once. Run again after a crash it changes nothing."""
    alive = Exit.objects.filter(pk=found.exit.pk, state=Exit.State.WATCHING)
    fired = {"fired": found.exit.fired, "fired_price": found.exit.fired_price, "fired_at": now}
    if alive.update(state=Exit.State.FIRED, intent=intent, **fired):
        _tell(found.exit)


def _due(plan: Exit, one: Heard, seen: Seen, stocks: Stocks, now: datetime) -> Due | None:
    """The order of a plan that was met; nothing where nothing is free to be sold."""
    known = Intent.objects.filter(account=plan.account_id, key=plan.order_key).first()
    plan.fired, plan.fired_price = str(one.fired), seen.price
    if known is not None:  # decided before a crash kept us from writing it down
        attach(Due(plan, known.ticket, plan.order_key), known, now)
        return None
    free = stocks.take(plan.symbol, plan.quantity)
    if not free:
        _without_shares(plan, stocks)
        return None
    words = _("자동 청산: %(what)s %(price)s원") % {"what": called(str(one.fired)), "price": f"{seen.price:,}"}
    ticket = Ticket(
        Kind.PLACE,
        plan.symbol,
        Side.SELL,
        free,
        order_kind=OrderKind.MARKET,
        venue=Venue(plan.venue),
        reason=Reason(words=words),
    )
    return Due(plan, ticket, plan.order_key)


def _without_shares(plan: Exit, stocks: Stocks) -> None:
    """Nothing held: over. Everything held is already being sold: stays, and says so."""
    if stocks.knows(plan.symbol) and not stocks.held(plan.symbol):
        why = _("보유 수량이 없어 끝났습니다.")
        Exit.objects.filter(pk=plan.pk).update(state=Exit.State.ENDED, why=why, ended_at=timezone.now())
        _tell(plan)
        return
    why = _("조건이 되었지만 다른 매도 주문이 수량을 모두 잡고 있습니다.")
    if plan.why != why:
        Exit.objects.filter(pk=plan.pk).update(why=why)
        _tell(plan)


def _again(fired: Exit, intent: Intent) -> None:
    """The order is provably not at the broker. Watch again under a new key, or stop and call a person."""
    alive = Exit.objects.filter(pk=fired.pk, state=Exit.State.FIRED, attempt=fired.attempt)
    more = fired.attempt + 1 < ATTEMPTS
    state = Exit.State.WATCHING if more else Exit.State.STUCK
    with transaction.atomic():
        tried = {"state": state, "attempt": fired.attempt + 1, "intent": None, "why": intent.why[:300]}
        if alive.update(**tried) and not more:
            fired.refresh_from_db()
            of_exit(fired)
        _tell(fired)


def _may_fire(plan: Exit, now: datetime) -> bool:
    """Whether it watches, and its last try is long enough ago."""
    if plan.state != Exit.State.WATCHING or not plan.attempt or plan.fired_at is None:
        return plan.state == Exit.State.WATCHING
    return now - plan.fired_at >= timedelta(seconds=PAUSES[plan.attempt])


def _left_over(fired: Exit, intent: Intent) -> None:
    """Cancelled or run out before everything was sold, by whomever: nothing more is sold by itself."""
    told = {"filled": f"{intent.filled:,}", "of": f"{intent.quantity:,}"}
    why = _("매도 주문이 %(of)s주 가운데 %(filled)s주만 팔고 끝났습니다.") % told
    alive = Exit.objects.filter(pk=fired.pk, state=Exit.State.FIRED)
    with transaction.atomic():
        if alive.update(state=Exit.State.STUCK, why=why):
            fired.refresh_from_db()
            of_exit(fired)
            _tell(fired)


def _run_out(plans: list[Exit], today: date) -> None:
    over = [plan for plan in plans if plan.until and plan.until < today]
    for plan in over:
        plan.state = Exit.State.ENDED
        plan.why, plan.ended_at = _("정한 날이 지나 끝났습니다."), timezone.now()
        plan.save(update_fields=["state", "why", "ended_at"])
        _tell(plan)


def _keep_peaks(heard: Iterable[tuple[Exit, Heard]]) -> None:
    risen = [(plan, one.plan.peak) for plan, one in heard if one.plan.peak != plan.peak]
    for plan, peak in risen:
        plan.peak = peak
    Exit.objects.bulk_update([plan for plan, _peak in risen], ["peak"])


def _tell(changed: Exit) -> None:
    """Open pages show exits beside orders."""
    account = changed.account
    announce(account.pk, account.code, "order", {"exit": changed.pk, "symbol": changed.symbol})
