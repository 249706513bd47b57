"""A round: everything that is due for one account, in the order of what must not wait."""

import logging
import time
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import is_gold
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.market_calendar import sessions
from kiwoomweb.broker.ordering_outcome import Judgement, Outcome
from kiwoomweb.broker.pacing import Priority
from kiwoomweb.prepared import Prepared
from market.selectors.feed import Feed, feed_of
from market.services.outbox import announce
from orders.crashing import crashpoint
from orders.desk import doors, memory
from orders.models import Command, Intent, Lane, OrderEvent
from orders.selectors.intents import doubted, is_any_live, live, live_days, ready
from orders.selectors.lanes import lane_of
from orders.selectors.limits import limits_of
from orders.selectors.possession import held_lately
from orders.services import examining, triggers
from orders.services.alarming import of_silence
from orders.services.answering import write_down
from orders.services.claiming import Before, claim
from orders.services.deciding import decide
from orders.services.expiring import drain
from orders.services.following import follow, follow_news
from orders.services.grounding import refresh_standing, shut_if_used_up
from orders.services.moving import Overtaken, move
from orders.services.posts import Post
from orders.services.reading import numbers_of, read_day
from orders.services.reconciling import close_lane, open_lane, reconcile
from orders.services.resolving import lose, resolve
from orders.services.room import with_room
from orders.services.sending import halt_file, send
from orders.services.storage import is_unreliable, notice
from orders.services.taking_back import clear, concerns, sweep, to_clear
from orders.services.triggers import watch
from orders.services.vouching import is_vouched_for
from orders.states import State
from orders.tickets import Kind

__all__ = ["Round"]

log = logging.getLogger(__name__)

#: A list of the day older than that is read again before a new order.
FRESH = timedelta(seconds=10)
#: Seconds between two looks at an UNKNOWN, the first ones close together.
PAUSES = (0.0, 1.0, 1.0, 2.0, 4.0, 7.0, 15.0)
LATER = 30.0
#: Seconds between two looks at the day's result, and how long the socket may tell nothing while orders wait.
FIGURES, DEAF = 60.0, timedelta(seconds=30)
#: Seconds between two comparisons of open orders with the broker's list.
COMPARE = 30.0
#: … and after an order of ours, should the socket say nothing of it.
SOON = 2.0


@dataclass
class Round:
    """One account's work, by one thread at a time. What it remembers is of no consequence when it is lost."""

    account: Account
    post: Post
    heard: int = -1
    looks: int = 0
    next_look: float = 0.0
    next_compare: float = 0.0
    next_try: float = 0.0
    tries: int = 0
    opened: bool = False
    settled: bool = False
    opened_on: date | None = None
    spare: doors.Door | None = None
    deaf: bool = False
    revoked: int = 0
    next_figures: float = 0.0

    def go(self) -> None:
        """Do what is due. A broker that does not answer leaves the rest for the next round."""
        if triggers.is_cut_off(self.account):
            drain(self.account.pk, "halted", _("거래가 정지되어 내지 않았습니다."))
            return
        try:
            if self._is_open():
                self._work()
            else:  # cancelling is never stopped
                self._take_back()
                self._send_all(cancels=True)
        except BrokerError as trouble:
            log.warning("account %s: %s", self.account.pk, trouble)
            triggers.of_keys(self.account, triggers.code_of(trouble))
            self._back_off()
        self._revoke()

    def _is_open(self) -> bool:
        """Reconcile first, once for each term of ours and each day (C01)."""
        today = broker_now(self.account).date()
        if self.opened and self.opened_on == today:
            return True
        is_new_day, self.opened = self.opened, False
        if time.monotonic() < self.next_try:
            return False
        lane = lane_of(self.account)
        Lane.objects.filter(pk=lane.pk, busy__isnull=False).exclude(busy__state=State.SENDING).update(busy=None)
        try:
            self.heard = _latest_event(self.account)
            self.spare = doors.spare(self.account)
            door = doors.door(self.account, Priority.RESOLVE)
            self.settled = self.settled or self._hears()
            told = {"is_new_day": is_new_day, "opens": self.settled}
            self.opened = reconcile(self.account, door, self.post, **told)
            self.opened_on = today
        except BrokerError as trouble:
            triggers.of_keys(self.account, triggers.code_of(trouble))
            why = _("증권사에 물어볼 수 없어 주문을 막았습니다: %(why)s") % {"why": _(trouble.notice)}
            close_lane(self.account, why, self.post)
            self._back_off()
            return False
        self.tries = 0
        if not self.opened:
            self._back_off()
        return self.opened

    def _back_off(self) -> None:
        self.tries += 1
        self.next_try = time.monotonic() + min(2.0**self.tries, 30.0)

    def _work(self) -> None:
        self._take_back()  # before all else: whatever goes wrong below must not stand in its way
        self._send_all(cancels=True)
        self.heard = follow_news(self.account, self.heard)
        self._resolve()
        if not self._is_deaf() and self._has_settled():
            self._send_all(cancels=False)
        self._look_at_figures()
        self._compare()

    def _revoke(self) -> None:
        """After a halt over the keys, and what it took back: who else has our token has nothing then. Once."""
        doubted = triggers.to_revoke(self.account)
        if doubted is None or doubted.pk == self.revoked:
            return
        self.revoked = doubted.pk
        try:
            doors.door(self.account, Priority.CANCEL).revoke()
        except BrokerError as trouble:
            log.warning("the token of account %s could not be revoked: %s", self.account.pk, trouble)

    # --- what reduces risk ----------------------------------------------------------------------------------

    def _take_back(self) -> None:
        halt = to_clear(self.account)
        if halt is None:
            return
        drain(self.account.pk, "halted", _("거래가 정지되어 내지 않았습니다."), lambda one: concerns(halt, one))
        broker = doors.door(self.account, Priority.CANCEL)
        wanted = sweep(self.account, halt, broker)
        if wanted is None:
            clear(self.account, halt)
            return
        for one in wanted:
            decide(self.account, halt.by, one.ticket, one.key(halt), origin="halt")
        self._send_all(cancels=True)
        crashpoint("CP16")

    # --- what leaves ----------------------------------------------------------------------------------------

    def _send_all(self, *, cancels: bool) -> None:
        for intent in ready(self.account, cancels=cancels):
            self._send(intent)

    def _send(self, intent: Intent) -> None:
        is_kept_in = intent.kind != Kind.CANCEL and (halt_file().exists() or is_unreliable())
        if is_kept_in or (intent.kind != Kind.CANCEL and not self._still_passes(intent)):
            return
        before = self._before(intent)
        if intent.kind == Kind.CANCEL:
            command = with_room(lambda: claim(intent, self.post, before))
        else:
            command = claim(intent, self.post, before)
        if command is None or not self._remembered(intent, command):
            return
        priority = Priority.CANCEL if intent.kind == Kind.CANCEL else Priority.PLACE
        while command is not None:
            command = send(intent, command, doors.door(self.account, priority), self.post)
        self._after(intent)

    def _remembered(self, intent: Intent, command: Command) -> bool:
        """Whether it goes on: a new order that could not be remembered is not sent; a cancellation is."""
        try:
            with_room(memory.remember)
        except OSError as trouble:
            log.error("%s could not be remembered: %s", command, trouble)
            notice(trouble)
            if intent.kind != Kind.CANCEL:
                said = Judgement(Outcome.NOT_SENT, cause="NotRemembered")
                with transaction.atomic():
                    write_down(intent, command, said, self.post, None)
                return False
        return True

    def _still_passes(self, intent: Intent) -> bool:
        """All checks once more, with what is known now; what has changed since is a refusal."""
        if not is_vouched_for(intent, timezone.now()):
            self._deny(intent, "unvouched", _("감사 기록에 없는 주문이라 내지 않았습니다. 새로 주문하세요."))
            log.critical("order %s is READY and the audit trail knows nothing of it", intent.code)
            return False
        examining.prepare(self.account, intent.ticket)
        said = examining.examine(self.account, intent.created_by, intent.ticket, timezone.now(), again=intent)
        if said.passes:
            return True
        first = (*said.refusals, *said.questions)[0]
        self._deny(intent, first.code, first.sentence)
        return False

    @staticmethod
    def _deny(intent: Intent, code: str, why: str) -> None:
        try:
            with transaction.atomic():
                move(intent, State.DENIED, why_code=code[:24], why=why[:300])
        except Overtaken:
            log.info("%s was changed meanwhile", intent.code)

    def _before(self, intent: Intent) -> Before:
        """The numbers that exist already. A cancellation goes out without them when they cannot be had."""
        day = broker_now(self.account).date()
        read_at = lane_of(self.account).read_at
        try:
            if read_at is None or timezone.now() - read_at > FRESH or is_gold(intent.symbol):
                read_at = read_day(
                    self.account, doors.door(self.account, Priority.PLACE), day, thorough=False
                ).at
        except BrokerError:
            if intent.kind != Kind.CANCEL:
                raise
            return Before(day, sorted(numbers_of(self.account, day)))
        held = held_lately(self.account, intent.symbol, timezone.now())
        return Before(day, sorted(numbers_of(self.account, day)), read_at, complete=True, held=held)

    def _after(self, intent: Intent) -> None:
        intent.refresh_from_db()
        self.looks, self.next_look = 0, 0.0
        self.next_compare = min(self.next_compare, time.monotonic() + SOON)
        watch(self.account)
        if intent.kind == Kind.PLACE:
            shut_if_used_up(self.account)
        if intent.day is not None:
            follow(self.account, intent.day, {intent.order_no, intent.target_no} - {""})

    def _is_deaf(self) -> bool:
        """While orders wait and the socket tells nothing, nothing new is placed; until it has settled again."""
        now = timezone.now()
        feed = feed_of(self.account.pk, now)
        if self.deaf and (feed.is_settled(now) or not is_any_live(self.account)):
            self.deaf = self.opened = False  # reconciled anew before the lane opens
        elif not self.deaf and feed.deaf_for(now) > DEAF and is_any_live(self.account):
            self.deaf = True
            close_lane(
                self.account, _("실시간이 30초 넘게 끊겨 새 주문을 막았습니다. 취소는 됩니다."), self.post
            )
            of_silence(self.account, now)
        return self.deaf or not self.opened

    def _has_settled(self) -> bool:
        """After a restart the lane opens once the socket has told everything for ten seconds (3.7.1)."""
        if not self.settled and self._hears():
            self.settled = True
            open_lane(self.account, self.post)
            announce(self.account.pk, self.account.code, "order", {"about": "lane.opened"})
        return self.settled

    def _hears(self) -> bool:
        """Whether the socket has settled. A practice account to which nobody listens has the lists alone."""
        now = timezone.now()
        feed = feed_of(self.account.pk, now)
        is_practice = self.account.environment == Environment.SIMULATOR
        return feed.is_settled(now) or (is_practice and feed == Feed())

    # --- what must become known -----------------------------------------------------------------------------

    def _resolve(self) -> None:
        unsure = doubted(self.account)
        if not unsure or time.monotonic() < self.next_look:
            return
        pause = PAUSES[self.looks + 1] if self.looks + 1 < len(PAUSES) else LATER
        self.looks, self.next_look = self.looks + 1, time.monotonic() + pause
        for intent in unsure:
            if intent.at is State.SENDING:
                lose(intent, self.post)
        broker = doors.door(self.account, Priority.RESOLVE)
        resolve(self.account, [one for one in unsure if one.at is not State.SENDING], broker, self.post)

    def _compare(self) -> None:
        """Now and then the broker's list beside ours, while something of ours is open there."""
        if time.monotonic() < self.next_compare or not is_any_live(self.account):
            return
        self.next_compare = time.monotonic() + COMPARE
        for day in live_days(self.account):
            is_late = day < broker_now(self.account).date()
            read_day(
                self.account, doors.door(self.account, Priority.RESOLVE), day, thorough=True, is_late=is_late
            )
            ours = live(self.account).filter(day=day)
            follow(self.account, day, set(ours.values_list("order_no", flat=True)))

    def _look_at_figures(self) -> None:
        """The day's result as the broker tells it, now and then, where somebody may trade: the lock of a day
        must not wait for the next order to be noticed."""
        if time.monotonic() < self.next_figures:
            return
        self.next_figures = time.monotonic() + FIGURES
        today = sessions(broker_now(self.account).date())
        if not limits_of(self.account, timezone.now()).trading or today is None:
            return
        if today.opens <= broker_now(self.account) < today.closes:
            refresh_standing(self.account, Priority.ROUTINE)


def _latest_event(account: Account) -> int:
    return _latest.first(account=account.pk) or 0


_latest = Prepared(
    lambda account: OrderEvent.objects.filter(account=account).order_by("-pk").values_list("pk", flat=True)[:1],
    account=int,
)
