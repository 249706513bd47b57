"""Running: the loop of the order process. It polls the database; the bell only makes it look earlier.

Every account is worked by one thread at a time; accounts do not wait for one another. The lease is renewed by
the loop itself, so that a loop that hangs loses the desk.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account
from kiwoomweb.access.services.proving_audit import prove_ends
from orders.desk import memory
from orders.desk.bell import Bell
from orders.desk.emergency import Emergency
from orders.desk.round import Round
from orders.models import Halt, Intent, OrderEvent
from orders.services.aside import bring_in
from orders.services.expiring import expire_due
from orders.services.halting import halt
from orders.services.machine import of_clock, of_disk, warn_of_disk
from orders.services.moving import IllegalMove
from orders.services.posts import Post, give_back, me, renew, take
from orders.services.room import keep, make_room
from orders.services.sending import halt_file
from orders.services.storage import notice, say_so
from orders.services.taking_back import accounts_to_clear
from orders.services.telling import Detail, tell_account
from orders.services.triggers import of_surroundings
from orders.states import UNSURE, State
from orders.versions import config_digest

__all__ = ["Desk", "check_durable"]

log = logging.getLogger(__name__)

#: Seconds between two looks when nobody rings.
LOOK_EVERY = 0.25
#: Threads; more accounts than that take turns.
HANDS = 8
#: Seconds until every account is looked through, whether or not anything seems to be due.
ALL_AGAIN = 15.0
#: Seconds between two looks at what else may stop an account: its keys doubted, its socket taken.
MIND_EVERY = 1.0
#: Seconds between two looks at the ends of the audit chains.
PROVE_EVERY = 60.0
#: Seconds between signs of life for /healthz.
BEAT_EVERY = 5.0


class NotDurable(Exception):
    """The database may lose what it has acknowledged: no order may rest on it."""


class Lost(Exception):
    """Somebody else holds the desk now."""


def check_durable() -> None:
    """Refuse a database that answers before it is on disk (R1). Raises ``NotDurable``."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            good = int(cursor.fetchone()[0]) >= 2
        else:
            cursor.execute("SHOW synchronous_commit")
            good = cursor.fetchone()[0] != "off"
            cursor.execute("SHOW fsync")
            good = good and cursor.fetchone()[0] == "on"
    if not good:
        raise NotDurable(_("데이터베이스가 저장을 보장하지 않아 주문을 내지 않습니다. synchronous를 켜세요."))


class Desk:
    """Holds the post and the rounds of all connected accounts."""

    def __init__(self, stop: threading.Event, alive: Callable[[], object] = lambda: None) -> None:
        """``alive`` is called every few seconds."""
        self.stop, self._alive = stop, alive
        self.post: Post | None = None
        self.rounds: dict[int, Round] = {}
        self._busy: dict[int, Future[None]] = {}
        self._heard: int | None = None
        self._all_again = self._next_beat = self._next_mind = self._next_proof = 0.0
        self.emergency = Emergency()
        self._hands = ThreadPoolExecutor(HANDS, thread_name_prefix="orders")

    def run(self) -> None:
        """Until told to stop. Raises ``Lost`` when the desk has gone to another process."""
        bell = Bell()
        try:
            while not self.stop.is_set():
                try:
                    self.look()
                except DatabaseError as trouble:
                    log.warning("the database does not answer: %s", trouble)
                    notice(trouble)
                    make_room(trouble)
                    close_old_connections()
                    self._without_database()
                bell.wait(LOOK_EVERY)
        finally:
            bell.close()
            self._hands.shutdown(wait=True)
            if self.post is not None:
                give_back(self.post)

    def look(self) -> None:
        """One look: the lease, the file, what expired, and a round for every account with work to do."""
        if not self._at_post():
            return
        self._heed_file()
        expire_due()
        self._beat()
        for account in self._due():
            if account.pk not in self._busy or self._busy[account.pk].done():
                self._busy[account.pk] = self._hands.submit(self._work, account)

    def _due(self) -> list[Account]:
        """Accounts in which something may be to do: few questions, so that looking often costs little."""
        accounts = list(Account.objects.filter(credential__isnull=False).order_by("pk"))
        if time.monotonic() >= self._next_mind:
            self._next_mind = time.monotonic() + MIND_EVERY
            of_surroundings(accounts)
            of_clock(accounts)
            of_disk()
            say_so()
        self._prove()
        if time.monotonic() >= self._all_again:
            self._all_again = time.monotonic() + ALL_AGAIN
            return accounts
        heard = OrderEvent.objects.aggregate(latest=Max("pk"))["latest"]
        if heard != self._heard:
            self._heard = heard
            return accounts
        busy = set(Intent.objects.filter(state__in=UNSURE | {State.READY}).values_list("account_id", flat=True))
        busy |= accounts_to_clear(accounts)
        return [one for one in accounts if one.pk in busy or not self._is_open(one.pk)]

    def _without_database(self) -> None:
        """The halt file counts when nothing else can be asked; a halt in the database waits for its return."""
        if not halt_file().exists():
            return
        doors = {number: made.spare for number, made in self.rounds.items() if made.spare is not None}
        self.emergency.doors = doors
        self.emergency.take_back()

    def _prove(self) -> None:
        """The audit chains' ends, at the start (3.7.1) and once a minute; what was set aside comes home."""
        if time.monotonic() < self._next_proof:
            return
        self._next_proof = time.monotonic() + PROVE_EVERY
        keep()
        warn_of_disk()
        if not prove_ends():
            bring_in()

    def _is_open(self, account_id: int) -> bool:
        made = self.rounds.get(account_id)
        return made is not None and made.opened and made.settled

    def _at_post(self) -> bool:
        now = timezone.now()
        if self.post is not None:
            if not renew(self.post, now):
                raise Lost
            return True
        self.post = take(me(), now)
        if self.post is not None:
            memory.heed()
            detail: Detail = {"fence": self.post.fence, "config": config_digest()}
            tell_account("desk.opened", None, about=self.post.holder, detail=detail)
        return self.post is not None

    def _heed_file(self) -> None:
        if not halt_file().exists() or Halt.objects.filter(cause="file", released_at__isnull=True).exists():
            return
        halt(None, None, _("정지 파일이 있습니다: %(file)s") % {"file": halt_file()}, cause="file")

    def _beat(self) -> None:
        """Say that we are alive, now and then. A queue that is down is not asked twice a second."""
        if time.monotonic() >= self._next_beat:
            self._next_beat = time.monotonic() + BEAT_EVERY
            self._alive()

    def _work(self, account: Account) -> None:
        close_old_connections()
        try:
            made = self.rounds.setdefault(account.pk, Round(account, self.post))  # type: ignore[arg-type]
            made.account = account
            made.go()
        except IllegalMove as trouble:
            log.exception("an order of account %s makes no sense", account.pk)
            halt(account, None, str(trouble)[:300], cause="illegal_move", cancels=False)
        except Exception as trouble:
            log.exception("the round of account %s broke", account.pk)
            notice(trouble)
            make_room(trouble)
        finally:
            close_old_connections()
