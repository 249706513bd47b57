"""The situation: everything the checks look at, read from our own records in one go. Asks nobody outside.

What the broker must have told shortly before is asked for by ``orders.services.grounding``, outside of any
transaction; here it is only read, with its age.
"""

import logging
import shutil
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from kiwoomweb.access import broker_clock
from kiwoomweb.access.audit_guard import is_up
from kiwoomweb.access.models import Account, User
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors import rights_in
from kiwoomweb.access.selectors.cautions import held_back
from kiwoomweb.access.selectors.proofs import proved_within
from kiwoomweb.broker.domain import Book, GoldQuote, OrderKind, Quote, Side
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.market_calendar import Sessions, sessions
from market.selectors.calendar import corrections
from market.selectors.instruments import instrument
from market.selectors.kept import last_told
from orders.models import AccountStanding, DayLock, Intent, Lane, Order
from orders.selectors.blotter import open_orders
from orders.selectors.commitments import commitments_of
from orders.selectors.limits import limits_of, locks_on, member_limits_of
from orders.selectors.stops import Stop, barred, state_of, stops_of
from orders.situations import Held, Machine, Permission, Quotation, Situation, Standing, Target, Traded
from orders.states import State
from orders.tickets import Kind, Ticket

__all__ = ["may_order", "situation_of", "standing_of", "traded"]

log = logging.getLogger(__name__)

FUNDS = {"ETF": "etf", "ETN": "etn"}
NEVER_SENT = (State.DRAFT, State.PENDING_APPROVAL, State.DENIED, State.DECLINED, State.EXPIRED_LOCAL)


def situation_of(
    account: Account, user: User | None, ticket: Ticket, now: datetime, *, again: Intent | None = None
) -> Situation:
    """All facts as of ``now`` (our clock). ``user`` is ``None`` for exits kept by the server.

    ``again`` is the intent itself when it is looked at a second time: it does not stand in its own way.
    """
    environment = Environment(account.environment)
    here = broker_clock.now_at(environment)
    standing = gold_standing_of(account) if ticket.is_gold else standing_of(account)
    told_at = standing.at if standing else None
    own = commitments_of(account, user, ticket, wall=now, day=here.date(), told_at=told_at, without=again)
    stops = stops_of(account)
    # Who was there before waits for the answer; so does an exit, which nobody could ask again.
    is_open, closed_by = _lane(account, minds_doubts=again is None and user is not None)
    return Situation(
        now=here,
        wall=now,
        environment=environment,
        permission=_permission(account, user, ticket, again),
        level=state_of(stops).value,
        stopped=_said(stops),
        barred=barred(account, user, ticket.symbol),
        lane_open=is_open,
        lane_why=closed_by,
        limits=limits_of(account, now),
        member=member_limits_of(account, user, now) if user else None,
        traded=traded(ticket),
        hours=_hours(here.date()),
        quote=_quotation(account, ticket),
        standing=standing,
        promises=own.promises,
        gross=own.gross,
        member_gross=own.member_gross,
        open_orders=own.open_orders,
        made=own.made,
        sent_today=own.sent_today,
        **_locked(locks_on(account, here.date())),
        twins=own.twins,
        target=_target(account, ticket, here),
        machine=_machine(environment),
        rate=_rate(account),
        is_again=again is not None,
    )


def may_order(user: User, account: Account, *, takes_back: bool = False) -> bool:
    """Whether the person may order on the account now, read anew; who may halt may take back, too."""
    enough = {Right.ORDER, Right.HALT} if takes_back else {Right.ORDER}
    return user.is_active and bool(rights_in(user, account) & enough)


def standing_of(account: Account) -> Standing | None:
    """Cash and holdings as last told; ``None`` before anybody asked."""
    row = AccountStanding.objects.filter(account=account).first()
    if row is None:
        return None
    held = {key: Held(*figures) for key, figures in row.holdings.items()}
    return Standing(row.asked_at, row.power, row.assets, row.result, held)


def gold_standing_of(account: Account) -> Standing | None:
    """The same of the gold account; ``result`` is that of the shares."""
    row = AccountStanding.objects.filter(account=account).first()
    told = row.gold if row else {}
    if row is None or not told:
        return None
    held = {key: Held(*figures) for key, figures in told["lots"].items()}
    return Standing(datetime.fromisoformat(told["at"]), told["power"], told["assets"], row.result, held)


def _permission(account: Account, user: User | None, ticket: Ticket, again: Intent | None) -> Permission:
    environment = Environment(account.environment)
    keyed = account.connected_at is not None and hasattr(account, "credential")
    same = keyed and (again is None or again.environment == environment)
    if user is None:
        return Permission(is_person=False, same_environment=same)
    proved, caution = None, None
    if environment is Environment.LIVE and again is None:
        bound = proved_within(user, account=account, subject_hash=ticket.subject, seconds=300, strong=True)
        proved, caution = bound is not None, held_back(user)
    return Permission(
        may_order=may_order(user, account, takes_back=ticket.kind is Kind.CANCEL),
        proved=proved,
        held=caution.sentence if caution else "",
        same_environment=same,
        is_first_real=_is_first(account) if environment is Environment.LIVE else False,
    )


def _is_first(account: Account) -> bool:
    return not Intent.objects.filter(account=account, kind=Kind.PLACE).exclude(state__in=NEVER_SENT).exists()


def _lane(account: Account, *, minds_doubts: bool) -> tuple[bool, str]:
    """Whether the lane is open, and what closes it.

    While nobody knows what became of one order no other goes out: said at once, not when its time is over.
    """
    lane = Lane.objects.filter(account=account).first()
    doubted = Intent.objects.filter(account=account, state__in=(State.UNKNOWN, State.NEEDS_HUMAN))
    if not (minds_doubts and doubted.exists()):
        return lane is not None and lane.is_open, lane.why if lane else ""
    return False, _(
        "결과를 모르는 주문이 있어 새 주문과 정정을 막았습니다. 확인되면 다시 열립니다. 취소는 됩니다."
    )


def _said(stops: list[Stop]) -> str:
    """The reason that counts: the latest of the strictest."""
    state = state_of(stops)
    return next((stop.reason for stop in reversed(stops) if stop.state is state), "")


def _locked(locks: dict[str, DayLock]) -> dict[str, bool]:
    lost, trades = locks.get(DayLock.Kind.LOSS), locks.get(DayLock.Kind.TRADES)
    opened = trades is not None and not _is_shut(trades)
    return {"lost_lock": _is_shut(lost), "trades_lock": _is_shut(trades), "trades_opened": opened}


def _is_shut(lock: DayLock | None) -> bool:
    return lock is not None and lock.opened_at is None


def traded(ticket: Ticket) -> Traded | None:
    """The instrument as the checks know it; ``None`` for one that was never listed to us."""
    if ticket.is_gold:
        return Traded("gold")
    found = instrument(ticket.symbol)
    if found is None:
        return None
    kind = FUNDS.get(found.kind) or ("kosdaq" if found.market == "코스닥" else "share")
    return Traded("elw" if found.market == "ELW" else kind, found.name, found.market, found.state)


def _quotation(account: Account, ticket: Ticket) -> Quotation | None:
    """The last price and book told; the older of the two is the age of both."""
    if ticket.is_gold:
        return _of_gold(account, ticket.symbol)
    quote = last_told(account.environment, f"quote:{ticket.symbol}", Quote)
    book = last_told(account.environment, f"book:{ticket.symbol}", Book)
    if quote is None or book is None:
        return None
    told, asks, bids = quote[0], book[0].asks, book[0].bids
    return Quotation(
        price=told.price,
        bid=bids[0].price if bids else None,
        ask=asks[0].price if asks else None,
        upper=told.upper_limit,
        lower=told.lower_limit,
        at=min(quote[1], book[1]),
    )


def _of_gold(account: Account, symbol: str) -> Quotation | None:
    gold = last_told(account.environment, f"goldquote:{symbol}", GoldQuote)
    if gold is None:
        return None
    return Quotation(gold[0].price, None, None, gold[0].upper_limit, gold[0].lower_limit, gold[1])


def _target(account: Account, ticket: Ticket, here: datetime) -> Target | None:
    """The order a change or cancellation speaks of: one of ours, or one the broker lists for the day."""
    if ticket.kind is Kind.PLACE or not ticket.target_no:
        return None
    ours = Intent.objects.filter(account=account, order_no=ticket.target_no, day=here.date()).first()
    if ours is not None:
        kind = OrderKind(ours.order_kind)
        left = ours.remaining or max(0, ours.quantity - ours.filled - ours.cancelled)
        return Target(ours.symbol, Side(ours.side), ours.price or 0, left, kind)
    listed = {order.order_no: order for order in open_orders(account, here.date())}
    found = listed.get(ticket.target_no)
    if found is None:
        return None
    return Target(found.symbol, found.side, found.price, found.remaining, is_ours=False)


def _machine(environment: Environment) -> Machine:
    """Skew and backup matter where the broker is real; the practice exchange lives in a time of its own."""
    return Machine(
        skew=broker_clock.skew_of(environment) if environment is not Environment.SIMULATOR else None,
        free_mb=shutil.disk_usage(settings.VAR).free // 1_000_000,
        audit_ok=is_up(connection),
        backup_at=_backup_at(),
    )


def _hours(day: date) -> Sessions | None:
    """The day's windows; where the calendar cannot be read nobody knows of any, and everything is closed."""
    try:
        return sessions(day, corrections())
    except Exception:
        log.exception("the calendar of %s cannot be read: no order goes out", day)
        return None


def _backup_at() -> datetime | None:
    """When the operator's backup last said that it was done: the time of the file ``backup.done``."""
    try:
        return datetime.fromtimestamp((Path(settings.VAR) / "backup.done").stat().st_mtime, UTC)
    except OSError:
        return None


def _rate(account: Account) -> Fraction | None:
    """The commission rate the account's largest recent order proves at most; ``None`` without one.

    The broker cuts to ten won: the true rate lies below (commission + 10) / amount.
    """
    told = Order.objects.current().filter(
        account=account, source="ka10076", commission__isnull=False, filled__gt=0
    )
    amounts = [
        (int(order.fill_price * order.filled), order.commission)
        for order in told.order_by("-day", "-pk")[:20]
        if order.fill_price
    ]
    largest = max(amounts, default=(0, 0))
    if largest[0] < 100_000 or largest[1] is None:
        return None
    return Fraction(largest[1] + 10, largest[0])
