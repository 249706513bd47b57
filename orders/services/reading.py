"""Reading: the broker's own list of the day, whole, for whoever must know which orders there are."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.calls import orders as calls
from kiwoomweb.broker.domain import OrderLine
from kiwoomweb.broker.domain.ordering import GOLD
from kiwoomweb.broker.domain.orders import TracedOrder
from kiwoomweb.broker.environment import Environment
from kiwoomweb.prepared import Prepared
from orders.matching import Row
from orders.models import Evidence, Intent, OrderEvent
from orders.selectors.intents import bound_numbers
from orders.selectors.lanes import lane_of
from orders.services.recording import digest_of
from orders.statements import Told, from_line

__all__ = ["Reading", "keep", "numbers_of", "read_day", "trades_gold"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Every order of ``day``, as of ``at`` (our clock): one row for each number, its statements beside it."""

    day: date
    at: datetime
    rows: tuple[Row, ...]
    told: tuple[Told, ...]

    @property
    def numbers(self) -> frozenset[str]:
        """All order numbers of the day."""
        return frozenset(row.order_no for row in self.rows)


def read_day(account: Account, broker: Broker, day: date, *, thorough: bool, is_late: bool = False) -> Reading:
    """Read kt00007 whole, and what still waits (ka10075) and has filled (ka10076) where ``thorough``.

    The mock host may show an empty kt00007, so there it is always thorough. Raises a ``BrokerError`` rather
    than give a part. Learns the channel of our orders, and keeps what is said of them as evidence.
    """
    at = timezone.now()
    traced = calls.traced_on(broker, day)
    if trades_gold(account, day):
        traced += calls.gold_traced_on(broker, day)
    lines = {one.line.order_no: _row(one.line, one.channel) for one in traced}
    told = {from_line(one.line, confirmed=one.confirmed, is_late=is_late) for one in traced}
    if thorough or account.environment == Environment.PAPER:
        for line in (*calls.open_orders(broker), *calls.filled_today(broker)):
            lines.setdefault(line.order_no, _row(line, ""))
            told.add(from_line(line))
    reading = Reading(day, at, tuple(lines.values()), tuple(sorted(told, key=repr)))
    ours = bound_numbers(account, day)
    _remember(account, reading, traced, ours)
    keep(account.pk, day, (one for one in reading.told if one.order_no in ours or one.original_no in ours))
    return reading


def trades_gold(account: Account, day: date) -> bool:
    """Whether an order of gold of ours is of that day, or about to leave: gold is in lists of its own."""
    lately = _gold.rows(account=account.pk, since=timezone.now() - LATELY)
    return any(one in {day, None} for one in lately)


def _of_gold(account: int, since: datetime) -> QuerySet[Intent, date | None]:
    ours = Intent.objects.filter(account=account, made_at__gte=since, symbol__in=sorted(GOLD))
    return ours.values_list("day", flat=True)


#: No order lives longer.
LATELY = timedelta(days=3)
_gold = Prepared(_of_gold, account=int, since=datetime)


def numbers_of(account: Account, day: date) -> frozenset[str]:
    """Numbers known without asking: of the last reading, of the socket since, and our own."""
    lane = lane_of(account)
    read = lane.numbers if lane.read_at else []
    heard = _heard.rows(account=account.pk, day=day)
    return frozenset(read) | frozenset(heard) | bound_numbers(account, day)


def keep(account_id: int, day: date, told: Iterable[Told]) -> None:
    """Add statements; the same again is the same row, and where nothing is new nothing is written."""
    now = timezone.now()
    said = {(one.order_no, digest_of(content)): content for one in told for content in (asdict(one),)}
    if not said:
        return
    new = said.keys() - set(_known.rows(account=account_id, day=day))
    rows = [
        Evidence(
            account_id=account_id,
            day=day,
            source="list",
            order_no=order_no,
            content=said[order_no, digest],
            digest=digest,
            seen_at=now,
        )
        for order_no, digest in sorted(new)
    ]
    if rows:
        Evidence.objects.bulk_create(rows, ignore_conflicts=True)


def _remember(account: Account, reading: Reading, traced: list[TracedOrder], ours: frozenset[str]) -> None:
    lane = lane_of(account)
    channels = {one.channel for one in traced if one.line.order_no in ours and one.channel}
    lane.numbers, lane.read_at = sorted(reading.numbers), reading.at
    if len(channels) == 1:
        lane.channel = channels.pop()[:20]
    lane.save(update_fields=["numbers", "read_at", "channel"])


def _row(line: OrderLine, channel: str) -> Row:
    return Row(
        order_no=line.order_no,
        original_no=line.original_order_no,
        symbol=line.symbol,
        side=line.side,
        quantity=line.quantity,
        price=line.price,
        kind=line.kind,
        change=f"{line.status} {line.label}",
        venue=line.venue,
        routed=line.routed,
        placed_at=line.placed_at,
        channel=channel,
    )


_heard = Prepared(
    lambda account, day: (
        OrderEvent.objects.filter(account=account, day=day).values_list("order_no", flat=True).distinct()
    ),
    account=int,
    day=date,
)
_known = Prepared(
    lambda account, day: Evidence.objects.filter(account=account, day=day, source="list").values_list(
        "order_no", "digest"
    ),
    account=int,
    day=date,
)
