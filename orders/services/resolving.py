"""Resolving: find out what became of a send without a usable answer, by the broker's lists.

    one candidate, the channel proved     ACCEPTED
    one candidate, it may be a person's   a person says whether it is ours
    several                               NEEDS_HUMAN, side by side; never a guess
    several cancellations of one order    shared out among those of ours: they ask the same of the same order
    none, in whole lists, again and again, the sender proved gone
                                          NOT_PLACED; of a real account a person says so

No clock alone ever decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access import gateway
from kiwoomweb.access.broker_clock import skew_of
from kiwoomweb.access.models import Account, User
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.domain import OrderKind, Side, Venue
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.market_calendar import sessions
from market.selectors.feed import feed_of
from orders.errors import MayNot, TooLate
from orders.matching import Finding, Row, Verdict, Wanted, candidates, conclude, shared_out
from orders.models import Command, Evidence, Intent, Lane
from orders.selectors.intents import bound_numbers
from orders.selectors.statements import newest_number
from orders.services.answering import note_evidence
from orders.services.chasing import chase
from orders.services.following import settle
from orders.services.locking import locked
from orders.services.moving import move, note
from orders.services.posts import Post, end_leftover
from orders.services.reading import Reading, keep, read_day
from orders.services.sending import in_flight
from orders.services.weighing import DISAGREES, Scales, disagreed, scales_for
from orders.states import State
from orders.tickets import Kind

__all__ = ["PROOF", "Absence", "bind_by_hand", "declare_absent", "lose", "resolve"]

#: What the broker calls the commonest kinds in its lists.
WORDS = {OrderKind.LIMIT: "보통", OrderKind.MARKET: "시장가"}
EARLIER, LATER, SKEW = timedelta(seconds=2), timedelta(seconds=10), timedelta(seconds=2)
#: A day's list is final so long after its last session.
AFTERWARDS = timedelta(minutes=30)
#: The practice broker's clock may run many times faster than ours.
FAST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Absence:
    """When "nothing there" is believed: so many whole readings over so long; longer if the socket was deaf."""

    readings: int = 3
    span: timedelta = timedelta(seconds=60)
    deaf: timedelta = timedelta(minutes=10)


PROOF = Absence()


def lose(intent: Intent, post: Post) -> bool:
    """A SENDING nobody is sending any more: its answer is lost. Whether it is UNKNOWN now."""
    command = intent.commands.order_by("-number").first()
    if command is not None and not _is_gone(command, post):
        return False
    with transaction.atomic():
        locked(intent.account_id)
        intent.refresh_from_db()
        if intent.at is not State.SENDING:
            return False
        Command.objects.filter(intent=intent, outcome="").update(outcome="unknown", answered_at=timezone.now())
        note_evidence(intent, "sender", "", {"gone": True, "command": command.pk if command else None})
        move(intent, State.UNKNOWN, why_code="sender_gone")
        Lane.objects.filter(account_id=intent.account_id, busy=intent).update(busy=None)
    return True


def resolve(
    account: Account, intents: Sequence[Intent], broker: Broker, post: Post, read: Reading | None = None
) -> None:
    """Read once and look at every UNKNOWN of the account. After a ``BrokerError`` nothing is concluded.

    ``read``: a thorough reading made after these intents had become UNKNOWN; its day is not read again.
    """
    for day in {intent.day for intent in intents if intent.day}:
        reading = read if read and read.day == day else read_day(account, broker, day, thorough=True)
        theirs = [intent for intent in intents if intent.day == day]
        scales = scales_for(theirs, broker, readings=PROOF.readings)
        for intent in theirs:
            _conclude(intent, reading, post, scales)
            chase(intent)


def bind_by_hand(intent: Intent, number: str, user: User) -> None:
    """A person says: this order is it. Only a number that is a candidate of the last reading."""
    with transaction.atomic():
        locked(intent.account_id)
        intent.refresh_from_db()
        if intent.at not in {State.UNKNOWN, State.NEEDS_HUMAN}:
            raise TooLate(_("그사이 결과가 확인되었습니다. 목록을 다시 보세요."))
        if number not in intent.why.split(",") or number in bound_numbers(intent.account, intent.day):  # type: ignore[arg-type]
            raise MayNot(_("이 주문의 후보가 아닌 번호입니다. 목록을 다시 보고 고르세요."))
        _bind(intent, number, "person", by=user)
    settle(intent)


def declare_absent(intent: Intent, user: User) -> None:
    """A person says: it never arrived. Allowed once whole lists have failed to show it."""
    with transaction.atomic():
        locked(intent.account_id)
        intent.refresh_from_db()
        if intent.at is not State.NEEDS_HUMAN and intent.doubt != "probably_not_placed":
            raise TooLate(_("아직 없다고 말할 수 없습니다. 증권사 목록을 몇 번 더 확인한 뒤에 하세요."))
        note_evidence(intent, "person", "", {"absent": True, "user": user.pk})
        move(intent, State.NOT_PLACED, by=user, doubt="", why_code="person")


def _conclude(intent: Intent, reading: Reading, post: Post, scales: Scales) -> None:
    command = intent.commands.order_by("-number").first()
    if command is None or intent.at not in {State.UNKNOWN, State.NEEDS_HUMAN}:
        return
    with transaction.atomic():
        locked(intent.account_id)
        intent.refresh_from_db()
        if intent.at not in {State.UNKNOWN, State.NEEDS_HUMAN}:
            return
        wanted = _wanted(intent, command, reading)
        found = candidates(wanted, reading.rows, bound_numbers(intent.account, reading.day))
        if len(found) > 1 and intent.kind == Kind.CANCEL:
            found = _mine(intent, command, found)
        finding = conclude(wanted, found, before_complete=command.before_complete)
        seen = {"at": reading.at, "verdict": finding.verdict, "numbers": ",".join(finding.numbers)}
        note_evidence(intent, "reading", "", {**seen, "deaf": not _hears(intent.account_id)})
        if finding.verdict is Verdict.NONE and intent.at is State.UNKNOWN:
            _absent(intent, command, reading, scales, sender_gone=_is_gone(command, post))
        else:
            _act(intent, finding, reading)
    settle(intent)


def _mine(intent: Intent, command: Command, found: list[Row]) -> list[Row]:
    """Of the rows of several cancellations of one order this one's, if they are all ours; else all of them."""
    sent = Command.objects.filter(
        intent__account_id=intent.account_id,
        intent__day=intent.day,
        intent__kind=Kind.CANCEL,
        intent__state__in=(State.UNKNOWN, State.NEEDS_HUMAN),
        target_no=command.target_no,
    )
    given = shared_out(dict(sent.order_by("pk").values_list("intent", "intent__quantity")), found)
    if given is None:
        return found
    return [given[intent.pk]] if intent.pk in given else []


def _act(intent: Intent, finding: Finding, reading: Reading) -> None:
    numbers = ",".join(finding.numbers)
    if finding.verdict is Verdict.BOUND and intent.at is State.UNKNOWN:
        keep(intent.account_id, reading.day, (one for one in reading.told if one.order_no in finding.numbers))
        _bind(intent, finding.numbers[0], "list")
    elif finding.verdict is Verdict.SEVERAL and intent.at is State.UNKNOWN:
        move(intent, State.NEEDS_HUMAN, doubt="several", why=numbers)
    elif finding.verdict is Verdict.NONE and intent.doubt == DISAGREES:
        return  # a person looks at it: still nothing in the lists
    elif intent.doubt != finding.verdict or intent.why != numbers:
        note(intent, doubt=str(finding.verdict), why=numbers)


def _bind(intent: Intent, number: str, method: str, by: User | None = None) -> None:
    note_evidence(intent, "bound", number, {"method": method, "user": by.pk if by else None})
    move(intent, State.ACCEPTED, by=by, order_no=number, doubt="", why_code=f"bound_{method}", why="")


def _absent(intent: Intent, command: Command, reading: Reading, scales: Scales, *, sender_gone: bool) -> None:
    """Nothing there, once more. Enough of it is a proof, where the holdings do not speak against it; of a real
    account a person has the last word, or the list of a day that is over."""
    enough = sender_gone and (_is_settled_at_once(intent) or _is_proved(intent))
    is_today = reading.day == gateway.broker_now(intent.account).date()
    agrees = scales.agrees(intent, command, reading, is_today=is_today) if enough else None
    if agrees is False:
        _doubt_the_lists(intent)
        return
    enough = agrees is True
    is_day_over = _is_over(reading)
    if enough and (intent.environment != Environment.LIVE or _is_settled_at_once(intent) or is_day_over):
        move(intent, State.NOT_PLACED, why_code="absent", doubt="")
    elif enough and intent.doubt != "probably_not_placed":
        note(intent, doubt="probably_not_placed")
    elif not intent.doubt:
        note(intent, doubt=str(Verdict.NONE))


def _doubt_the_lists(intent: Intent) -> None:
    """More was traded than the lists tell of: nothing is concluded from what they lack."""
    if disagreed(intent):
        move(intent, State.NEEDS_HUMAN, doubt=DISAGREES, why="")
    elif intent.doubt not in {"refused", DISAGREES}:
        note(intent, doubt=DISAGREES)


def _is_settled_at_once(intent: Intent) -> bool:
    """After an explicit no whose code proves nothing one whole list is enough; and for a cancellation, which
    may be sent again."""
    return intent.doubt == "refused" or intent.kind == Kind.CANCEL


def _is_over(reading: Reading) -> bool:
    """Whether its day's last session had ended half an hour before it was read. No calendar: no."""
    day = sessions(reading.day)
    return day is not None and reading.at >= day.closes + AFTERWARDS


def _is_proved(intent: Intent) -> bool:
    over = intent.commands.latest("number").answered_at  # the send had ended, or its sender was gone
    if over is None:
        return False
    seen = [
        (datetime.fromisoformat(one["at"]), one["deaf"])
        for one in Evidence.objects.filter(intent=intent, source="reading").values_list("content", flat=True)
        if one["verdict"] == Verdict.NONE and datetime.fromisoformat(one["at"]) >= over
    ]
    if len(seen) < PROOF.readings:
        return False
    moments = [at for at, _deaf in seen]
    span = PROOF.deaf if any(is_deaf for _at, is_deaf in seen) else PROOF.span
    return max(moments) - min(moments) >= span


def _wanted(intent: Intent, command: Command, reading: Reading) -> Wanted:
    ticket, environment = intent.ticket, Environment(intent.environment)
    lane = Lane.objects.filter(account_id=intent.account_id).first()
    skew = skew_of(environment) or timedelta()
    since, until = command.claimed_at - EARLIER - SKEW, command.deadline + LATER + SKEW
    if environment is Environment.SIMULATOR:
        since, until = since + skew - FAST, reading.at + skew + FAST
    price = ticket.price if ticket.order_kind.is_priced else 0 if ticket.order_kind.is_at_market else None
    return Wanted(
        kind=ticket.kind,
        symbol=ticket.symbol,
        side=Side(ticket.side),
        quantity=ticket.quantity,
        price=price,
        kind_word=WORDS.get(ticket.order_kind, ""),
        venue=Venue(ticket.venue),
        target_no=command.target_no or newest_number(intent) if ticket.kind is not Kind.PLACE else "",
        since=since,
        until=until,
        before=frozenset(command.before),
        channel=lane.channel if lane else "",
    )


def _is_gone(command: Command, post: Post) -> bool:
    """Whether it is proved that the command cannot be sent any more; a stranger that still could is ended."""
    if (command.pid, command.pid_started, command.boot_id) == (post.pid, post.pid_started, post.boot_id):
        return not in_flight(command.pk)
    return end_leftover(command, post)


def _hears(account_id: int) -> bool:
    """Whether the socket has told us everything for long enough; the REST list beside it is just read."""
    now = timezone.now()
    return feed_of(account_id, now).is_settled(now)
